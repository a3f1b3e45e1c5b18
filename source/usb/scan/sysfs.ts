/**
 * Reads USB devices from sysfs, the truth about what the kernel has enumerated. The root is a
 * parameter, so that tests and the simulator can use a folder. A device may vanish while it is read:
 * missing values are left out, and the next scan sees that it went.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import { describedInterfaces } from '../device/descriptors.ts';
import { driverOf, readInterface } from './interface.ts';
import { peerOf } from './peer.ts';
import { attribute, bytesOf, devicesFolder, known, namesIn, slowAttribute } from './sysfs-files.ts';

/** True where the kernel shows USB at all. */
export const hasUsb = ({ sysfs }: { readonly sysfs: string }): boolean =>
	existsSync(devicesFolder(sysfs));

/** `3-1`, `1-1.4.2`: a device; not `usb3` (a root hub) and not `3-1:1.0` (an interface). */
const devicePath = /^\d+-\d+(?:\.\d+)*$/;

/**
 * Every device but root hubs, by path; none where there is no USB. With `dev`, nodes that are missing
 * there are listed too.
 */
export async function listDevices(sysfs: string, dev?: string): Promise<Map<string, UsbDevice>> {
	const devices = new Map<string, UsbDevice>();
	for (const path of pathsAmong(namesOnBus(sysfs))) {
		const number = numberAt(sysfs, path);
		const strings = await stringsOf(sysfs, path);
		const names = namesOnBus(sysfs);
		const device = readDevice(sysfs, path, names, { dev, strings });
		const whole = device?.number === number && device && ifComplete(device, names);
		if (whole) devices.set(path, whole);
	}
	return devices;
}

export const pathsAmong = (names: readonly string[]): string[] =>
	names.filter((name) => devicePath.test(name));

/** Devices and interfaces by their names on the bus; none where there is no USB. Microseconds. */
export function namesOnBus(sysfs: string): string[] {
	return namesIn(devicesFolder(sysfs));
}

/** devnum, which the kernel counts up at every enumeration: another number means it was re-plugged. */
export function numberAt(sysfs: string, path: string): number | undefined {
	return numeric(attribute(join(devicesFolder(sysfs), path), 'devnum'));
}

/** What may change while a device stays plugged in, as one string to compare. Cheap to read. */
export function changeableState(sysfs: string, path: string, names: readonly string[]): string {
	const folder = devicesFolder(sysfs);
	const own = ['power/control', 'authorized'].map((name) => attribute(join(folder, path), name));
	const interfaces = interfacesAmong(names, path).map((name) => {
		const at = join(folder, name);
		return [name, driverOf(at), ...namesIn(at), ...namesIn(join(at, 'net'))].join();
	});
	return [...own, ...interfaces].join(' ');
}

/** How many interfaces and bound drivers there are: when a device goes, they go first. */
export function interfacesAndDrivers(
	sysfs: string,
	path: string,
	names: readonly string[],
): number {
	const interfaces = interfacesAmong(names, path);
	const bound = interfaces.filter((name) => driverOf(join(devicesFolder(sysfs), name)));
	return interfaces.length + bound.length;
}

const interfacesAmong = (names: readonly string[], path: string) =>
	names.filter((name) => name.startsWith(`${path}:`));

/** An interface's name ends in its configuration and its number: `3-1:1.8`. */
const configurationAmong = (names: readonly string[], path: string) =>
	numeric(/:(\d+)\./.exec(interfacesAmong(names, path)[0] ?? '')?.[1]);

export type Strings = { readonly [Name in 'manufacturer' | 'product' | 'serial']?: string };

/**
 * The device's own strings. Reading them waits in the kernel for the device lock, which is held until
 * each interface has been offered to its drivers (drivers/usb/core/sysfs.c). They are read one after
 * the other because Node has only four threads for files. All other attributes answer at once.
 */
export async function stringsOf(sysfs: string, path: string): Promise<Strings> {
	const at = join(devicesFolder(sysfs), path);
	const manufacturer = await slowAttribute(at, 'manufacturer');
	const product = await slowAttribute(at, 'product');
	const serial = await slowAttribute(at, 'serial');
	return known<Strings>({ manufacturer, product, serial });
}

/**
 * The device at `path` as it is now: the interfaces of its descriptors, with the drivers and nodes
 * that the kernel has added so far. Undefined when there is none, or when it is only beginning.
 */
export function readDevice(
	sysfs: string,
	path: string,
	names: readonly string[],
	{ dev, strings = {} }: { readonly dev?: string | undefined; readonly strings?: Strings } = {},
): UsbDevice | undefined {
	const folder = devicesFolder(sysfs);
	const at = join(folder, path);
	const [vid, pid] = ['idVendor', 'idProduct'].map((name) => attribute(at, name));
	if (vid === undefined || pid === undefined) return undefined;
	const configuration = configurationAmong(names, path);
	const power = attribute(at, 'power/control');
	const authorized = attribute(at, 'authorized');
	const interfaces = describedInterfaces(bytesOf(at, 'descriptors'), configuration);
	return known<Omit<UsbDevice, 'driversTold'>>({
		path,
		vid,
		pid,
		number: numberAt(sysfs, path),
		manufacturer: strings.manufacturer,
		product: strings.product,
		serial: strings.serial,
		speed: numeric(attribute(at, 'speed')),
		peer: peerOf(sysfs, path),
		power: power === 'on' || power === 'auto' ? power : undefined,
		authorized: authorized === undefined ? undefined : authorized !== '0',
		interfaces: interfaces.map((iface) =>
			readInterface(join(folder, `${path}:${configuration ?? 1}.${iface.number}`), iface, dev),
		),
	});
}

/**
 * The device when each of its interfaces is on the bus. Without interfaces when none is: it is not
 * configured, or not yet. Undefined in between.
 */
export function ifComplete(device: UsbDevice, names: readonly string[]): UsbDevice | undefined {
	const { path, interfaces } = device;
	const there = interfacesAmong(names, path);
	if (there.length === 0) return { ...device, interfaces: [] };
	const isThere = (number: number) => there.some((name) => name.endsWith(`.${number}`));
	return interfaces.every(({ number }) => isThere(number)) ? device : undefined;
}

const numeric = (text = '') => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined);
