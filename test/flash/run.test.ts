import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Emit } from '../../source/events.ts';
import { type FirmwareFile, openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { inOrder } from '../../source/flash/plan/plan-set.ts';
import { runFlash } from '../../source/flash/run/run.ts';
import { verify } from '../../source/flash/run/verify.ts';
import { rehearsalHost } from '../../source/host.ts';
import { exitCode } from '../../source/problem.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { PortWatch } from '../../source/usb/scan/port-watch.ts';
import { listDevices } from '../../source/usb/scan/sysfs.ts';
import { listen, meetInFolder, smallFirehosePair, smallFirmware, smallPair } from './rehearse.ts';

/** The whole flash of a small image on a modem in a folder. */
async function flash(scenario: string, but: Partial<Scenario> = {}, settle = 5) {
	const { host, modem, folder } = await meetInFolder(scenario, but);
	const file = await smallFirmware(folder);
	// One that loops is away most of the time.
	const seen = async () => [...(await listDevices(host.sysfs)).values()][0];
	let device = await seen();
	while (!device) {
		await host.clock.sleep(0.2);
		device = await seen();
	}
	const plan = await makePlan({ host, files: [{ file, checks: await file.verify() }], device });
	const said = listen(host.clock);
	const run = (to = said) => runFlash(host, [file], plan, settle, to.context);
	return { host, modem, said, run, plan, file };
}

describe('a flash from the loader to a modem that stays up', () => {
	it('ends with the new version, every phase done', async () => {
		const { run, said } = await flash('loader');
		expect(await run()).toBe(exitCode.done);
		const done = said.phases().filter((line) => line.endsWith('done'));
		expect(done).toEqual(
			['connect', 'sahara', 'configure', 'write', 'commit', 'reboot', 'check'].map(
				(name) => `${name} done`,
			),
		);
		expect(said.of('flash-ended')).toEqual([
			expect.objectContaining({
				exit: 0,
				message: 'Done: the modem runs 00.08.24.02 and stayed up for 5 s.',
			}),
		]);
	});

	it('waits for a port that may not be opened yet, as while udev sets its rights', async () => {
		const { host, run } = await flash('loader');
		const node = join(host.dev, 'ttyUSB0');
		renameSync(node, `${node}-later`);
		const running = run();
		await host.clock.sleep(0.4);
		renameSync(`${node}-later`, node);
		expect(await running).toBe(exitCode.done);
	});

	it('brings the modem to its loader again when that went before its port was open', async () => {
		const { host, modem, run, said } = await flash('loader');
		unlinkSync(join(host.dev, 'ttyUSB0'));
		const running = run();
		await until(() => said.of('images').length > 0);
		modem.powerCycle({ strapLow: true });
		expect(await running).toBe(exitCode.done);
	});

	it('is stopped while it waits for such a port', async () => {
		const { host, run, said } = await flash('loader');
		unlinkSync(join(host.dev, 'ttyUSB0'));
		const running = run();
		said.stop.abort();
		expect(await running).toBe(exitCode.interrupted);
	});

	it('resets a loader that refuses Firehose, once, and goes on when it is back', async () => {
		const { run, said } = await flash('stuck', { refusesFirehose: true });
		expect(await run()).toBe(exitCode.refusedBeforeWrite);
		expect(said.phases().filter((line) => line === 'sahara failed')).toHaveLength(2);
		expect(said.of('payload')).toEqual([]);
		expect(said.of('flash-ended')[0]).toMatchObject({
			modem: expect.stringContaining('Nothing was written'),
		});
	});

	it('says that it is written but unchecked when the new application dies soon', async () => {
		const { host, run, said, modem } = await flash('loader', {}, 60);
		const details: { t: number; detail: string }[] = [];
		const emit: Emit = (source, fact) => {
			said.context.emit(source, fact);
			if (fact.type !== 'flash-phase') return;
			details.push({ t: host.clock.now(), detail: fact.detail ?? '' });
		};
		const ended = run({ ...said, context: { ...said.context, emit } });
		const at = (text: string) => details.find(({ detail }) => detail.includes(text));
		await until(() => at('only waiting now') !== undefined);
		const waits = at('only waiting now')!;
		const seconds = Number(/now: (\d+) s more/.exec(waits.detail)?.[1]);
		// The time in which it was read counts.
		expect(seconds).toBeLessThanOrEqual(Math.ceil(60 - (waits.t - at('is back')!.t)) + 1);
		await modem.stop();
		expect(await ended).toBe(exitCode.writtenButUnchecked);
		expect(said.of('flash-ended')[0]).toMatchObject({
			message: 'The modem started the new firmware, but was reset soon after.',
			modem: 'The new firmware was written and accepted.',
		});
	});

	it.each(['loader', 'loader-qdl'])(
		'has on the disk that it writes before the %s is asked to take an image',
		async (scenario) => {
			const { host, folder } = await meetInFolder(scenario);
			const [file] = await (scenario === 'loader' ? smallFirehosePair : smallPair)(folder);
			const device = [...(await listDevices(host.sysfs)).values()][0]!;
			const plan = await makePlan({ host, files: [{ file: file!, checks: [] }], device });
			const said = listen(host.clock);
			const disk = Promise.withResolvers<void>();
			const waits = Promise.withResolvers<void>();
			const recorded = () => {
				waits.resolve();
				return disk.promise;
			};
			const ended = runFlash(host, [file!], plan, 5, { ...said.context, recorded });
			await waits.promise;
			expect(said.phases().at(-1)).toBe('write running');
			await host.clock.sleep(5);
			expect(said.of('payload')).toEqual([]);
			disk.resolve();
			expect(await ended).toBe(exitCode.done);
		},
	);

	it('says that the modem needs another flash when it vanishes in the write', async () => {
		const { run, said, modem } = await flash('loader', { bytesPerSecond: 200_000 });
		const ended = run();
		await until(() => said.of('payload').length >= 5);
		await modem.stop();
		expect(await ended).toBe(exitCode.failedDuringWrite);
		expect(said.of('flash-ended')[0]).toMatchObject({
			exit: exitCode.failedDuringWrite,
			modem: expect.stringContaining('may not start until it is flashed again'),
			next: expect.stringContaining('flash again'),
		});
		expect(said.phases().at(-1)).toBe('write failed');
	});

	it('takes a modem that runs its application into its loader, its settings saved first', async () => {
		const { run, said } = await flash('healthy', { answersQmi: false });
		expect(await run()).toBe(exitCode.done);
		const sent = said.of('at-sent').map(({ command }) => command);
		const hold = sent.indexOf('AT!BOOTHOLD');
		expect(sent.indexOf('AT!IMPREF?')).toBeLessThan(hold);
		expect(sent.filter((command) => command === 'AT!BOOTHOLD')).toHaveLength(1);
		const saved = said.of('at-answered').find(({ command }) => command === 'AT!IMPREF?');
		expect(saved).toBeDefined();
		expect(said.of('note').map(({ text }) => text)).toContainEqual(
			expect.stringMatching(/^revision: SWI9X07H_00\.08\.24\.02.*, before SWI9X07H_00\.03\.03\.00/),
		);
	});

	it('catches a modem that loops in its next window', async () => {
		const { run, said } = await flash('boot-loop', { answersQmi: false });
		expect(await run()).toBe(exitCode.done);
		expect(said.of('fired').at(-1)).toMatchObject({ command: 'AT!BOOTHOLD', result: 'OK' });
	});

	it('writes nothing when the modem refuses AT!BOOTHOLD', async () => {
		const { run, said } = await flash('healthy', { answersBootHold: false, answersQmi: false });
		const exit = await run();
		expect(said.of('payload')).toEqual([]);
		expect(said.of('flash-ended')[0]).toMatchObject({
			modem: expect.stringContaining('Nothing was written'),
		});
		expect([exitCode.refusedBeforeWrite, exitCode.noDevice]).toContain(exit);
	});
});

describe('a file that must not be written', () => {
	const spoil = {
		'one wrong bit': (bytes: Buffer) => {
			bytes[bytes.length >> 1]! ^= 1;
			return bytes;
		},
		'another product': () =>
			buildImage({
				type: 'APPS',
				product: '9X50',
				version: '9999999_9999999_SWI9X50C_01.14.02.00_00_GENERIC_002.012_000',
				payload: Buffer.alloc(1000, 'a'),
			}),
		'its end cut off': (bytes: Buffer) => bytes.subarray(0, bytes.length - 1),
	};
	it.each(Object.entries(spoil))('never gets a byte onto the wire: %s', async (_, change) => {
		const { host, modem, folder } = await meetInFolder('loader');
		const { path } = await smallFirmware(folder);
		writeFileSync(path, change(readFileSync(path)));
		const said = listen(host.clock);
		const device = [...(await listDevices(host.sysfs)).values()][0]!;
		const flashing = openFirmware(path).then(async (file) => {
			onTestFinished(() => file.close());
			const files = [{ file, checks: await file.verify() }];
			return runFlash(host, [file], await makePlan({ host, files, device }), 5, said.context);
		});
		await expect(flashing).rejects.toMatchObject({ exit: exitCode.fileRejected });
		expect(said.facts).toEqual([]);
		expect(modem.release.firmware).toBe('00.03.03.00');
	});
});

describe('a loader that is not ready at once', () => {
	it('is reset when junk came before us, and flashed when it is back', async () => {
		const { run, said, modem } = await flash('spoiled');
		expect(await run()).toBe(exitCode.done);
		expect(modem.release.firmware).toBe('00.08.24.02');
		expect(said.of('flash-phase').filter(({ phase }) => phase === 'connect').length).toBe(4);
	});

	it('is entered again when the reset ended the hold of AT!BOOTHOLD', async () => {
		const { run, said, modem } = await flash('spoiled', { strapLow: false, answersQmi: false });
		expect(await run()).toBe(exitCode.done);
		expect(modem.release.firmware).toBe('00.08.24.02');
		expect(said.of('fired')).toMatchObject([{ command: 'AT!BOOTHOLD', result: 'OK' }]);
	});

	it.each([1, 4])(
		'is not taken for one that holds where it shows itself for %i s',
		async (showsLoader) => {
			const { run, modem } = await flash('boot-loop', { showsLoader, present: [5, 5] });
			expect(await run()).toBe(exitCode.done);
			expect(modem.release.firmware).toBe('00.08.24.02');
		},
	);

	it('is entered again in the next window of a boot loop', async () => {
		const { run, modem } = await flash('spoiled', { strapLow: false, application: 'crashes' });
		expect(await run()).toBe(exitCode.done);
		expect(modem.release.firmware).toBe('00.08.24.02');
	});

	it('is asked for with a power cycle when nobody answers, and flashed when it is back', async () => {
		const { run, said, modem, host } = await flash('loader', { bytesPerSecond: 200_000 });
		const broken = run();
		await until(() => said.of('payload').length >= 5);
		said.stop.abort();
		expect(await broken).toBe(exitCode.failedDuringWrite);
		// The loader waits for the rest of the image, and answers nobody.
		const again = listen(host.clock);
		const ended = run(again);
		await until(() =>
			again.of('note').some(({ text }) => text.includes('power cycle it with TP1 low now')),
		);
		modem.powerCycle({ strapLow: true });
		expect(await ended).toBe(exitCode.done);
	});

	it('is sent AT!BOOTHOLD again where the power cycle brought its application', async () => {
		const { run, said, modem } = await flash('loader', { loader: 'mute', answersQmi: false });
		const ended = run();
		await until(() => said.of('note').some(({ text }) => text.includes('power cycle it')));
		modem.powerCycle({ strapLow: false });
		expect(await ended).toBe(exitCode.refusedBeforeWrite);
		expect(said.of('fired')).toMatchObject([{ command: 'AT!BOOTHOLD', result: 'OK' }]);
		expect(said.of('port-opened').filter(({ port }) => port.endsWith('ttyUSB0'))).toHaveLength(2);
	});

	it('is fed the rest of an image that it waits for, and flashed without a power cycle', async () => {
		const { run, said, modem, host, plan, file } = await flash('loader', {
			bytesPerSecond: 200_000,
		});
		const broken = run();
		await until(() => said.of('payload').length >= 5);
		said.stop.abort();
		expect(await broken).toBe(exitCode.failedDuringWrite);
		const again = listen(host.clock);
		const fed = { ...plan, mode: 'feed' } as const;
		expect(await runFlash(host, [file], fed, 5, again.context)).toBe(exitCode.done);
		expect(modem.release.firmware).toBe('00.08.24.02');
		expect(again.of('usb-went')).toHaveLength(1);
		const zeros = again.of('payload').filter(({ file }) => file === 'zeros');
		expect(zeros.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(plan.size);
	});

	it('is flashed all the same when it waits for nothing any more', async () => {
		const { host, plan, file, modem } = await flash('loader');
		const said = listen(host.clock);
		const fed = { ...plan, mode: 'feed' } as const;
		expect(await runFlash(host, [file], fed, 5, said.context)).toBe(exitCode.done);
		expect(said.of('payload').filter(({ file }) => file === 'zeros')).toEqual([]);
		expect(modem.release.firmware).toBe('00.08.24.02');
	});

	it('ends with what to do when nobody power cycles it', async () => {
		const { run, said } = await flash('loader', { loader: 'mute' });
		expect(await run()).toBe(exitCode.refusedBeforeWrite);
		expect(said.of('flash-ended')[0]).toMatchObject({
			modem: expect.stringContaining('Nothing was written'),
			next: expect.stringContaining('power cycle it with TP1 low'),
		});
		expect(said.of('payload')).toEqual([]);
	});
});

describe('firmware and settings', () => {
	async function flashPair(order: (files: FirmwareFile[]) => FirmwareFile[]) {
		const { host, modem, folder } = await meetInFolder('loader-qdl');
		const pair = order(await smallPair(folder));
		const device = [...(await listDevices(host.sysfs)).values()][0]!;
		const files = await Promise.all(
			pair.map(async (file) => ({ file, checks: await file.verify() })),
		);
		const plan = await makePlan({ host, files, device });
		const said = listen(host.clock);
		return { plan, modem, said, run: () => runFlash(host, inOrder(pair), plan, 5, said.context) };
	}

	it('go in one session, the largest first, whatever order they were named in', async () => {
		const { plan, run, modem, said } = await flashPair((files) => files.toReversed());
		expect(plan.checks.filter(({ state }) => state === 'refuse')).toEqual([]);
		expect([plan.file, ...plan.others].map((path) => path.slice(-3))).toEqual(['cwe', 'nvu']);
		expect(await run()).toBe(exitCode.done);
		expect(modem.release).toMatchObject({ firmware: '02.33.03.00', config: '002.072_000' });
		const progress = said.of('flash-progress').at(-1)!;
		expect(progress.sent).toBe(plan.size);
		expect(said.of('port-opened').filter(({ port }) => port.endsWith('ttyUSB0'))).toHaveLength(1);
	});

	it('over Firehose too: the stray refusal of the first one’s closing zeros is not the second one’s', async () => {
		const { host, modem, folder } = await meetInFolder('loader');
		const pair = await smallFirehosePair(folder);
		const device = [...(await listDevices(host.sysfs)).values()][0]!;
		const files = pair.map((file) => ({ file, checks: [] }));
		const plan = await makePlan({ host, files, device });
		const said = listen(host.clock);
		expect(await runFlash(host, pair, plan, 5, said.context)).toBe(exitCode.done);
		expect(modem.release).toMatchObject({ firmware: '00.08.24.02', carrier: 'TELCO' });
	});
});

const firmware = { value: '00.08.24.02', source: 'a test' };
const expected = { wanted: { firmware }, before: {}, settle: 60 };

describe('the check after a flash', () => {
	it('gives a modem that stays away up after four minutes', async () => {
		const { modem, folder } = await meetInFolder('healthy');
		await modem.stop();
		const host = rehearsalHost(folder, 1000);
		const said = listen(host.clock);
		const usb = await PortWatch.start(host, '3-1', said.context.emit);
		onTestFinished(() => usb.stop());
		await expect(verify(host, usb, expected, said.context)).rejects.toMatchObject({
			exit: exitCode.writtenButUnchecked,
			message: 'The application did not appear within 240 s.',
			modem: 'The new firmware was written and accepted.',
		});
	});

	it('names the version that runs instead', async () => {
		const { host } = await meetInFolder('healthy');
		const said = listen(host.clock);
		const usb = await PortWatch.start(host, '3-1', said.context.emit);
		onTestFinished(() => usb.stop());
		await expect(verify(host, usb, expected, said.context)).rejects.toMatchObject({
			exit: exitCode.writtenButUnchecked,
			message: expect.stringContaining('it runs SWI9X07H_00.03.03.00, not 00.08.24.02'),
		});
	});
});

/** Waits for what another process or the disk must do first. */
async function until(met: () => boolean) {
	while (!met()) await new Promise((resolve) => setTimeout(resolve, 2));
}
