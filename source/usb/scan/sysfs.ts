/**
 * Reads USB devices from sysfs, the truth about what the kernel has enumerated. The root is given,
 * so that a folder with the same files serves as well. A device may vanish while it is read: what is
 * then missing is left out, and the next look tells.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { UsbDevice } from '../../events.ts';
import { describedInterfaces } from '../device/descriptors.ts';
import { driverOf, readInterface } from '../device/interface.ts';
import { peerOf } from '../device/peer.ts';
import { attribute, bytesOf, devicesFolder, known, namesIn, slowAttribute } from './sysfs-files.ts';

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
	const paths = pathsAmong(readdirSync(devicesFolder(sysfs)));
	const devices = new Map<string, UsbDevice>();
	for (const path of paths) {
		const number = numberAt(sysfs, path);
		const strings = await stringsOf(sysfs, path);
		const names = namesOnBus(sysfs);
		const device = readDevice(sysfs, path, names, { dev, strings });
		const whole = device?.number === number && device && settled(device, names);
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

/** The interfaces' names end in their configuration and their number: `3-1:1.8`. */
const configurationAmong = (names: readonly string[], path: string) =>
	numeric(/:(\d+)\./.exec(interfacesAmong(names, path)[0] ?? '')?.[1]);

export type Strings = { readonly [Name in 'manufacturer' | 'product' | 'serial']?: string };

/**
 * What the maker has put into the device. These wait in the kernel for the device's lock, which it
 * holds until each interface has been offered to its drivers (drivers/usb/core/sysfs.c): one after
 * the other, for Node has four threads for all files. All else answers at once.
 */
export async function stringsOf(sysfs: string, path: string): Promise<Strings> {
	const at = join(devicesFolder(sysfs), path);
	const manufacturer = await slowAttribute(at, 'manufacturer');
	const product = await slowAttribute(at, 'product');
	const serial = await slowAttribute(at, 'serial');
	return known<Strings>({ manufacturer, product, serial });
}

/**
 * The device at `path` as it is now: its interfaces as it describes them, with what the kernel has
 * made of them until now. Undefined when there is none, or hardly begun.
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
	const faces = describedInterfaces(bytesOf(at, 'descriptors'), configuration);
	return known<UsbDevice>({
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
		interfaces: faces.map((face) =>
			readInterface(join(folder, `${path}:${configuration ?? 1}.${face.number}`), face, dev),
		),
	});
}

/**
 * The device when each of its interfaces is on the bus; without interfaces when none is: it has not
 * been configured, or not yet. Undefined in between.
 */
export function settled(device: UsbDevice, names: readonly string[]): UsbDevice | undefined {
	const { path, interfaces } = device;
	const there = interfacesAmong(names, path);
	if (there.length === 0) return { ...device, interfaces: [] };
	const isThere = (number: number) => there.some((name) => name.endsWith(`.${number}`));
	return interfaces.every(({ number }) => isThere(number)) ? device : undefined;
}

const numeric = (text = '') => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined);
