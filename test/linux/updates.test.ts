/** Each family is updated from its application, by modemscope beside ModemManager and by libqmi's own tool. */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { type Model, models } from '../../source/modems/simulated.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { isFull } from './full.ts';
import { kernelLog } from './kernel-log.ts';
import { ignoredByManager, managedBy, saidWhileInhibited, startManager } from './manager.ts';
import { meet, peerPath, portPath, shortCommit, speed, until } from './modem.ts';
import { modemscope, output, succeeds } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'updates-'));
const file = (name: string) => join(folder, name);
/** The files of a model, in the order in which they are sent. */
const filesOf = ({ name, family }: Model) =>
	family.loader === 'qdl' ? [file(`${name}.cwe`), file(`${name}.nvu`)] : [file(`${name}.spk`)];

type Case = readonly [name: string, Model, string, Partial<Scenario>];
/** On USB 3, while their loader is at the connector's USB 2 port. */
const usb3 = { applicationSpeed: 5000 } as const;
const quickly: readonly Case[] = [
	['EM7565 with MBIM alone, on USB 3', models.EM7565, 'healthy', { ...usb3, composition: 'mbim' }],
];
const all: readonly Case[] = [
	['RC7620', models.RC7620, 'healthy', {}],
	['EM7565 on USB 3, whose loader is QUSB__BULK', models.EM7565, 'healthy', usb3],
	['MC7455, over QDL', models.MC7455, 'healthy', { loader: 'qdl' }],
	['EM9191, MBIM and AT', models.EM9191, 'healthy', { composition: 'mbim and at' }],
	...quickly,
];
/** One over QMI is in modem-manager.test.ts. */
const modems = isFull ? all : quickly;

beforeAll(async () => {
	for (const model of new Set(modems.map(([, model]) => model))) {
		const [firmware = '', settings = ''] = filesOf(model);
		if (settings) await rehearsalPair({ firmware, settings }, atMost(100_000), model);
		else await smallRehearsalImage(firmware, model);
	}
});

const quick: Partial<Scenario> = { ...shortCommit, waitsForDownload: 240 };

/** At 5 Gbit/s it has another place than its loader, of the same connector. */
const placesOf = (
	{ applicationPid, loaderPid }: Model,
	{ applicationSpeed }: Partial<Scenario>,
) => {
	const application = `${applicationSpeed === 5000 ? peerPath : portPath} ${applicationPid}`;
	return [application, `${portPath} ${loaderPid}`, application];
};

const isMbim = ({ composition = 'all' }: Partial<Scenario>) => composition.startsWith('mbim');

describe('beside ModemManager, modemscope flash updates an', () => {
	const flash = async (model: Model, ...more: string[]): Promise<string> => {
		const choices = ['--yes-flash', model.name, '--settle', '2', ...more];
		const run = modemscope('flash', ...filesOf(model), ...choices);
		await succeeds(run);
		return run.said.join('\n');
	};

	test.for(modems)('%s', { timeout: 400_000 }, async ([, model, scenario, but]) => {
		const since = Date.now() / 1000;
		const manager = startManager();
		const modem = await meet(scenario, { ...quick, model, ...but }, speed);
		await managedBy(manager);
		const said = await flash(model);
		expect(comings(since, model.vid)).toEqual(placesOf(model, but));
		// Not by AT!BOOTHOLD, because somebody held its port.
		const over = isMbim(but) ? 'MBIM' : 'QMI';
		expect(said).toContain(`setting its firmware preference over ${over}`);
		expect(said).not.toContain('armed AT!BOOTHOLD');
		// ModemManager, which takes it for another modem, did not speak to a loader at the peer.
		if (but.applicationSpeed === 5000) expect(said).not.toContain('no HELLO');
		expect(modem.release).toMatchObject({ firmware: model.update.firmware });
		expect(modem.prefers).toBe(model.update.firmware);
		expect(await saidWhileInhibited(manager)).not.toMatch(/grabbed/);
	});

	// ModemManager never has it in use and cannot be asked to keep off: udev tells it to (docs/flash.md).
	test.runIf(isFull)('RC7620 that loops', { timeout: 400_000 }, async () => {
		const model = models.RC7620;
		const window: Partial<Scenario> = { present: [60, 60], absent: [8, 8] };
		await ignoredByManager(model.vid);
		startManager();
		const modem = await meet('boot-loop', { ...quick, model, ...window }, speed);
		await flash(model, '--catch', '--override', 'modemmanager');
		expect(modem.release.firmware).toBe(model.update.firmware);
		expect(modem.starts).toBe(true);
	});
});

/** Where the kernel found devices of a maker, and their product ids. */
const comings = (since: number, vid: string): string[] =>
	kernelLog()
		.filter(({ at }) => at > since)
		.flatMap(({ text }) => {
			const found = new RegExp(`usb (\\S+): New USB device.* idVendor=${vid}, idProduct=(\\w+)`);
			const [, path, pid] = found.exec(text) ?? [];
			return path ? [`${path} ${pid}`] : [];
		});

/** What the modem was asked before its loader came, by name; a reset may come before a client is released. */
const asked = (told: readonly string[]) => {
	const before = told.slice(
		0,
		told.findIndex((line) => line.startsWith('the loader came')),
	);
	const names = before.flatMap((line) => /^QMI (.+): success$/.exec(line)?.[1] ?? []);
	return new Set(names.filter((name) => name !== 'CTL RELEASE_CID'));
};
const lacking = (these: ReadonlySet<string>, those: ReadonlySet<string>) =>
	[...these].filter((name) => !those.has(name));

describe.runIf(isFull)('what qmi-firmware-update --update does to an', () => {
	/** Its tty is in cooked mode for a moment: on a slow machine HELLO may come then, and is lost. */
	const again = { timeout: 400_000, retry: 2 };

	test.for(all)(
		'%s, we do but for the images that are kept',
		again,
		async ([, model, name, but]) => {
			const scenario = { ...quick, model, ...but };
			const theirs: string[] = [];
			const ours: string[] = [];
			const modem = await meet(name, scenario, 2, (what) => theirs.push(what));
			await until(() => existsSync('/dev/cdc-wdm0'), 'cdc-wdm0 is there');
			await output('udevadm', 'settle', '--timeout=20');
			await output('qmi-firmware-update', '-w', '/dev/cdc-wdm0', '--update', ...filesOf(model));
			expect(modem.release.firmware).toBe(model.update.firmware);
			await modem.stop();
			const other = await meet(name, scenario, speed, (what) => ours.push(what));
			const choices = ['--yes-flash', model.name, '--settle', '2'];
			await succeeds(modemscope('flash', ...filesOf(model), ...choices));
			expect(other.release).toEqual(modem.release);
			expect(lacking(asked(theirs), asked(ours))).toEqual(['DMS ListStoredImages']);
			expect(lacking(asked(ours), asked(theirs))).toEqual([]);
		},
	);
});
