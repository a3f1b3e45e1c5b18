import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Fact, UsbDevice } from '../../source/events.ts';
import { type Host, rehearsalHost } from '../../source/host.ts';
import { models } from '../../source/modems/simulated.ts';
import {
	addDevice,
	addRootHub,
	descriptorsOf,
	removeDevice,
} from '../../source/simulator/backend/sysfs-tree.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';

/** A host whose sysfs is a folder, gone after the test. */
export function folderHost(speed = 200) {
	const folder = mkdtempSync(join(tmpdir(), 'modemscope-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const host: Host = rehearsalHost(folder, speed);
	addRootHub(host.sysfs);
	const devices = join(host.sysfs, 'bus/usb/devices');
	return {
		host,
		devices,
		add: (device: UsbDevice) => addDevice(host.sysfs, device),
		remove: (device: UsbDevice) => removeDevice(host.sysfs, device),
		/** Writes attributes by hand, as nothing but a broken device would. */
		write: (name: string, attributes: Record<string, string | Buffer>) => {
			mkdirSync(join(devices, name), { recursive: true });
			for (const [key, value] of Object.entries(attributes)) {
				writeFileSync(join(devices, name, key), value);
			}
		},
		erase: (name: string) => rmSync(join(devices, name), { recursive: true }),
		bind: (name: string, driver: string) =>
			symlinkSync(`../../drivers/${driver}`, join(devices, name, 'driver')),
		rebind: (name: string, driver: string) => {
			rmSync(join(devices, name, 'driver'));
			symlinkSync(`../../drivers/${driver}`, join(devices, name, 'driver'));
		},
		/** A tty of the usb-serial drivers. */
		node: (name: string, tty: string) =>
			mkdirSync(join(devices, name, tty, 'tty', tty), { recursive: true }),
	};
}

/** What an application, which has the interfaces 0, 2, 3 and 8, and a loader describe. */
export const described = {
	application: descriptorsOf(applicationDevice(models.RC7620, 1)),
	loader: descriptorsOf(loaderDevice(models.RC7620, 1)),
};

/** Facts as they are said, and how to wait for the next one. */
export function listener() {
	const said: Fact[] = [];
	const times: (number | undefined)[] = [];
	const waiting = new Set<() => void>();
	return {
		said,
		times,
		emit: (_source: unknown, fact: Fact, t?: number) => {
			said.push(fact);
			times.push(t);
			for (const wake of waiting) wake();
		},
		/** Resolves when so many have been said. */
		count: (wanted: number) =>
			new Promise<void>((resolve) => {
				const look = () => {
					if (said.length < wanted) return;
					waiting.delete(look);
					resolve();
				};
				waiting.add(look);
				look();
			}),
	};
}
