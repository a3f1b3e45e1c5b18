/**
 * ModemManager sends AT and QCDM to every tty that it takes for a modem's, which is junk to a loader.
 * Over D-Bus it can be kept off one modem, for as long as who asked stays on the bus: mmcli, which
 * comes with it, does that. docs/flash.md says why not a D-Bus library.
 */
import { execFile } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Host } from '../../host.ts';
import { processesNamed } from '../../processes.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { devicesFolder } from '../../usb/scan/sysfs-files.ts';
import { holdChildProcess } from './hold-process.ts';

/** The process number of the ModemManager that runs here; undefined when none does. */
export const modemManagerPid = ({ proc }: Pick<Host, 'proc'>): number | undefined =>
	processesNamed(proc, 'ModemManager')[0]?.pid;

/**
 * What ModemManager calls the modem: its place in sysfs, or what a udev rule says instead
 * (ID_MM_PHYSDEV_UID). Undefined while it is unplugged.
 */
export async function modemManagerUid(
	{ sysfs }: Pick<Host, 'sysfs'>,
	path: string,
	udev = '/run/udev/data',
): Promise<string | undefined> {
	try {
		const at = await realpath(join(devicesFolder(sysfs), path));
		const number = (await readFile(join(at, 'dev'), 'utf8').catch(() => '')).trim();
		const properties = await readFile(join(udev, `c${number}`), 'utf8').catch(() => '');
		return /^E:ID_MM_PHYSDEV_UID=(.+)$/m.exec(properties)?.[1] ?? at;
	} catch {
		return undefined;
	}
}

/** Whether it has the modem in use: only such a one can it be asked to keep off. */
export const isManaged = (uid: string): Promise<boolean> =>
	promisify(execFile)('mmcli', ['-m', uid], { timeout: 15_000 }).then(
		() => true,
		() => false,
	);

export const inhibitCommand = (uid: string) => ['mmcli', `--inhibit-device=${uid}`] as const;

/** Inhibited; unknown to ModemManager, which then leaves it alone; or why it could not be inhibited. */
export type InhibitResult =
	| { readonly state: 'kept off'; readonly release: () => Promise<void> }
	| { readonly state: 'not known' }
	| { readonly state: 'refused'; readonly why: string };

export async function inhibitModemManager(uid: string): Promise<InhibitResult> {
	const kept = await holdChildProcess(inhibitCommand(uid), /successfully inhibited/i);
	if ('release' in kept) return { state: 'kept off', ...kept };
	// mm-base-manager.c: "No device found with uid".
	if (/No device found|NotFound/i.test(kept.why)) return { state: 'not known' };
	return { state: 'refused', why: sanitize(kept.why) };
}
