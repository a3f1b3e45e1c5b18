/**
 * Reads USB devices from sysfs, the truth about what the kernel has enumerated. The root is given,
 * so that a folder with the same files serves as well. A device may vanish while it is read: what is
 * then missing is left out, and the next look tells.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { UsbDevice } from '../events.ts';
import { driverOf, readInterface } from './interface.ts';
import { peerOf } from './peer.ts';
import {
	attribute,
	devicesFolder,
	known,
	type Loose,
	namesIn,
	slowAttribute,
} from './sysfs-files.ts';

/** True where the kernel shows USB at all. */
export const hasUsb = ({ sysfs }: { readonly sysfs: string }): boolean =>
	existsSync(devicesFolder(sysfs));

/** `3-1`, `1-1.4.2`: a device; not `usb3` (a root hub) and not `3-1:1.0` (an interface). */
const devicePath = /^\d+-\d+(?:\.\d+)*$/;

/**
 * Every device but root hubs, by path; with `dev`, the nodes that are not there are told. Throws
 * ENOENT where there is no USB at all.
 */
export async function listDevices(sysfs: string, dev?: string): Promise<Map<string, UsbDevice>> {
	const names = readdirSync(devicesFolder(sysfs));
	const devices = await Promise.all(
		pathsAmong(names).map((path) => readDevice(sysfs, path, names, dev)),
	);
	return new Map(devices.flatMap((device) => (device ? [[device.path, device]] : [])));
}

export const pathsAmong = (names: readonly string[]): string[] =>
	names.filter((name) => devicePath.test(name));

/** Devices and interfaces by their names on the bus; none where there is no USB. Microseconds. */
export function namesOnBus(sysfs: string): string[] {
	return namesIn(devicesFolder(sysfs));
}

/** The number that the kernel counts up at every enumeration: another one is another life. */
export function numberAt(sysfs: string, path: string): number | undefined {
	return numeric(attribute(join(devicesFolder(sysfs), path), 'devnum'));
}

/** What may change of a device that stays plugged in, as a text to compare with; cheap to make. */
export function movingParts(sysfs: string, path: string, names: readonly string[]): string {
	const folder = devicesFolder(sysfs);
	const own = ['power/control', 'authorized'].map((name) => attribute(join(folder, path), name));
	const faces = interfacesAmong(names, path).map((name) => {
		const at = join(folder, name);
		return [name, driverOf(at), ...namesIn(at), ...namesIn(join(at, 'net'))].join();
	});
	return [...own, ...faces].join(' ');
}

/** How many interfaces and drivers of them there are: when a device goes, they go first. */
export function piecesAt(sysfs: string, path: string, names: readonly string[]): number {
	const faces = interfacesAmong(names, path);
	const bound = faces.filter((name) => driverOf(join(devicesFolder(sysfs), name)));
	return faces.length + bound.length;
}

const interfacesAmong = (names: readonly string[], path: string) =>
	names.filter((name) => name.startsWith(`${path}:`));

/**
 * The device at `path`, with its interfaces among `names`. Undefined when it is not there whole: it
 * is being enumerated, is going, or was replaced by another one while it was read.
 */
export async function readDevice(
	sysfs: string,
	path: string,
	names: readonly string[],
	dev?: string,
): Promise<UsbDevice | undefined> {
	const folder = devicesFolder(sysfs);
	const at = join(folder, path);
	const number = numberAt(sysfs, path);
	// These four wait in the kernel for the device's lock, which a slow probe holds for seconds
	// (drivers/usb/core/sysfs.c): one after the other, for Node has four threads for all files. All
	// other attributes answer at once.
	const promised = await slowAttribute(at, 'bNumInterfaces');
	const manufacturer = await slowAttribute(at, 'manufacturer');
	const product = await slowAttribute(at, 'product');
	const serial = await slowAttribute(at, 'serial');
	const [vid, pid] = ['idVendor', 'idProduct'].map((name) => attribute(at, name));
	if (vid === undefined || pid === undefined) return undefined;
	const interfaces = interfacesAmong(names, path)
		.map((name) => readInterface(join(folder, name), dev))
		.filter((entry) => entry !== undefined);
	// In the middle of its enumeration a modem of four interfaces looks like a loader of one.
	if (interfaces.length < Number(promised ?? 0)) return undefined;
	const power = attribute(at, 'power/control');
	const authorized = attribute(at, 'authorized');
	const device: Loose<UsbDevice> = {
		path,
		vid,
		pid,
		number,
		manufacturer,
		product,
		serial,
		speed: numeric(attribute(at, 'speed')),
		peer: peerOf(sysfs, path),
		power: power === 'on' || power === 'auto' ? power : undefined,
		authorized: authorized === undefined ? undefined : authorized !== '0',
		interfaces: interfaces.sort((a, b) => a.number - b.number),
	};
	return numberAt(sysfs, path) === number ? known(device) : undefined;
}

/**
 * What is there of a device while its interfaces are still being added; without what would wait for
 * the device's lock. Undefined when there is none.
 */
export function readBegun(
	sysfs: string,
	path: string,
	names: readonly string[],
): UsbDevice | undefined {
	const folder = devicesFolder(sysfs);
	const [vid, pid] = ['idVendor', 'idProduct'].map((name) => attribute(join(folder, path), name));
	if (vid === undefined || pid === undefined) return undefined;
	const interfaces = interfacesAmong(names, path)
		.map((name) => readInterface(join(folder, name), undefined))
		.filter((entry) => entry !== undefined)
		.sort((a, b) => a.number - b.number);
	return known<UsbDevice>({
		...unknown,
		path,
		vid,
		pid,
		number: numberAt(sysfs, path),
		interfaces,
	});
}

const unknown = {
	manufacturer: undefined,
	product: undefined,
	serial: undefined,
	speed: undefined,
	peer: undefined,
	power: undefined,
	authorized: undefined,
};

const numeric = (text = '') => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined);
