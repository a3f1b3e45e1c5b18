/**
 * Sees an AT port at once when its node appears. The kernel adds the interfaces of a device one after
 * the other, each with its driver's nodes, before it goes on (drivers/usb/core/message.c): the port
 * can take bytes while later interfaces are still to come, so that nothing else is waited for.
 */
import { watch } from 'node:fs';
import type { UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { atNode } from '../../usb/device/modes.ts';
import { namesOnBus, numberAt, pathsAmong, readDevice } from '../../usb/scan/sysfs.ts';

/**
 * Calls `found` with what is there of a device as soon as its AT node is; of any device unless `path`
 * is given. Wakes by inotify on the folder of nodes alone: whoever calls watches USB besides.
 */
export function watchAtNodes(
	host: Host,
	path: string | undefined,
	found: (device: UsbDevice) => void,
): () => void {
	let stopped = false;
	/** Device numbers that were reported, by path: one report for each start of the modem. */
	const reported = new Map<string, number | undefined>();
	const scan = () => {
		if (stopped) return;
		const names = namesOnBus(host.sysfs);
		for (const at of path === undefined ? pathsAmong(names) : [path]) {
			const number = numberAt(host.sysfs, at);
			if (number !== undefined && reported.get(at) === number) continue;
			const device = readDevice(host.sysfs, at, names);
			if (!device || atNode(device) === undefined) continue;
			reported.set(at, device.number);
			found(device);
		}
	};
	try {
		// udev changes the group of a node that is there: only a rename is a new node.
		const watcher = watch(host.dev, (event, name) => {
			if (event === 'rename' && (name === null || name.startsWith('tty'))) scan();
		});
		watcher.on('error', () => {});
		return () => {
			stopped = true;
			watcher.close();
		};
	} catch {
		// No such folder, or no inotify left: the watch on USB finds the port a little later.
		return () => {};
	}
}
