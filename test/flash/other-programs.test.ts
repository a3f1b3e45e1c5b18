import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { machineChecks } from '../../source/flash/plan/machine-checks.ts';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice } from '../../source/simulator/device/devices.ts';
import { folderHost } from '../usb/folder.ts';
import { newFolder } from './rehearse.ts';

describe('other programs', () => {
	it.each([
		['eg25-manager', 'eg25-manager', 'sudo systemctl stop eg25-manager'],
		['sh', '/usr/share/qmodem/modem_dial.sh', 'QModem'],
		['modemfwd', 'modemfwd', 'sudo stop modemfwd'],
	])('are named in the plan: %s %s', async (name, command, says) => {
		const { host } = folderHost();
		const proc = newFolder();
		mkdirSync(join(proc, '77'));
		writeFileSync(join(proc, '77/comm'), `${name}\n`);
		writeFileSync(join(proc, '77/cmdline'), `${command}\0`);
		const device = applicationDevice(models.RC7620, 1);
		const checks = await machineChecks({ ...host, proc }, device, 1000);
		expect(checks.find((check) => check.name === 'others')).toMatchObject({
			state: 'warn',
			says: expect.stringContaining(says),
		});
	});

	it.each(['qmi-proxy', 'mbim-proxy'])(
		'are not %s, through which ModemManager asks',
		async (name) => {
			const { host: bare } = folderHost();
			const host = { ...bare, proc: newFolder() };
			mkdirSync(join(host.proc, '42'));
			writeFileSync(join(host.proc, '42/comm'), 'ModemManager\n');
			mkdirSync(host.dev);
			const node = join(host.dev, 'cdc-wdm0');
			writeFileSync(node, '');
			const device = applicationDevice(models.RC7620, 1);
			const others = async () =>
				(await machineChecks(host, device, 1000)).find((check) => check.name === 'others');
			mkdirSync(join(host.proc, '43/fd'), { recursive: true });
			writeFileSync(join(host.proc, '43/comm'), `${name}\n`);
			symlinkSync(node, join(host.proc, '43/fd/3'));
			expect(await others()).toBeUndefined();
			writeFileSync(join(host.proc, '42/comm'), 'nobody\n');
			expect((await others())?.says).toContain(`cdc-wdm0 is held by ${name}`);
		},
	);

	it('are named when they have any port of the modem open', async () => {
		const { host } = folderHost();
		mkdirSync(host.dev);
		const node = join(host.dev, 'ttyUSB1');
		writeFileSync(node, '');
		const proc = newFolder();
		mkdirSync(join(proc, '42/fd'), { recursive: true });
		writeFileSync(join(proc, '42/comm'), 'gpsd\n');
		symlinkSync(node, join(proc, '42/fd/3'));
		const device = applicationDevice(models.RC7620, 1);
		const checks = await machineChecks({ ...host, proc }, device, 1000);
		expect(checks.find((check) => check.name === 'others')?.says).toContain(
			'ttyUSB1 is held by gpsd',
		);
	});
});
