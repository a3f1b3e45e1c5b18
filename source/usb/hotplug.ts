/** What tells that a look at the bus is due before the poll does; none of it is the truth. */
import { watch as watchFolder } from 'node:fs';
import type { Host } from '../host.ts';
import { devicesFolder, hasUsb } from './sysfs.ts';

/** Calls `wake` when something comes or goes, where that can be heard; returns what ends it. */
export async function wakeOnHotplug(host: Host, wake: () => void): Promise<() => void> {
	if (!hasUsb(host)) return () => {};
	return host.rehearsal === undefined ? hearKernel(wake) : hearFolder(host, wake);
}

/** Renames in a real folder reach inotify; sysfs itself sends none. */
function hearFolder(host: Host, wake: () => void): () => void {
	const watcher = watchFolder(devicesFolder(host.sysfs), wake);
	watcher.on('error', () => {});
	return () => watcher.close();
}

/**
 * The messages that udev passes on: none come where no udevd runs. The package's own emitter, not
 * the WebUSB face around it: that one lists all devices too, and throws from a promise that nobody
 * can catch where sysfs has none, and from a timer where netlink is not allowed (usb 3.1).
 */
async function hearKernel(wake: () => void): Promise<() => void> {
	try {
		const { Emitter } = await import('usb/index.js');
		const emitter = new Emitter();
		await emitter.addAttach(wake);
		await emitter.addDetach(wake);
		return () => {
			for (const end of [emitter.removeAttach(), emitter.removeDetach()]) end.catch(() => {});
		};
	} catch {
		return () => {};
	}
}
