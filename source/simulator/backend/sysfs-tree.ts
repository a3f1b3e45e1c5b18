/**
 * A folder that reads as the kernel's sysfs does: /sys/devices holds the tree, /sys/bus/usb/devices
 * the links into it (Documentation/ABI/testing/sysfs-bus-usb and sysfs-devices-*).
 */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UsbDevice, UsbInterface } from '../../events.ts';
import { describe, kinds } from '../device/descriptors.ts';

const hub = 'usb3';
const bus = 3;

const tree = (sysfs: string) => join(sysfs, 'devices', hub);
const links = (sysfs: string) => join(sysfs, 'bus/usb/devices');
const coming = (sysfs: string) => join(sysfs, 'coming');

/** The host controller that is there before the modem is. */
export function addRootHub(sysfs: string): void {
	mkdirSync(links(sysfs), { recursive: true });
	mkdirSync(coming(sysfs), { recursive: true });
	const root: UsbDevice = {
		path: hub,
		vid: '1d6b',
		pid: '0002',
		number: 1,
		manufacturer: 'Linux xhci-hcd',
		product: 'xHCI Host Controller',
		serial: 'rehearsal',
		speed: 480,
		interfaces: [],
	};
	const port: UsbInterface = {
		number: 0,
		class: '09/00/00',
		endpoints: 1,
		driver: 'hub',
		nodes: [],
	};
	const name = `${bus}-0:1.0`;
	writeDevice(tree(sysfs), { ...root, interfaces: [port] }, '09', () => name);
	for (const driver of ['usb', 'hub', 'qcserial', 'qmi_wwan']) {
		mkdirSync(join(sysfs, 'bus/usb/drivers', driver), { recursive: true });
	}
	symlinkSync(`../../../devices/${hub}/${name}`, join(links(sysfs), name));
	symlinkSync(`../../../devices/${hub}`, join(links(sysfs), hub));
}

/**
 * Shows a device. Whoever polls never sees half of it: the tree is built aside, and the device's
 * own link comes last.
 */
export function addDevice(sysfs: string, device: UsbDevice): void {
	const aside = join(coming(sysfs), device.path);
	writeDevice(aside, device, '00', (iface) => interfaceName(device, iface));
	renameSync(aside, join(tree(sysfs), device.path));
	const target = `../../../devices/${hub}/${device.path}`;
	for (const iface of device.interfaces) {
		const name = interfaceName(device, iface);
		symlinkSync(`${target}/${name}`, join(links(sysfs), name));
	}
	symlinkSync(target, join(links(sysfs), device.path));
}

/** Takes a device away, its own link first. */
export function removeDevice(sysfs: string, device: UsbDevice): void {
	const names = device.interfaces.map((iface) => interfaceName(device, iface));
	for (const name of [device.path, ...names]) rmSync(join(links(sysfs), name));
	const going = join(coming(sysfs), 'going');
	renameSync(join(tree(sysfs), device.path), going);
	rmSync(going, { recursive: true });
}

const interfaceName = ({ path }: UsbDevice, { number }: UsbInterface) => `${path}:1.${number}`;
const twoDigits = (number: number) => number.toString(16).padStart(2, '0');

function writeDevice(
	folder: string,
	device: UsbDevice,
	deviceClass: string,
	nameOf: (iface: UsbInterface) => string,
): void {
	writeAttributes(folder, {
		busnum: bus,
		devnum: device.number,
		idVendor: device.vid,
		idProduct: device.pid,
		manufacturer: device.manufacturer,
		product: device.product,
		serial: device.serial,
		speed: device.speed,
		bDeviceClass: deviceClass,
		// The kernel pads this one with a blank (drivers/usb/core/sysfs.c).
		bNumInterfaces: String(device.interfaces.length).padStart(2),
		bConfigurationValue: 1,
		authorized: device.authorized === undefined ? undefined : Number(device.authorized),
	});
	writeFileSync(join(folder, 'descriptors'), descriptorsOf(device));
	writeAttributes(join(folder, 'power'), { control: device.power });
	for (const iface of device.interfaces) writeInterface(join(folder, nameOf(iface)), iface);
}

/** As `read_descriptors` gives them (drivers/usb/core/sysfs.c). */
export function descriptorsOf(device: UsbDevice): Buffer {
	const described = describe(device);
	return Buffer.concat([described.device, described.get(kinds.configuration, 0)!]);
}

function writeInterface(folder: string, iface: UsbInterface): void {
	const [interfaceClass, subclass, protocol] = iface.class.split('/');
	writeAttributes(folder, {
		bInterfaceNumber: twoDigits(iface.number),
		bAlternateSetting: ' 0',
		bNumEndpoints: twoDigits(iface.endpoints),
		bInterfaceClass: interfaceClass,
		bInterfaceSubClass: subclass,
		bInterfaceProtocol: protocol,
	});
	for (const { address, type } of iface.pipes ?? []) {
		writeAttributes(join(folder, `ep_${address}`), {
			bEndpointAddress: address,
			type: pipeTypes[type],
			direction: Number.parseInt(address, 16) & 0x80 ? 'in' : 'out',
		});
	}
	for (const node of iface.nodes) mkdirSync(join(folder, nodeFolder(node)), { recursive: true });
	if (iface.driver) symlinkSync(driverLink(iface), join(folder, 'driver'));
}

/** As the kernel's drivers/usb/core/endpoint.c words them. */
const pipeTypes = { control: 'Control', isochronous: 'Isoc', bulk: 'Bulk', interrupt: 'Interrupt' };

/** From the interface's folder up to /sys: a root hub's is one folder higher than a device's. */
const driverLink = ({ driver }: UsbInterface) =>
	`${driver === 'hub' ? '../../..' : '../../../..'}/bus/usb/drivers/${driver}`;

function nodeFolder(node: string): string {
	if (node.startsWith('tty')) return `${node}/tty/${node}`;
	return node.startsWith('cdc-wdm') ? `usbmisc/${node}` : `net/${node}`;
}

function writeAttributes(folder: string, values: Record<string, string | number | undefined>) {
	mkdirSync(folder, { recursive: true });
	for (const [name, value] of Object.entries(values)) {
		if (value !== undefined) writeFileSync(join(folder, name), `${value}\n`);
	}
}
