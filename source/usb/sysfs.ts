/**
 * Reads USB devices from sysfs, the truth about what the kernel has enumerated. The root is given,
 * so that a folder with the same files serves as well. A device may vanish while it is read: what is
 * then missing is left out, and the next look tells.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { UsbDevice, UsbEndpoint, UsbInterface } from '../events.ts';
import { sanitize } from '../protocol/sanitize.ts';

/** Where the kernel lists USB devices; a machine without USB does not have it. */
export const devicesFolder = (sysfs: string) => join(sysfs, 'bus/usb/devices');

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
		peer: peerOf(at),
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

type Loose<T> = { [K in keyof T]-?: T[K] | undefined };

/** The same object without what is undefined. */
const known = <T extends object>(all: Loose<T>): T =>
	Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;

const numeric = (text = '') => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined);

/** `usb4-port1` is the root port of device 4-1, `1-1-port4` the hub's of 1-1.4 (drivers/usb/core/port.c). */
function peerOf(at: string): string | undefined {
	const port = linkedName(join(at, 'port/peer'));
	const [, root, hub, number] = /^(?:usb(\d+)|(\d+-[\d.]+))-port(\d+)$/.exec(port ?? '') ?? [];
	if (number === undefined) return undefined;
	return root === undefined ? `${hub}.${number}` : `${root}-${number}`;
}

function readInterface(at: string, dev: string | undefined): UsbInterface | undefined {
	const [number, ...classes] = [
		'bInterfaceNumber',
		'bInterfaceClass',
		'bInterfaceSubClass',
		'bInterfaceProtocol',
	].map((name) => attribute(at, name));
	if (number === undefined) return undefined;
	const own = namesIn(at);
	const pipes = own.flatMap((name) => pipeOf(at, name) ?? []).sort(inFirst);
	const nodes = nodesOf(at, own);
	return known<UsbInterface>({
		number: Number.parseInt(number, 16),
		class: classes.join('/'),
		endpoints: Number.parseInt(attribute(at, 'bNumEndpoints') ?? '0', 16),
		pipes: pipes.length > 0 ? pipes : undefined,
		driver: driverOf(at),
		nodes,
		missing: missingOf(nodes, dev),
	});
}

const driverOf = (at: string) => linkedName(join(at, 'driver'));

const pipeTypes: Readonly<Record<string, UsbEndpoint['type']>> = {
	Control: 'control',
	Isoc: 'isochronous',
	Bulk: 'bulk',
	Interrupt: 'interrupt',
};

function pipeOf(at: string, name: string): UsbEndpoint | undefined {
	const [, address] = /^ep_([0-9a-f]{2})$/.exec(name) ?? [];
	const type = address && pipeTypes[attribute(join(at, name), 'type') ?? ''];
	return type ? { address, type } : undefined;
}

/** The descriptors' own order is not told; the highest bit is the direction. */
const inFirst = (a: UsbEndpoint, b: UsbEndpoint) => {
	const [first, second] = [a, b].map(({ address }) => Number.parseInt(address, 16) ^ 0x80);
	return first! - second!;
};

/** ttyUSB0 stands in the interface's folder itself; ttyACM0, cdc-wdm0 and wwan0 one floor down. */
function nodesOf(at: string, own: readonly string[]): string[] {
	const below = ['tty', 'usbmisc', 'net'].filter((name) => own.includes(name));
	return [
		...own.filter((name) => /^ttyUSB\d+$/.test(name)),
		...below.flatMap((name) => namesIn(join(at, name))),
	].map(sanitize);
}

/** A network interface has no node, and where there is no /dev nothing can be said. */
function missingOf(nodes: readonly string[], dev: string | undefined): string[] | undefined {
	if (dev === undefined) return undefined;
	const missing = nodes.filter(
		(node) => /^(?:tty|cdc-wdm)/.test(node) && !existsSync(join(dev, node)),
	);
	return missing.length > 0 && existsSync(dev) ? missing : undefined;
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

function linkedName(link: string): string | undefined {
	try {
		return sanitize(basename(readlinkSync(link)));
	} catch {
		return undefined;
	}
}

const shown = (value: string) => sanitize(value.trim());

function attribute(at: string, name: string): string | undefined {
	try {
		return shown(readFileSync(join(at, name), 'utf8'));
	} catch {
		return undefined;
	}
}

const slowAttribute = (at: string, name: string): Promise<string | undefined> =>
	readFile(join(at, name), 'utf8').then(shown, () => undefined);
