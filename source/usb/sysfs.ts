/**
 * Reads USB devices from sysfs, the truth about what the kernel has enumerated. The root is given,
 * so that a folder with the same files serves as well. A device may vanish while it is read: what is
 * then missing is left out, and the next look tells.
 */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { UsbDevice, UsbInterface } from '../events.ts';
import { sanitize } from '../protocol/sanitize.ts';

/** Where the kernel lists USB devices; undefined root entries mean that this machine has no USB. */
export const devicesFolder = (sysfs: string) => join(sysfs, 'bus/usb/devices');

/** `3-1`, `1-1.4.2`: a device; not `usb3` (a root hub) and not `3-1:1.0` (an interface). */
const devicePath = /^\d+-\d+(?:\.\d+)*$/;

/** Every device but root hubs, by path. Throws ENOENT where there is no USB at all. */
export async function listDevices(sysfs: string): Promise<Map<string, UsbDevice>> {
	const folder = devicesFolder(sysfs);
	const names = await readdir(folder);
	const devices = await Promise.all(
		names.filter((name) => devicePath.test(name)).map((name) => readDevice(folder, name, names)),
	);
	return new Map(devices.flatMap((device) => (device ? [[device.path, device]] : [])));
}

async function readDevice(
	folder: string,
	path: string,
	names: readonly string[],
): Promise<UsbDevice | undefined> {
	const at = join(folder, path);
	const [vid, pid, devnum, manufacturer, product, serial, megabits, promised] = await Promise.all(
		[
			'idVendor',
			'idProduct',
			'devnum',
			'manufacturer',
			'product',
			'serial',
			'speed',
			'bNumInterfaces',
		].map((name) => attribute(at, name)),
	);
	if (vid === undefined || pid === undefined) return undefined;
	const [number, speed] = [devnum, megabits].map(numeric);
	const interfaces = await Promise.all(
		names
			.filter((name) => name.startsWith(`${path}:`))
			.map((name) => readInterface(join(folder, name))),
	);
	const found = interfaces.filter((entry) => entry !== undefined);
	// In the middle of its enumeration a modem of four interfaces looks like a loader of one.
	if (found.length < Number(promised ?? 0)) return undefined;
	return {
		path,
		vid,
		pid,
		...(number === undefined ? {} : { number }),
		...(manufacturer === undefined ? {} : { manufacturer }),
		...(product === undefined ? {} : { product }),
		...(serial === undefined ? {} : { serial }),
		...(speed === undefined ? {} : { speed }),
		interfaces: found.sort((a, b) => a.number - b.number),
	};
}

const numeric = (text = '') => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined);

async function readInterface(at: string): Promise<UsbInterface | undefined> {
	const [number, ...classes] = await Promise.all(
		['bInterfaceNumber', 'bInterfaceClass', 'bInterfaceSubClass', 'bInterfaceProtocol'].map(
			(name) => attribute(at, name),
		),
	);
	if (number === undefined) return undefined;
	const [endpoints, driver, nodes] = await Promise.all([
		attribute(at, 'bNumEndpoints'),
		readlink(join(at, 'driver')).then(basename, () => undefined),
		nodesOf(at),
	]);
	return {
		number: Number.parseInt(number, 16),
		class: classes.join('/'),
		endpoints: Number.parseInt(endpoints ?? '0', 16),
		...(driver === undefined ? {} : { driver }),
		nodes,
	};
}

/** ttyUSB0 stands in the interface's folder itself; cdc-wdm0 and wwan0 one floor down. */
async function nodesOf(at: string): Promise<string[]> {
	const names = (folder: string) => readdir(join(at, folder)).catch((): string[] => []);
	const [own, usbmisc, net, tty] = await Promise.all([
		names('.'),
		names('usbmisc'),
		names('net'),
		names('tty'),
	]);
	return [...own.filter((name) => /^ttyUSB\d+$/.test(name)), ...tty, ...usbmisc, ...net];
}

async function attribute(at: string, name: string): Promise<string | undefined> {
	try {
		return sanitize((await readFile(join(at, name), 'utf8')).trim());
	} catch {
		return undefined;
	}
}
