/** Flashes of strict modems; docs/simulator.md names the tests of the others. */
import { expect, it } from 'vitest';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { runFlash } from '../../source/flash/run/run.ts';
import { exitCode } from '../../source/problem.ts';
import { findScenario } from '../../source/simulator/modem/scenarios.ts';
import { modeOf } from '../../source/usb/device/modes.ts';
import { listDevices } from '../../source/usb/scan/sysfs.ts';
import { listen, meetInFolder, quick, smallFirmware, smallPair } from './rehearse.ts';

async function flash(name: string) {
	const { model, present } = findScenario(name);
	const { host, modem, folder } = await meetInFolder(name, { ...quick, present });
	const files =
		model.family.loader === 'qdl' ? await smallPair() : [await smallFirmware(folder, model)];
	const device = [...(await listDevices(host.sysfs)).values()][0]!;
	const checked = await Promise.all(
		files.map(async (file) => ({ file, checks: await file.verify() })),
	);
	const plan = await makePlan({ host, files: checked, device, model: model.name });
	const said = listen(host.clock);
	const ids = () => said.of('usb-came').map(({ device }) => `${device.pid} ${modeOf(device)}`);
	const run = () => runFlash(host, files, plan, 5, said.context);
	const ended = () => said.of('flash-ended')[0]!;
	return { plan, modem, said, ids, run, ended, model };
}

it('a modem in a type of AT!USBCOMP that Linux does not know is flashed over MBIM, with the ids of that', async () => {
	const { run, modem, model, ids } = await flash('usbcomp-1');
	expect(await run()).toBe(exitCode.done);
	expect(ids()).toEqual(['90b1 application', '90b0 loader', '90b1 application']);
	expect(modem.release.firmware).toBe(model.update.firmware);
});

it('a modem none of whose ports has a driver is refused before anything is sent', async () => {
	const { plan } = await flash('usbcomp-2');
	expect(plan.checks.filter(({ state }) => state === 'refuse')).toMatchObject([
		{ name: 'loader', says: expect.stringContaining('which of its ports speaks AT is not known') },
	]);
});

it('a modem that knows no AT!BOOTHOLD is flashed over QMI', async () => {
	const { run, modem, model } = await flash('no-boot-hold');
	expect(await run()).toBe(exitCode.done);
	expect(modem.release.firmware).toBe(model.update.firmware);
});

it('a modem whose loader goes when nobody speaks QDL within 5 s is flashed', async () => {
	const { run, modem, model } = await flash('impatient-loader');
	expect(await run()).toBe(exitCode.done);
	expect(modem.release.firmware).toBe(model.update.firmware);
});

it('a modem whose flash memory refuses the release says why', async () => {
	const { run, ended } = await flash('nand-refuses');
	expect(await run()).toBe(exitCode.failedDuringWrite);
	expect(ended().message).toContain('package compatibility');
});
