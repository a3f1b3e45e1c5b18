/** What the kernel has, and has not, made of a modem on USB. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UsbDevice } from '../events.ts';
import { identityOf } from '../modems/identities.ts';
import { driverLine, needsDriver } from '../usb/device/drivers.ts';
import { modeOf } from '../usb/device/modes.ts';
import { devicesFolder } from '../usb/scan/sysfs-files.ts';
import { type Check, inTheWay, ok } from './check.ts';

const set = (path: string, name: string, value: string) =>
	`echo ${value} | sudo tee /sys/bus/usb/devices/${path}/${name}`;

export const authorization: Check = (_host, { path, authorized }) =>
	authorized === false
		? inTheWay(
				'authorized',
				'The kernel was told not to configure this device: it has no interfaces.',
				set(path, 'authorized', '1'),
			)
		: ok('authorized', 'The kernel may configure it.');

/** The rule no-driver, asked now. */
export const driver: Check = ({ sysfs }, device) => {
	const names = [...new Set(device.interfaces.flatMap(({ driver: name }) => name ?? []))];
	if (!needsDriver(device)) {
		return ok('driver', names.length > 0 ? `Bound: ${names.join(', ')}.` : 'It has no interfaces.');
	}
	const isLoaded = existsSync(join(sysfs, 'bus/usb-serial/drivers/qcserial'));
	const load = isLoaded ? '' : 'sudo modprobe qcserial && ';
	return inTheWay(
		'driver',
		`No driver is bound to ${device.vid}:${device.pid}${isLoaded ? ', which this kernel does not know' : ', and qcserial is not loaded'}: there is no port.`,
		`${load}${driverLine(device)}`,
	);
};

/** The rule missing-node, asked now. */
export const nodes: Check = (host, device) => {
	const missing = device.interfaces.flatMap((iface) => iface.missing ?? []);
	const [first] = missing;
	if (first === undefined) return ok('nodes', 'Every port that the kernel names is in /dev.');
	const numbers = numbersOf(join(devicesFolder(host.sysfs), device.path), device, first);
	const mend = numbers
		? `sudo mknod ${join(host.dev, first)} c ${numbers}`
		: 'sudo udevadm trigger, or mdev -s where mdev makes the nodes';
	return inTheWay(
		'nodes',
		`The kernel has ${missing.join(', ')}, and ${host.dev} has not: no udev or mdev made the nodes.`,
		mend,
	);
};

/** Major and minor number of a node, as sysfs has them: `188 0`. */
function numbersOf(at: string, device: UsbDevice, node: string): string | undefined {
	const iface = device.interfaces.find((entry) => entry.nodes.includes(node));
	const folder = `${at}:1.${iface?.number}`;
	for (const below of [`${node}/tty/${node}`, `tty/${node}`, `usbmisc/${node}`]) {
		try {
			return readFileSync(join(folder, below, 'dev'), 'utf8')
				.trim()
				.replace(':', ' ');
		} catch {
			// It is kept in another of these folders.
		}
	}
	return undefined;
}

/** The rule autosuspend, asked now. */
export const autosuspend: Check = (_host, { path, power }) =>
	power === 'auto'
		? inTheWay(
				'autosuspend',
				'The kernel suspends this modem when it is idle: reads may stall, and a port may hang up.',
				set(path, 'power/control', 'on'),
			)
		: ok('autosuspend', 'It is off.');

/** Updates of older modems were seen to hang on USB 3 (Sierra forum 23268). */
export const superSpeed: Check = (_host, device) => {
	const isOld =
		identityOf(device)?.products.some(({ hangsOnUsb3 }) => hangsOnUsb3) &&
		modeOf(device) === 'loader';
	return isOld && (device.speed ?? 0) >= 5000
		? inTheWay(
				'USB 3',
				'An EM75 loader on USB 3 may hang in the middle of a download.',
				'plug it into a USB 2 port or behind a USB 2 hub',
			)
		: ok('USB 3', 'The link is one that its loader can do.');
};
