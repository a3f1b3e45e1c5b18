/**
 * What tells that a look at the bus is due before the poll does. sysfs sends no messages, but the
 * kernel keeps a node of each USB device in devtmpfs, and folders there can be listened to: the
 * message comes with the enumeration itself, with or without udevd (drivers/base/core.c, device_add).
 */
import { type FSWatcher, readdirSync, readFileSync, watch as watchFolder } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../host.ts';
import { devicesFolder } from './sysfs-files.ts';

export type Hotplug = {
	/** No device comes or goes unheard. */
	readonly isSure: boolean;
	stop(): void;
};

/**
 * Wall milliseconds from a message to the look at the bus: one look for the burst of messages that a
 * device makes, and after the first byte to a port that somebody waited for.
 */
const burst = 20;

/** Calls `wake` when devices may have come or gone, where that can be heard. */
export function hearHotplug(host: Host, wake: () => void): Hotplug {
	const watchers = new Map<string, FSWatcher>();
	let due: NodeJS.Timeout | undefined;
	// Names that come or go are a rename; a change is the group that udev gives to a node.
	const woken = (event: string) => {
		if (event !== 'rename') return;
		due ??= setTimeout(() => {
			due = undefined;
			wake();
		}, burst);
	};
	const hear = (folder: string, heard: (event: string, name: string | null) => void): boolean => {
		if (watchers.has(folder)) return true;
		try {
			const watcher = watchFolder(folder, heard);
			// A folder that is gone says so once and is silent from then on.
			watcher.on('error', () => {});
			watchers.set(folder, watcher);
			return true;
		} catch {
			return false;
		}
	};
	const stop = () => {
		for (const watcher of watchers.values()) watcher.close();
		watchers.clear();
		clearTimeout(due);
	};
	if (host.rehearsal !== undefined) {
		return { isSure: hear(devicesFolder(host.sysfs), woken), stop };
	}

	const root = join(host.dev, 'bus/usb');
	const hearBuses = () => {
		const buses = foldersIn(root);
		for (const [folder, watcher] of watchers) {
			if (folder === root || buses.includes(folder)) continue;
			watcher.close();
			watchers.delete(folder);
		}
		return buses.every((folder) => hear(folder, woken));
	};
	const heardRoot = (event: string) => {
		hearBuses();
		woken(event);
	};
	const isSure = isDevtmpfs(host) && hear(root, heardRoot) && hearBuses();
	// The drivers' nodes go first, a tenth of a second before the device's own on a slow machine.
	if (isSure) hear(host.dev, (event, name) => /^(?:tty|cdc-wdm)/.test(name ?? '') && woken(event));
	return { isSure, stop };
}

function foldersIn(root: string): string[] {
	try {
		return readdirSync(root).map((name) => join(root, name));
	} catch {
		return [];
	}
}

/** A folder that somebody else fills, in a container for one, is not told of every device. */
function isDevtmpfs({ dev, proc }: Host): boolean {
	try {
		const mounts = readFileSync(join(proc, 'self/mounts'), 'utf8').split('\n');
		const types = mounts.map((line) => line.split(' ')).filter(([, at]) => at === dev);
		return types.at(-1)?.[2] === 'devtmpfs';
	} catch {
		return false;
	}
}
