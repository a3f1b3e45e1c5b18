/** A flash that another user's process does, as far as the kernel tells and it may be believed. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../host.ts';
import { pidsIn, processText } from '../../processes.ts';
import { namesOnBus, readDevice } from '../../usb/scan/sysfs.ts';
import type { Holder } from '../model/outcomes/job.ts';

/** The user and the groups of a process. */
type Rights = { readonly uid: number; readonly groups: readonly number[] };

/**
 * Another user's flash of one of these ports that may write to the modem there. Any user may call a
 * program `modemscope flash`: one that could not open the port is not believed.
 */
export function foreignFlash(
	{ proc, dev, sysfs }: Pick<Host, 'proc' | 'dev' | 'sysfs'>,
	paths: readonly string[],
): Holder | undefined {
	const me = process.geteuid?.();
	for (const pid of pidsIn(proc)) {
		const words = (processText(proc, pid, 'cmdline') ?? '').split(/[\0 ]/);
		const path = paths.find((one) => words.includes(`--device=${one}`));
		if (path === undefined || !isJob(words)) continue;
		const rights = rightsOf(processText(proc, pid, 'status') ?? '');
		if (!rights || rights.uid === 0 || rights.uid === me) continue;
		if (nodesOf(sysfs, dev, path).some((node) => mayWrite(node, rights)))
			return { pid, model: 'a modem', path };
	}
	return undefined;
}

const isJob = (words: readonly string[]) => words.includes('flash') && words.includes('--job');

function rightsOf(status: string): Rights | undefined {
	const uid = /^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1];
	const gid = /^Gid:\s+\d+\s+(\d+)/m.exec(status)?.[1];
	const groups = /^Groups:(.*)$/m.exec(status)?.[1]?.match(/\d+/g) ?? [];
	if (uid === undefined || gid === undefined) return undefined;
	return { uid: Number(uid), groups: [gid, ...groups].map(Number) };
}

function mayWrite(node: string, { uid, groups }: Rights): boolean {
	try {
		const found = statSync(node);
		if (found.uid === uid) return (found.mode & 0o200) !== 0;
		return groups.includes(found.gid) ? (found.mode & 0o020) !== 0 : (found.mode & 0o002) !== 0;
	} catch {
		return false;
	}
}

/** The ports of the device at a path, and its node for whoever takes it from its driver. */
function nodesOf(sysfs: string, dev: string, path: string): string[] {
	const device = readDevice(sysfs, path, namesOnBus(sysfs));
	if (!device) return [];
	const three = (part: number) => String(part).padStart(3, '0');
	const usb = join('bus/usb', three(Number.parseInt(path, 10)), three(device.number ?? 0));
	return [usb, ...device.interfaces.flatMap(({ nodes }) => nodes)].map((node) => join(dev, node));
}
