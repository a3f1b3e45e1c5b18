import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	realpathSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Emit } from '../../source/events.ts';
import { startTimeOf } from '../../source/flash/job/process-start.ts';
import { override } from '../../source/flash/model/plan.ts';
import { machineChecks } from '../../source/flash/plan/machine-checks.ts';
import { Autosuspend } from '../../source/flash/system/autosuspend.ts';
import { holdChildProcess } from '../../source/flash/system/hold-process.ts';
import { startInhibitors } from '../../source/flash/system/inhibitors.ts';
import { inhibitModemManager, modemManagerUid } from '../../source/flash/system/modem-manager.ts';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import { folderHost } from '../usb/folder.ts';
import { install } from './install.ts';
import { newFolder } from './rehearse.ts';

const until = async (met: () => boolean | Promise<boolean>) => {
	while (!(await met())) await new Promise((resolve) => setTimeout(resolve, 5));
};
const isGone = async (pid: number) => (await startTimeOf(pid)) === undefined;

/** A program that says where it runs and that it is ready, and then stays. */
function holder() {
	const file = join(newFolder(), 'pid');
	const command = ['sh', '-c', 'echo $$ > "$1"; echo ready; exec sleep 1000', 'sh', file] as const;
	const pid = () => Number(readFileSync(file, 'utf8'));
	return { command, pid, isThere: () => existsSync(file) && pid() > 0 };
}

describe('a node that is not there', () => {
	const loaderPort = () => {
		const { host, add, remove } = folderHost(10);
		const device = loaderDevice(models.RC7620, 1);
		add(device);
		mkdirSync(host.dev);
		const node = async () =>
			(await machineChecks(host, device, 1000)).find(({ name }) => name === 'node');
		return { host, device, remove, node, path: join(host.dev, 'ttyUSB0') };
	};

	it('is waited for, as while udev makes it', async () => {
		const { path, node } = loaderPort();
		const checked = node();
		writeFileSync(path, '');
		expect(await checked).toMatchObject({ state: 'ok' });
	});

	it('is no hindrance where the modem went: it is caught in its next window', async () => {
		const { device, remove, node } = loaderPort();
		const checked = node();
		remove(device);
		expect(await checked).toBeUndefined();
	});

	it('refuses the flash where the kernel has the port all the time', async () => {
		const { node } = loaderPort();
		expect(await node()).toMatchObject({
			state: 'refuse',
			exit: 3,
			says: expect.stringContaining('the kernel has ttyUSB0, but there is no '),
		});
	});
});

/** A machine on which a process of this name has the AT port open. */
async function nodeHeldBy(name: string) {
	const { host, add } = folderHost();
	const device = applicationDevice(models.RC7620, 1);
	add(device);
	mkdirSync(host.dev);
	const node = join(host.dev, 'ttyUSB2');
	writeFileSync(node, '');
	const proc = newFolder();
	mkdirSync(join(proc, '42/fd'), { recursive: true });
	writeFileSync(join(proc, '42/comm'), `${name}\n`);
	symlinkSync(node, join(proc, '42/fd/3'));
	const checks = await machineChecks({ ...host, proc }, device, 1000);
	return checks.find((check) => check.name === 'node');
}

describe('a port that somebody has open', () => {
	it('is no hindrance when ModemManager has it, which lets go', async () => {
		const check = await nodeHeldBy('ModemManager');
		expect(check).toMatchObject({ state: 'ok', says: expect.stringContaining('lets go of it') });
	});

	it('refuses the flash when another one has it', async () => {
		expect(await nodeHeldBy('minicom')).toMatchObject({ state: 'refuse', exit: 4 });
	});
});

describe('a program that is kept for the time of a flash', () => {
	it('is ended when it is let go of', async () => {
		const { command, pid } = holder();
		const kept = await holdChildProcess(command, /ready/);
		expect(await isGone(pid())).toBe(false);
		if ('release' in kept) await kept.release();
		await until(() => isGone(pid()));
	});

	it('is ended when its keeper is killed without warning', async () => {
		const { command, pid, isThere } = holder();
		const url = new URL('../../source/flash/system/hold-process.ts', import.meta.url).href;
		const script = `
			const { holdChildProcess } = await import(${JSON.stringify(url)});
			await holdChildProcess(${JSON.stringify(command)}, /ready/);
			setInterval(() => {}, 1000);
		`;
		const keeper = spawn(process.execPath, ['--input-type=module', '-e', script]);
		await until(isThere);
		keeper.kill('SIGKILL');
		await once(keeper, 'exit');
		await until(() => isGone(pid()));
	});

	it('says why it does not hold', async () => {
		const fails = ['sh', '-c', 'echo it may not >&2; exit 1'] as const;
		expect(await holdChildProcess(fails, /ready/)).toEqual({ why: 'it may not' });
		const missing = await holdChildProcess(['no-such-program-here'], /ready/);
		expect(missing).toMatchObject({ why: expect.stringContaining('not found') });
	});
});

/** As ModemManager 1.20.4 says it. */
const refusal = (kind: string, text: string) =>
	`echo "error: couldn't inhibit device: 'GDBus.Error:org.freedesktop.ModemManager1.Error.Core.${kind}: ${text}'" >&2; exit 1`;

describe('keeping ModemManager off one modem', () => {
	it('lasts until it is let go of', async () => {
		const said = join(newFolder(), 'said');
		const stays = 'echo "successfully inhibited device with uid"; exec sleep 1000';
		install('mmcli', `echo "$$ $*" > ${said}; ${stays}`);
		const kept = await inhibitModemManager('/sys/devices/a/3-1');
		const [pid, asked] = readFileSync(said, 'utf8').trim().split(' ');
		expect(asked).toBe('--inhibit-device=/sys/devices/a/3-1');
		if ('release' in kept) await kept.release();
		await until(() => isGone(Number(pid)));
	});

	it.each([
		['a modem that it does not know', 'NotFound', "No device found with uid 'x'", 'not known'],
		['one that it has not in use', 'WrongState', 'Modem not exported in the bus', 'refused'],
		['a user who may not', 'Failed', 'PolicyKit authorization failed', 'refused'],
	])('tells apart %s', async (_, kind, text, state) => {
		install('mmcli', refusal(kind, text));
		expect(await inhibitModemManager('x')).toMatchObject({ state });
	});

	it('goes by its place in sysfs, or by what a udev rule says instead', async () => {
		const sysfs = newFolder();
		const udev = newFolder();
		const at = join(sysfs, 'devices/pci0/usb3/3-1');
		mkdirSync(at, { recursive: true });
		mkdirSync(join(sysfs, 'bus/usb/devices'), { recursive: true });
		symlinkSync(at, join(sysfs, 'bus/usb/devices/3-1'));
		writeFileSync(join(at, 'dev'), '189:257\n');
		expect(await modemManagerUid({ sysfs }, '3-1', udev)).toBe(realpathSync(at));
		writeFileSync(join(udev, 'c189:257'), 'I:1\nE:ID_MM_PHYSDEV_UID=wan0\nG:systemd\n');
		expect(await modemManagerUid({ sysfs }, '3-1', udev)).toBe('wan0');
		expect(await modemManagerUid({ sysfs }, '3-2', udev)).toBeUndefined();
	});
});

/** A machine on which ModemManager runs, and a plan for the modem at 3-1. */
function withModemManager() {
	const { host, add } = folderHost();
	const proc = newFolder();
	mkdirSync(join(proc, '42'));
	writeFileSync(join(proc, '42/comm'), 'ModemManager\n');
	const notes: string[] = [];
	const emit: Emit = (_source, fact) => {
		if (fact.type === 'note') notes.push(fact.text);
	};
	const modem = { path: '3-1', needed: true };
	return { host: { ...host, proc }, add, notes, emit, modem };
}

describe('ModemManager and a modem that is not there', () => {
	it('is refused in the plan, with the command, and may be set aside', async () => {
		const { host } = withModemManager();
		const away = { ...applicationDevice(models.RC7620, 1), interfaces: [] };
		const check = (await machineChecks(host, away, 1000)).find(
			({ name }) => name === 'modemmanager',
		);
		expect(check).toMatchObject({
			state: 'refuse',
			mayOverride: true,
			says: expect.stringContaining('sudo systemctl stop ModemManager'),
		});
	});

	it.each([
		['has in use', 'exit 0', 'ok', 'is kept off it while the flash runs'],
		[
			'does not have in use, as while it loops',
			refusal('WrongState', 'Modem not exported in the bus'),
			'refuse',
			'sudo systemctl stop ModemManager',
		],
	])('is told in the plan of an application that it %s', async (_, script, state, says) => {
		const { host, add } = withModemManager();
		const device = applicationDevice(models.RC7620, 1);
		add(device);
		install('mmcli', script);
		const check = (await machineChecks(host, device, 1000)).find(
			({ name }) => name === 'modemmanager',
		);
		expect(check).toMatchObject({ state, says: expect.stringContaining(says) });
		const [set] = override([check!], ['modemmanager']);
		expect(set?.overridden).toBe(state === 'refuse' ? true : undefined);
	});

	it('is kept off as soon as the modem comes, at its own port and at the peer of it', async () => {
		const { host, add, notes, emit, modem } = withModemManager();
		install('mmcli', 'echo "successfully inhibited device with uid"; exec sleep 1000');
		const inhibitors = await startInhibitors(host, modem, emit);
		expect(notes).toEqual([]);
		for (const path of ['3-1', '4-1']) {
			const device = { ...applicationDevice(models.RC7620, 1), path };
			add(device);
			inhibitors.onDevice(device);
			await until(() => notes.some((note) => note.includes(`${path})`)));
		}
		await inhibitors.release();
	});

	/** The connector of 3-1 has the other name 4-1. */
	const withPeer = () => {
		const machine = withModemManager();
		const port = join(machine.host.sysfs, 'bus/usb/devices/3-0:1.0/usb3-port1');
		mkdirSync(port, { recursive: true });
		symlinkSync('../../somewhere/usb4-port1', join(port, 'peer'));
		machine.add(applicationDevice(models.RC7620, 1));
		return machine;
	};

	it('leaves a loader at the peer alone by a rule, from before that comes', async () => {
		const { host, add, notes, emit, modem } = withPeer();
		install('mmcli', 'echo "successfully inhibited device with uid"; exec sleep 1000');
		const reloads = join(newFolder(), 'reloads');
		install('udevadm', `echo "$*" >> ${reloads}`);
		const rules = newFolder();
		const inhibitors = await startInhibitors(host, modem, emit, rules);
		const file = join(rules, '79-modemscope-4-1.rules');
		expect(readFileSync(file, 'utf8')).toBe(
			'SUBSYSTEMS=="usb", KERNELS=="4-1", ATTRS{bNumInterfaces}==" 1", ENV{ID_MM_DEVICE_IGNORE}="1"\n',
		);
		expect(notes.join()).toMatch(/a loader at 4-1 alone.*is kept off this modem/);
		// What udev has it ignore it does not know.
		install('mmcli', refusal('NotFound', "No device found with uid 'x'"));
		const loader = { ...loaderDevice(models.RC7620, 2), path: '4-1' };
		add(loader);
		inhibitors.onDevice(loader);
		await inhibitors.release();
		expect(notes.join()).not.toContain('may write into');
		expect(existsSync(file)).toBe(false);
		expect(readFileSync(reloads, 'utf8')).toBe('control --reload\n'.repeat(2));
	});

	it('is told before anything is sent where no rule can be given', async () => {
		const { host, notes, emit, modem } = withPeer();
		install('mmcli', 'echo "successfully inhibited device with uid"; exec sleep 1000');
		install('udevadm', 'echo "only root may" >&2; exit 1');
		const inhibitors = await startInhibitors(host, modem, emit, newFolder());
		expect(notes[0]).toMatch(/may write into 4-1: sudo systemctl stop ModemManager.*only root may/);
		await inhibitors.release();
	});

	it('lets go of a rule whose waiting was begun too late to hear its end', async () => {
		const { host, emit, modem } = withPeer();
		install('mmcli', 'echo "successfully inhibited device with uid"; exec /bin/sleep 1000');
		install('udevadm', 'exit 0');
		// So does one that is forked as the signal comes.
		install('sleep', 'trap "" TERM; exec /bin/sleep 8');
		const inhibitors = await startInhibitors(host, modem, emit, newFolder());
		await inhibitors.release();
	}, 5000);

	it('is told with the command when the modem comes and it cannot be kept off', async () => {
		const { host, add, notes, emit, modem } = withModemManager();
		install('mmcli', refusal('WrongState', 'Modem not exported in the bus'));
		const inhibitors = await startInhibitors(host, modem, emit);
		const device = applicationDevice(models.RC7620, 1);
		add(device);
		inhibitors.onDevice(device);
		await until(() => notes.length > 0);
		expect(notes[0]).toContain('sudo systemctl stop ModemManager');
		await inhibitors.release();
	});
});

describe('autosuspend', () => {
	it('is off for each life of the modem, and given back to the one that is left', async () => {
		const sysfs = newFolder();
		const power = join(sysfs, 'bus/usb/devices/3-1/power');
		mkdirSync(power, { recursive: true });
		const control = (value?: string) => {
			if (value) writeFileSync(join(power, 'control'), `${value}\n`);
			return readFileSync(join(power, 'control'), 'utf8').trim();
		};
		const device = (number: number) => ({
			path: '3-1',
			vid: '1199',
			pid: '68c0',
			number,
			interfaces: [],
		});
		const autosuspend = new Autosuspend({ sysfs });
		for (const number of [59, 60]) {
			control('auto');
			expect(await autosuspend.hold(device(number))).toBe(true);
			expect(control()).toBe('on');
		}
		await autosuspend.release(new Map([['3-1', device(60)]]));
		expect(control()).toBe('auto');
		control('on');
		expect(await autosuspend.hold(device(61))).toBe(false);
	});
});
