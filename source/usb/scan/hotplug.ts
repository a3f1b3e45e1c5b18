/**
 * Reports that the bus has changed, earlier than the poll does. sysfs sends no messages, but the
 * kernel keeps a node for each USB device in devtmpfs, and those folders can be watched: the message
 * comes with the enumeration itself, with or without udevd (drivers/base/core.c, device_add).
 */
import { type FSWatcher, readdirSync, readFileSync, watch as watchFolder } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../host.ts';
import { devicesFolder } from './sysfs-files.ts';

export type Hotplug = {
	/** True when every coming and going is reported, so that the poll may be slow. */
	readonly isComplete: boolean;
	stop(): void;
};

/**
 * Debounce, wall milliseconds: one scan for the burst of messages that a device makes, and after the
 * first byte to a port that an armed action waited for.
 */
const burst = 20;

/** Calls `wake` when devices may have come or gone, where the system reports it. */
export function watchHotplug(host: Host, wake: () => void): Hotplug {
	const watchers = new Map<string, FSWatcher>();
	let due: NodeJS.Timeout | undefined;
	// inotify reports names that come or go as 'rename'; a 'change' is udev setting a node's group.
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
			// A folder that was removed reports one error and nothing more.
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
		return { isComplete: hear(devicesFolder(host.sysfs), woken), stop };
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
	const isComplete = isDevtmpfs(host) && hear(root, heardRoot) && hearBuses();
	// The drivers' nodes are removed first, 0.1 s before the device's own node on a slow machine.
	if (isComplete)
		hear(host.dev, (event, name) => /^(?:tty|cdc-wdm)/.test(name ?? '') && woken(event));
	return { isComplete, stop };
}

function foldersIn(root: string): string[] {
	try {
		return readdirSync(root).map((name) => join(root, name));
	} catch {
		return [];
	}
}

/** In a container, /dev may be a plain folder that does not get every device. */
function isDevtmpfs({ dev, proc }: Host): boolean {
	try {
		const mounts = readFileSync(join(proc, 'self/mounts'), 'utf8').split('\n');
		const types = mounts.map((line) => line.split(' ')).filter(([, at]) => at === dev);
		return types.at(-1)?.[2] === 'devtmpfs';
	} catch {
		return false;
	}
}
