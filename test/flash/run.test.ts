import { describe, expect, it, onTestFinished } from 'vitest';
import { makePlan } from '../../source/flash/make-plan.ts';
import { runFlash } from '../../source/flash/run.ts';
import { verify } from '../../source/flash/verify.ts';
import { rehearsalHost } from '../../source/host.ts';
import { exitCode } from '../../source/problem.ts';
import type { Scenario } from '../../source/simulator/scenarios.ts';
import { PortWatch } from '../../source/usb/port-watch.ts';
import { listDevices } from '../../source/usb/sysfs.ts';
import { listen, meetInFolder, smallFirmware } from './rehearse.ts';

/** The whole flash of a small image on a modem in a folder. */
async function flash(scenario: string, but: Partial<Scenario> = {}, settle = 5) {
	const { host, modem, folder } = await meetInFolder(scenario, but);
	const file = await smallFirmware(folder);
	const device = [...(await listDevices(host.sysfs)).values()][0]!;
	const plan = await makePlan({ host, files: [{ file, checks: await file.verify() }], device });
	const said = listen(host.clock);
	const run = () => runFlash(host, [file], plan, settle, said.context);
	return { host, modem, said, run, plan };
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
		const { run, said, modem } = await flash('loader', {}, 60);
		const ended = run();
		await until(() =>
			said.facts.some((fact) => JSON.stringify(fact).includes('watching for 60 s')),
		);
		await modem.stop();
		expect(await ended).toBe(exitCode.writtenButUnchecked);
		expect(said.of('flash-ended')[0]).toMatchObject({
			message: 'The modem started the new firmware, but was reset soon after.',
			modem: 'The new firmware was written and accepted.',
		});
	});

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

	it('says that nothing was written when no loader holds', async () => {
		const { run, said } = await flash('healthy');
		await expect(run()).rejects.toMatchObject({
			exit: exitCode.noDevice,
			modem: 'Nothing was written.',
		});
		expect(said.facts).toEqual([]);
	});
});

describe('the check after a flash', () => {
	it('gives a modem that stays away up after four minutes', async () => {
		const { modem, folder } = await meetInFolder('healthy');
		await modem.stop();
		const host = rehearsalHost(folder, 1000);
		const said = listen(host.clock);
		const usb = await PortWatch.start(host, '3-1', said.context.emit);
		onTestFinished(() => usb.stop());
		await expect(verify(host, usb, '00.08.24.02', 60, said.context)).rejects.toMatchObject({
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
		await expect(verify(host, usb, '00.08.24.02', 60, said.context)).rejects.toMatchObject({
			exit: exitCode.writtenButUnchecked,
			message: 'The modem says it runs SWI9X07H_00.03.03.00, not 00.08.24.02.',
		});
	});
});

/** Waits for what another process or the disk must do first. */
async function until(met: () => boolean) {
	while (!met()) await new Promise((resolve) => setTimeout(resolve, 2));
}
