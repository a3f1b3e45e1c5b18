import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UsbDevice } from '../../source/events.ts';
import { openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { isOverridden, refuses } from '../../source/flash/model/plan.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { liveHost, rehearsalHost } from '../../source/host.ts';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import { newFolder, smallFirmware } from './rehearse.ts';

const loader: UsbDevice = {
	path: '3-1',
	vid: '1199',
	pid: '68c0',
	product: 'Sierra Wireless RC7620',
	speed: 480,
	interfaces: [
		{ number: 0, class: 'ff/ff/ff', endpoints: 2, driver: 'qcserial', nodes: ['ttyUSB0'] },
	],
};
const folder = newFolder();
mkdirSync(join(folder, 'dev'));
for (const name of ['ttyUSB0', 'ttyUSB2']) writeFileSync(join(folder, 'dev', name), '');
const host = rehearsalHost(folder, 1);

async function plan(path: string, device = loader, from?: string) {
	const file = await openFirmware(path);
	const made = await makePlan({
		host,
		files: [{ file, checks: await file.verify() }],
		device,
		from,
	});
	await file.close();
	return made;
}

async function imageFor(device: string, firmware = '01.02.03.04') {
	const path = `${newFolder()}/image.spk`;
	const version = `9999999_9909667_${device}_${firmware}_00_GENERIC_001.110_000`;
	writeFileSync(
		path,
		buildImage({
			type: 'SPKG',
			product: '9X07',
			version,
			date: '03/21/22',
			payload: Buffer.alloc(64),
		}),
	);
	return path;
}

const running = {
	...loader,
	interfaces: [0, 2, 3, 8].map((number) => ({
		...loader.interfaces[0]!,
		number,
		nodes: number === 3 ? ['ttyUSB2'] : [],
	})),
};

const refusals = (made: Awaited<ReturnType<typeof plan>>) =>
	made.checks.filter(({ state }) => state === 'refuse').map(({ says }) => says);

it('says of settings alone that the firmware stays, and how to send both', async () => {
	const settings = join(newFolder(), 'settings.nvu');
	await rehearsalPair({ firmware: join(newFolder(), 'firmware.cwe'), settings }, atMost(300_000));
	const { checks } = await plan(settings, loaderDevice(models.MC7455, 1));
	expect(checks.find(({ name }) => name === 'files')).toMatchObject({
		state: 'warn',
		says: expect.stringMatching(/the firmware stays as it is.*FILE\.cwe FILE\.nvu/),
	});
});

describe('the way to the loader', () => {
	const ways = async (transport?: 'tty' | 'usb', device = loader, on = host) => {
		const file = await smallFirmware();
		const files = [{ file, checks: await file.verify() }];
		const made = await makePlan({ host: on, files, device, transport });
		return { ...made, over: made.checks.filter(({ name }) => name === 'over') };
	};

	it('is the tty where a person chooses it or no endpoints are to be had, and the plan says why', async () => {
		const real = { ...liveHost(), sysfs: host.sysfs, proc: host.proc, dev: host.dev };
		const made = await ways(undefined, loader, real);
		expect(made.transport).toBe('tty');
		expect(made.over).toMatchObject([{ state: 'ok' }]);
		expect(made.over[0]?.says).toContain('over its tty, as qmi-firmware-update does');
		expect(await ways('tty')).toMatchObject({ transport: 'tty', over: [{ state: 'ok' }] });
	});

	it('is the tty of a simulated modem, and no rights to endpoints are named that it has not', async () => {
		const made = await ways();
		expect(made).toMatchObject({ transport: 'tty', over: [{ state: 'ok' }] });
		expect(made.over[0]?.says).toBe(
			'the loader is reached over its tty: a simulated modem has nothing else',
		);
	});

	it('is its endpoints where this user may write its USB device', async () => {
		const folder = newFolder();
		const number = loader.number ?? 0;
		const node = join(folder, 'bus/usb/003', String(number).padStart(3, '0'));
		mkdirSync(dirname(node), { recursive: true });
		writeFileSync(node, '');
		const on = { ...liveHost(), sysfs: host.sysfs, proc: host.proc, dev: folder };
		const made = await ways(undefined, loader, on);
		expect(made).toMatchObject({ transport: 'usb', over: [{ state: 'ok' }] });
		expect(made.over[0]?.says).toMatch(/taken from its driver.*--over tty/);
		expect(await ways('tty', loader, on)).toMatchObject({ transport: 'tty' });
	});

	it('is said once where there is no tty', async () => {
		const bare = loader.interfaces.map(({ driver: _, ...one }) => ({ ...one, nodes: [] }));
		const made = await ways(undefined, { ...loader, interfaces: bare });
		expect(made.over).toEqual([]);
		expect(JSON.stringify(made.checks)).toContain('has no tty: its USB endpoints are used');
	});

	it('is refused where there are no endpoints', async () => {
		expect(await ways('usb')).toMatchObject({ transport: 'usb', over: [{ state: 'refuse' }] });
	});
});

describe('the plan of a flash', () => {
	it('lets a sound file for this modem through', async () => {
		const { path } = await smallFirmware();
		const made = await plan(path);
		expect(refusals(made)).toEqual([]);
		expect(made).toMatchObject({ model: 'RC7620', to: '00.08.24.02', path: '3-1' });
	});

	it('refuses a file with one wrong bit', async () => {
		const { path } = await smallFirmware();
		const bytes = readFileSync(path);
		bytes[bytes.length >> 1]! ^= 1;
		writeFileSync(path, bytes);
		expect(refusals(await plan(path))).toEqual([expect.stringContaining('the file is damaged')]);
	});

	it('refuses firmware for another chip, and says which', async () => {
		expect(refusals(await plan(await imageFor('SWI9X50C')))).toEqual([
			'the file is for SWI9X50C, but RC7620 is MDM9x07',
		]);
	});

	it('warns where the model or the file is not known', async () => {
		const strange = { ...loader, product: 'XY9000' };
		const made = await plan(await imageFor('SWI9X07H'), strange);
		expect(refuses(made)).toBe(false);
		expect(made.checks).toContainEqual({
			name: 'product',
			state: 'warn',
			says: 'the file is for SWI9X07H; what XY9000 needs is not known here',
		});
	});

	it('names a downgrade', async () => {
		const made = await plan(
			await imageFor('SWI9X07H', '00.01.00.00'),
			loader,
			'SWI9X07H_00.03.03.00',
		);
		expect(made.checks).toContainEqual({
			name: 'version',
			state: 'warn',
			says: 'downgrade: from 00.03.03.00 to 00.01.00.00',
		});
	});

	it('refuses the loader of another maker, whatever it wants on the wire', async () => {
		const { checks } = await plan(await imageFor('SWI9X07H'), {
			...loader,
			vid: '1bc7',
			pid: '9010',
			product: 'LN940',
		});
		expect(checks.filter(({ state }) => state === 'refuse')).toMatchObject([
			{ name: 'product', says: 'the file is for SWI9X07H, but LN940 is Telit' },
		]);
	});

	it('offers the backup of its settings first where the product has one', async () => {
		const undo = async (device: UsbDevice) =>
			(await plan((await smallFirmware()).path, device)).checks.find(({ name }) => name === 'undo');
		const em9191 = applicationDevice(models.EM9191, 1, 'mbim and at');
		expect((await undo(em9191))?.says).toContain('AT!NVBACKUP=4 keeps its settings before that');
		expect((await undo(applicationDevice(models.RC7620, 1)))?.says).not.toContain('NVBACKUP');
	});

	it('says how a modem that runs its application comes to its loader, and what undoes it', async () => {
		const { checks } = await plan(await imageFor('SWI9X07H'), running);
		const says = (name: string) => checks.find((check) => check.name === name)?.says;
		expect(says('loader')).toContain('AT!BOOTHOLD brings it to its boot loader');
		expect(says('undo')).toContain('AT!IMPREF?');
	});

	it('refuses a modem whose AT port is not known, and a loader without a port', async () => {
		const bare = (device: UsbDevice) => ({
			...device,
			interfaces: device.interfaces.map((entry) => ({ ...entry, endpoints: 0, nodes: [] })),
		});
		const path = await imageFor('SWI9X07H');
		expect(refusals(await plan(path, bare(running)))[0]).toContain('which of its ports speaks AT');
		expect(refusals(await plan(path, bare(loader)))).toHaveLength(1);
	});

	it('sets a refusal aside when it is named, and only one that may be', async () => {
		const file = await openFirmware(await imageFor('SWI9X50C'));
		const files = [{ file, checks: await file.verify() }];
		const from = { host, files, device: loader };
		const made = await makePlan({ ...from, overrides: ['product', 'lock'] });
		await file.close();
		expect(refuses(made)).toBe(false);
		expect(isOverridden(made, 'product')).toBe(true);
		expect(made.checks.find(({ name }) => name === 'product')).toMatchObject({ state: 'warn' });
		const strange = { ...loader, interfaces: [{ ...loader.interfaces[0]!, nodes: ['ttyUSB9'] }] };
		const missing = await makePlan({ ...from, device: strange, overrides: ['node'] });
		expect(refusals(missing)).toContainEqual(expect.stringContaining('there is no'));
	});

	it('names what stands in the way on this machine', async () => {
		const at = join(folder, 'sys/bus/usb/devices/3-1/power');
		mkdirSync(at, { recursive: true });
		writeFileSync(join(at, 'control'), 'auto\n');
		const battery = join(folder, 'sys/class/power_supply/BAT0');
		mkdirSync(battery, { recursive: true });
		for (const [name, text] of [
			['type', 'Battery'],
			['status', 'Discharging'],
			['capacity', '41'],
		]) {
			writeFileSync(join(battery, name!), `${text}\n`);
		}
		const slow = { ...loader, speed: 12 };
		const says = (await plan(await imageFor('SWI9X07H'), slow)).checks.map((check) => check.says);
		expect(says).toContain('autosuspend is on, and switched off while the flash runs');
		expect(says).toContain('this machine runs on its battery (41 %): connect it to the mains');
		expect(says).toContain(
			'the USB link runs at 12 Mbit/s (USB 1): slow, and a sign of a bad cable or hub',
		);
	});

	it('never lets the rehearsal’s file near a live modem', async () => {
		const file = await smallFirmware();
		const made = await makePlan({
			host: liveHost(),
			files: [{ file, checks: await file.verify() }],
			device: loader,
		});
		expect(refusals(made)).toContain(
			'this file was made for the simulated modem: it holds no firmware',
		);
	});

	it('lets it near a simulated modem that is plugged into this machine', async () => {
		const file = await smallFirmware();
		const made = await makePlan({
			host: liveHost(),
			files: [{ file, checks: await file.verify() }],
			device: loaderDevice(models.RC7620, 59),
		});
		expect(refusals(made).join()).not.toContain('rehearsal');
	});
});
