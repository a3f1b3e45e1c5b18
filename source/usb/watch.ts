/**
 * Watches the USB life of a host: sysfs is read again whenever something wakes us, and what changed
 * is said. Awake by the kernel's hotplug messages where there are any, by a slow poll everywhere.
 */
import { existsSync, watch as watchFolder } from 'node:fs';
import type { Emit, UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import { devicesFolder, listDevices } from './sysfs.ts';

/** Wall seconds between two looks when nothing wakes us: no life of 0.5 s is missed without udev. */
const pollSeconds = 0.25;

export type UsbWatch = {
	/** What is plugged in now, by path. */
	devices(): ReadonlyMap<string, UsbDevice>;
	/** Looks now, and resolves when what changed has been said. */
	look(): Promise<void>;
	stop(): void;
};

/** True where the kernel shows USB at all. */
export const hasUsb = ({ sysfs }: Host): boolean => existsSync(devicesFolder(sysfs));

/** Says `usb-came`, `usb-changed` and `usb-went` for devices that `wanted` accepts. */
export async function watchUsb(
	host: Host,
	emit: Emit,
	wanted: (device: UsbDevice) => boolean,
): Promise<UsbWatch> {
	let known = new Map<string, UsbDevice>();
	let running = Promise.resolve();
	let queued: Promise<void> | undefined;
	let stopped = false;

	const lookOnce = async () => {
		const all = await listDevices(host.sysfs).catch(() => new Map<string, UsbDevice>());
		if (stopped) return;
		const found = new Map([...all].filter(([, device]) => wanted(device)));
		for (const [path, before] of known) {
			const now = found.get(path);
			if (!now || isAnother(before, now)) {
				emit('usb', { type: 'usb-went', path, vid: before.vid, pid: before.pid });
			}
		}
		for (const [path, device] of found) {
			const before = known.get(path);
			if (!before || isAnother(before, device)) emit('usb', { type: 'usb-came', device });
			else if (!isSame(before, device)) emit('usb', { type: 'usb-changed', device });
		}
		known = found;
	};
	/** One look at a time; whoever asks during one gets the next, which sees what that one missed. */
	const look = (): Promise<void> => {
		queued ??= running.then(() => {
			queued = undefined;
			running = lookOnce();
			return running;
		});
		return queued;
	};

	await look();
	const wake = () => void look();
	const timer = setInterval(wake, pollSeconds * 1000);
	const stopWaking = await wakeOnHotplug(host, wake);
	return {
		devices: () => known,
		look,
		stop: () => {
			stopped = true;
			clearInterval(timer);
			stopWaking();
		},
	};
}

/** The kernel counts a device number up at every enumeration: another number is another life. */
const isAnother = (a: UsbDevice, b: UsbDevice) =>
	a.number !== b.number || a.vid !== b.vid || a.pid !== b.pid;
const isSame = (a: UsbDevice, b: UsbDevice) => JSON.stringify(a) === JSON.stringify(b);

async function wakeOnHotplug(host: Host, wake: () => void): Promise<() => void> {
	if (host.rehearsal !== undefined) {
		// Renames in a real folder reach inotify; sysfs itself sends none.
		const watcher = watchFolder(devicesFolder(host.sysfs), wake);
		watcher.on('error', () => {});
		return () => watcher.close();
	}
	// Where sysfs has no USB, listening ends the process with an unhandled rejection (usb 3.1).
	if (!hasUsb(host)) return () => {};
	try {
		const { usb } = await import('usb');
		usb.addEventListener('connect', wake);
		usb.addEventListener('disconnect', wake);
		return () => {
			usb.removeEventListener('connect', wake);
			usb.removeEventListener('disconnect', wake);
		};
	} catch {
		return () => {};
	}
}
