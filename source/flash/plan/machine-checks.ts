/** Checks of a plan that look at this machine: room, permissions, who else is there, power. */
import { existsSync } from 'node:fs';
import { access, constants, readdir, readFile, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { howToStop, nameHolder } from '../../link/port-holder.ts';
import { isWritable } from '../../own-files.ts';
import { exitCode } from '../../problem.ts';
import { holdersOf } from '../../processes.ts';
import { recordingsFolder } from '../../recording/file/places.ts';
import { atNode, loaderNode, modeOf } from '../../usb/device/modes.ts';
import { numberAt } from '../../usb/scan/sysfs.ts';
import { pieceSize } from '../download/write-progress.ts';
import { lockHolder } from '../job/device-lock.ts';
import type { PlanCheck } from '../model/plan.ts';
import { controlOf, readControl } from '../system/autosuspend.ts';
import { hasLogind } from '../system/inhibit-sleep.ts';
import {
	inhibitCommand,
	inhibitModemManager,
	isManaged,
	modemManagerPid,
	modemManagerUid,
} from '../system/modem-manager.ts';
import { otherPrograms } from '../system/other-programs.ts';

/** Bytes of a recording: what a piece of the file costs there, rounded up, and all the rest. */
const recordingFor = (size: number) => Math.ceil(size / pieceSize) * 512 + 4 * 1024 * 1024;

export async function machineChecks(
	host: Host,
	device: UsbDevice,
	size: number,
): Promise<PlanCheck[]> {
	const found = await Promise.all([
		lockCheck(host, device.path),
		nodeCheck(host, device),
		autosuspendCheck(host, device.path),
		modemManagerCheck(host, device),
		othersCheck(host, device),
		host.rehearsal === undefined ? sleepCheck() : undefined,
		diskCheck(size),
		powerCheck(host),
	]);
	return found.filter((check) => check !== undefined);
}

async function lockCheck(host: Host, path: string): Promise<PlanCheck> {
	const running = await lockHolder(host, path);
	return running
		? {
				name: 'lock',
				state: 'refuse',
				exit: exitCode.noAccess,
				says: `a flash of this modem runs already (process ${running.pid || 'unknown'})`,
			}
		: { name: 'lock', state: 'ok', says: 'no other flash runs on this modem' };
}

/** Seconds that a node may come later than the kernel's device. */
const nodeWait = 1;

/** False where the modem goes first, as one that loops does: it is caught in its next window. */
async function nodeComes(host: Host, device: UsbDevice, path: string): Promise<boolean> {
	const isThere = () => numberAt(host.sysfs, device.path) === device.number;
	for (const until = host.clock.now() + nodeWait; ; await host.clock.sleep(0.05)) {
		if (!isThere()) return false;
		if (existsSync(path) || host.clock.now() >= until) return true;
	}
}

async function nodeCheck(host: Host, device: UsbDevice): Promise<PlanCheck | undefined> {
	const node = loaderNode(device) ?? atNode(device);
	if (node === undefined) return undefined;
	const path = join(host.dev, node);
	if (!(await nodeComes(host, device, path))) return undefined;
	try {
		await access(path, constants.R_OK | constants.W_OK);
		const [holder] = holdersOf(host.proc, path).holders;
		if (holder?.name === 'ModemManager' && modeOf(device) === 'application') {
			const says = `${path} is held by ModemManager, which lets go of it when the flash begins`;
			return { name: 'node', state: 'ok', says };
		}
		if (holder) {
			return {
				name: 'node',
				state: 'refuse',
				exit: exitCode.noAccess,
				says: `${path} is held by ${nameHolder(holder)}: ${howToStop(holder)}`,
			};
		}
		return { name: 'node', state: 'ok', says: `${path} may be read and written` };
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const missing = code === 'ENOENT';
		return {
			name: 'node',
			state: 'refuse',
			exit: missing ? exitCode.noDevice : exitCode.noAccess,
			says: missing
				? `the kernel has ${node}, but there is no ${path}`
				: `you may not write ${path}: join the group dialout, or use sudo`,
		};
	}
}

async function autosuspendCheck(host: Host, path: string): Promise<PlanCheck | undefined> {
	const control = await readControl(host, path);
	const check = (state: PlanCheck['state'], says: string): PlanCheck => ({
		name: 'autosuspend',
		state,
		says,
	});
	if (control === '') return undefined;
	if (control !== 'auto') return check('ok', 'autosuspend is off');
	const file = controlOf(host, path);
	return access(file, constants.W_OK).then(
		() => check('ok', 'autosuspend is on, and switched off while the flash runs'),
		() => check('warn', `autosuspend is on: echo on | sudo tee ${file}`),
	);
}

/** ModemManager is inhibited when the flash begins. For a loader we try it now, and release it again. */
async function modemManagerCheck(host: Host, device: UsbDevice): Promise<PlanCheck | undefined> {
	const pid = modemManagerPid(host);
	const uid = await modemManagerUid(host, device.path);
	if (pid === undefined) return undefined;
	const named = `ModemManager (process ${pid})`;
	const stop = 'sudo systemctl stop ModemManager';
	const refuse = (says: string): PlanCheck => ({
		name: 'modemmanager',
		state: 'refuse',
		exit: exitCode.noAccess,
		mayOverride: true,
		says,
	});
	if (uid === undefined) {
		return refuse(
			`${named} may write into the modem’s ports when it comes, and is kept off one that is there only: ${stop}`,
		);
	}
	const ok = (says: string): PlanCheck => ({ name: 'modemmanager', state: 'ok', says });
	const keeps = `${named} is kept off it while the flash runs: ${inhibitCommand(uid).join(' ')}`;
	// One that it manages it would let go of now; one that it does not, as in a loop, it cannot keep off.
	if (modeOf(device) === 'application' && (await isManaged(uid))) return ok(keeps);
	const kept = await inhibitModemManager(uid);
	if (kept.state === 'not known') {
		const says = `${named} does not know this modem, but may when it comes again: ${stop}`;
		return { name: 'modemmanager', state: 'warn', mayOverride: true, says };
	}
	if (kept.state === 'kept off') {
		await kept.release();
		return ok(keeps);
	}
	return refuse(`${named} may write into the flash: ${stop} (it cannot be kept off: ${kept.why})`);
}

function othersCheck(host: Host, device: UsbDevice): PlanCheck | undefined {
	const found = otherPrograms(host, device);
	if (found.length === 0) return undefined;
	return { name: 'others', state: 'warn', says: `others may talk to it: ${found.join('; ')}` };
}

async function sleepCheck(): Promise<PlanCheck | undefined> {
	if (!(await hasLogind())) return undefined;
	const says = 'sleep and shutdown are held off while the flash runs (systemd-inhibit)';
	return { name: 'awake', state: 'ok', says };
}

async function diskCheck(size: number): Promise<PlanCheck> {
	const folder = recordingsFolder();
	if (!isWritable(folder)) {
		const says = `no recording can be made in ${folder}; XDG_STATE_HOME names another place`;
		return { name: 'disk', state: 'refuse', exit: exitCode.noAccess, says };
	}
	const needs = recordingFor(size);
	const free = await freeAt(folder);
	const mega = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
	return free >= needs
		? {
				name: 'disk',
				state: 'ok',
				says: `the recording has room: ${mega(free)} are free`,
			}
		: {
				name: 'disk',
				state: 'refuse',
				exit: exitCode.failed,
				mayOverride: true,
				says: `the recording may need ${mega(needs)}, and ${mega(free)} are free for it`,
			};
}

/** Bytes free for this user where the folder is, or will be. */
async function freeAt(folder: string): Promise<number> {
	try {
		const { bavail, bsize } = await statfs(folder);
		return bavail * bsize;
	} catch {
		return folder === dirname(folder) ? 0 : freeAt(dirname(folder));
	}
}

/** A laptop on its battery (Documentation/ABI/testing/sysfs-class-power). */
async function powerCheck({ sysfs }: Host): Promise<PlanCheck | undefined> {
	const at = join(sysfs, 'class/power_supply');
	const read = (name: string, file: string) =>
		readFile(join(at, name, file), 'utf8').then(
			(text) => text.trim(),
			() => '',
		);
	const supplies = await Promise.all(
		(await readdir(at).catch((): string[] => [])).map(async (name) => ({
			type: await read(name, 'type'),
			online: await read(name, 'online'),
			capacity: await read(name, 'capacity'),
			discharges: (await read(name, 'status')) === 'Discharging',
		})),
	);
	const battery = supplies.find(({ type, discharges }) => type === 'Battery' && discharges);
	const mains = supplies.some(({ type, online }) => type !== 'Battery' && online === '1');
	if (!battery || mains) return undefined;
	return {
		name: 'power',
		state: 'warn',
		says: `this machine runs on its battery (${battery.capacity || '?'} %): connect it to the mains`,
	};
}
