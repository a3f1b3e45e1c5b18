/** A flash of a modem whose application runs: over QMI, MBIM or AT, and what is checked after it. */
import { describe, expect, it } from 'vitest';
import { askModem } from '../../source/commands/flash/modem.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { runFlash } from '../../source/flash/run/run.ts';
import { exitCode } from '../../source/problem.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { listDevices } from '../../source/usb/scan/sysfs.ts';
import { listen, meetInFolder, smallFirmware } from './rehearse.ts';

async function flash(but: Partial<Scenario>, settle = 5, scenario = 'healthy', rate?: number) {
	const { host, modem, folder } = await meetInFolder(scenario, but, rate);
	const file = await smallFirmware(folder);
	const device = [...(await listDevices(host.sysfs)).values()][0]!;
	const plan = await makePlan({ host, files: [{ file, checks: await file.verify() }], device });
	const said = listen(host.clock);
	const exit = await runFlash(host, [file], plan, settle, said.context);
	const notes = said.of('note').map(({ text }) => text);
	const sent = said.of('at-sent').map(({ command }) => command);
	return { exit, modem, said, plan, notes, sent, ended: said.of('flash-ended')[0]! };
}

describe('a modem whose application runs', () => {
	it('is given its new firmware preference over QMI, restarts into its loader and is flashed', async () => {
		const { exit, modem, notes, sent, said } = await flash({});
		expect(exit).toBe(exitCode.done);
		expect(modem.release.firmware).toBe('00.08.24.02');
		expect(notes).toContain(
			'setting its firmware preference over QMI: 00.08.24.02 GENERIC 001.110_000',
		);
		expect(sent).not.toContain('AT!BOOTHOLD');
		expect(said.of('port-opened').map(({ port }) => port.split('/').at(-1))).toContain('cdc-wdm0');
	});

	it.each(['qmi', 'mbim'] as const)(
		'is flashed and checked where it has %s alone',
		async (composition) => {
			const { exit, modem, ended, plan } = await flash({}, 5, `${composition}-only`);
			expect(plan.checks.find(({ name }) => name === 'loader')).toMatchObject({
				state: 'ok',
				says: expect.stringContaining(`set over ${composition.toUpperCase()}`),
			});
			expect(ended.message).toBe('Done: the modem runs 00.08.24.02 and stayed up for 5 s.');
			expect(exit).toBe(exitCode.done);
			expect(modem.release.firmware).toBe('00.08.24.02');
		},
	);

	it('is caught with AT!BOOTHOLD where nobody answers QMI', async () => {
		const { exit, sent, notes } = await flash({ answersQmi: false });
		expect(exit).toBe(exitCode.done);
		expect(sent).toContain('AT!BOOTHOLD');
		expect(notes).toContainEqual(
			expect.stringMatching(/not asked over QMI: .*did not answer SYNC/),
		);
	});

	it('holds over QMI where it knows no firmware preference', async () => {
		const { exit, notes, sent } = await flash({ knowsPreference: false });
		expect(exit).toBe(exitCode.done);
		expect(notes).toContain('asking it over QMI to hold in its boot loader');
		expect(sent).not.toContain('AT!BOOTHOLD');
	});

	it('has its old preference again when nothing was written', async () => {
		// Slower than the others: an answer over QMI that came too late would be another way in.
		const { exit, modem, notes, ended } = await flash({}, 5, 'dpr-grounded', 8);
		expect(exit).toBe(exitCode.refusedBeforeWrite);
		expect(notes).toContain('its firmware preference is 00.03.03.00 GENERIC 001.028_000 again');
		expect(ended.modem).toContain('Nothing was written');
		expect(modem.release.firmware).toBe('00.03.03.00');
		expect(modem.prefers).toBe('00.03.03.00');
	});

	it('is told to be in low power where a loader that holds keeps it from that', async () => {
		const { ended } = await flash({ loader: 'mute', waitsForDownload: 1000 });
		expect(ended.modem).toContain('It prefers 00.08.24.02 GENERIC 001.110_000');
		expect(ended.next).toContain('AT!IMPREF=');
	});

	it('is brought there again when its loader left before it was asked', async () => {
		const { exit, notes } = await flash({ waitsForDownload: 1.5 });
		expect(exit).toBe(exitCode.done);
		expect(notes).toContainEqual(expect.stringContaining('the boot loader went away'));
	});

	it('says that AT!BOOTHOLD does not hold it, as with a grounded DPR', async () => {
		const { exit, ended, sent } = await flash({ answersQmi: false }, 5, 'dpr-grounded');
		expect(exit).toBe(exitCode.refusedBeforeWrite);
		expect(ended.message).toContain('answered AT!BOOTHOLD with OK 4 times');
		expect(ended.next).toContain('DPR');
		expect(sent.filter((command) => command === 'AT!BOOTHOLD')).toHaveLength(4);
	});
});

describe('what is known of its flash memory', () => {
	it('is a warning with its evidence, where others of that part refused releases', async () => {
		const { host, folder } = await meetInFolder('nand-refuses');
		const file = await smallFirmware(folder);
		const device = [...(await listDevices(host.sysfs)).values()][0]!;
		await host.clock.sleep(1);
		const told = await askModem(host, device);
		expect(told.from).toContain('00.03.03.00');
		const plan = await makePlan({ host, files: [{ file, checks: [] }], device, ...told });
		expect(plan.checks.find(({ name }) => name === 'nand')).toMatchObject({
			state: 'warn',
			says: expect.stringContaining('Sierra forum 32926'),
		});
		const other = await makePlan({ host, files: [{ file, checks: [] }], device });
		expect(other.checks.some(({ name }) => name === 'nand')).toBe(false);
	});
});

describe('what is checked after a flash', () => {
	// A busy machine is to see each life.
	const present = [8, 8] as const;

	it('takes one restart more for the image switch that it is', async () => {
		const { exit, notes } = await flash({ present }, 20, 'resets-again');
		expect(exit).toBe(exitCode.done);
		expect(notes).toContainEqual(expect.stringContaining('restarted once more'));
	});

	it('calls two restarts more a failure', async () => {
		const { exit, ended } = await flash({ resetsAfterUpdate: 2, present }, 20);
		expect(exit).toBe(exitCode.writtenButUnchecked);
		expect(ended.message).toContain('was reset soon after');
	});

	it('does not check what none of its ports can tell', async () => {
		const { exit, ended } = await flash({ composition: 'none' }, 5, 'loader');
		expect(exit).toBe(exitCode.done);
		expect(ended.message).toContain('its version was not checked');
	});

	it('names low power by a preference that stayed, with what ends it', async () => {
		const { exit, ended } = await flash({}, 5, 'keeps-preference');
		expect(exit).toBe(exitCode.writtenButUnchecked);
		expect(ended.message).toContain('in low power: it prefers 00.02.00.00');
		expect(ended.next).toContain('AT!IMPREF="GENERIC"');
	});
});
