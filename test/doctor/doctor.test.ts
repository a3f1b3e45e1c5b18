import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Result } from '../../source/doctor/check.ts';
import { lockDevice } from '../../source/flash/job/device-lock.ts';
import { models } from '../../source/modems/simulated.ts';
import {
	applicationDevice,
	loaderDevice,
	strangerDevice,
} from '../../source/simulator/device/devices.ts';
import { machineWith, named, obstacles } from './machine.ts';

const application = applicationDevice(models.RC7620, 59);
const loader = loaderDevice(models.RC7620, 60);

test('nothing is in the way of a healthy modem', async () => {
	const results = await machineWith(application).examine();
	expect(results.map(({ state }) => state)).toEqual(results.map(() => 'ok'));
	expect(named(results, 'driver').says).toBe('Bound: qcserial, qmi_wwan.');
});

test('without a driver it prints the new_id line, and loads qcserial first where it is not', async () => {
	const { host, examine } = machineWith(strangerDevice(models.RC7620, 1));
	const line = 'echo 1199 90ff | sudo tee /sys/bus/usb-serial/drivers/qcserial/new_id';
	expect(named(await examine(), 'driver')).toMatchObject({
		state: 'in the way',
		mend: `sudo modprobe qcserial && ${line}`,
	});
	mkdirSync(join(host.sysfs, 'bus/usb-serial/drivers/qcserial'), { recursive: true });
	expect(named(await examine(), 'driver').mend).toBe(line);
});

test('a node that /dev does not have is made with its numbers', async () => {
	const { node, write, examine } = machineWith(loader);
	rmSync(node('ttyUSB0'));
	write('3-1:1.0/ttyUSB0/tty/ttyUSB0', { dev: '188:0\n' });
	const results = await examine();
	expect(obstacles(results)).toEqual(['nodes']);
	expect(named(results, 'nodes').mend).toBe(`sudo mknod ${node('ttyUSB0')} c 188 0`);
});

test('ModemManager is named with its process', async () => {
	const { run, examine } = machineWith(application);
	run(611, 'systemd-udevd', '/lib/systemd/systemd-udevd');
	run(612, 'ModemManager', '/usr/sbin/ModemManager --log-level=INFO');
	expect(named(await examine(), 'ModemManager')).toEqual({
		check: 'ModemManager',
		state: 'in the way',
		says: 'ModemManager runs (process 612): it probes every port that appears, and its bytes are junk to a loader.',
		mend: 'sudo systemctl stop ModemManager',
	});
});

test('a port’s holder is named with its process and its command, by whatever name it opened the port', async () => {
	const { host, node, run, examine } = machineWith(application);
	run(4711, 'minicom', 'minicom -D /dev/serial/by-id/modem', node('ttyUSB2'));
	run(4712, 'cat', 'cat', '/dev/null');
	const results = await examine();
	expect(obstacles(results)).toEqual(['holder']);
	expect(named(results, 'holder')).toMatchObject({
		says: `${node('ttyUSB2')} is held by minicom (process 4711: minicom -D /dev/serial/by-id/modem).`,
		mend: 'kill 4711',
	});
	expect(host.proc).toContain('proc');
});

test('autosuspend, and a device that may not be configured, are mended by a line', async () => {
	const suspended = await machineWith({ ...application, power: 'auto' }).examine();
	expect(obstacles(suspended)).toEqual(['autosuspend']);
	expect(named(suspended, 'autosuspend').mend).toBe(
		'echo on | sudo tee /sys/bus/usb/devices/3-1/power/control',
	);
	const forbidden = await machineWith({ ...loader, authorized: false, interfaces: [] }).examine();
	expect(named(forbidden, 'authorized').mend).toBe(
		'echo 1 | sudo tee /sys/bus/usb/devices/3-1/authorized',
	);
});

test('an EM75 loader on USB 3 is told, its application and other loaders are not', async () => {
	const fast = { ...loader, speed: 5000 };
	const em75 = await machineWith({ ...fast, pid: '9090' }).examine();
	expect(obstacles(em75)).toEqual(['USB 3']);
	expect(obstacles(await machineWith(fast).examine())).toEqual([]);
	const running = await machineWith({ ...application, pid: '9091', speed: 5000 }).examine();
	expect(obstacles(running)).toEqual([]);
});

test('a flash that runs on it, or on its peer port, is named', async () => {
	const { host, examine } = machineWith({ ...loader, pid: '9070' });
	const peer = join(host.sysfs, 'bus/usb/devices/3-0:1.0/usb3-port1');
	mkdirSync(peer);
	symlinkSync('../../usb4/4-0:1.0/usb4-port1', join(peer, 'peer'));
	const release = await lockDevice(['4-1'], host, {
		pid: process.pid,
		model: 'MC7455',
		path: '4-1',
	});
	onTestFinished(release);
	expect(named(await examine(), 'flash')).toMatchObject({
		says: `A flash of MC7455 runs at 4-1 (process ${process.pid}).`,
		mend: 'modemscope flash --follow',
	});
});

const isRoot = process.getuid?.() === 0;
test.runIf(isRoot)('who may not open a port is told how to be let in', async () => {
	const { host, node } = machineWith(loader);
	const checks = resolve(import.meta.dirname, '../../source/doctor/access.ts');
	const asNobody = (check: string, device = loader): Result => {
		const script = `
			const access = await import(${JSON.stringify(checks)});
			const given = JSON.parse(process.argv[1]);
			console.log(JSON.stringify(await access.${check}(given.host, given.device)));`;
		const { stdout } = spawnSync(
			process.execPath,
			['--input-type=module', '--eval', script, JSON.stringify({ host, device })],
			{ uid: 65_534, gid: 65_534, encoding: 'utf8' },
		);
		return JSON.parse(stdout);
	};
	chmodSync(join(host.dev, '..'), 0o755);
	chmodSync(node('ttyUSB0'), 0o660);
	chownSync(node('ttyUSB0'), 0, 20);
	expect(asNobody('permission')).toMatchObject({
		state: 'in the way',
		mend: expect.stringContaining('sudo usermod -aG $(stat -c %G '),
	});
	chownSync(node('ttyUSB0'), 0, 0);
	expect(asNobody('permission')).toMatchObject({
		state: 'in the way',
		mend: expect.stringMatching(/^sudo modemscope files .* && sudo udevadm trigger$/),
	});
	expect(asNobody('permission', { ...loader, pid: 'ffff' })).toMatchObject({
		mend: expect.stringContaining('ATTRS{idVendor}=="1199", GROUP="dialout"'),
	});
	// Somebody else's process, whose files nobody may see.
	const fd = join(host.proc, '1/fd');
	mkdirSync(fd, { recursive: true });
	writeFileSync(join(host.proc, '1/comm'), 'init\n');
	chmodSync(fd, 0o700);
	expect(asNobody('holder')).toMatchObject({ state: 'not seen', mend: 'sudo modemscope doctor' });
});
