/**
 * What a modem tells of itself when it is asked (USB 2.0, chapter 9). The string indexes are those of
 * an RC7620 in either mode.
 */
import type { UsbDevice, UsbEndpoint, UsbInterface } from '../../events.ts';
import { longestMbim } from '../../protocol/qmi/mbim.ts';

export const kinds = {
	device: 1,
	configuration: 2,
	string: 3,
	interface: 4,
	endpoint: 5,
	qualifier: 6,
	otherSpeed: 7,
	binaryStore: 15,
	classInterface: 0x24,
	companion: 0x30,
} as const;

const transferTypes = { control: 0, isochronous: 1, bulk: 2, interrupt: 3 } as const;
const english = 0x0409;
const usb2 = 0x0200;
const usb3 = 0x0300;
const release = 0x0006;
const mostOnControl = 64;
/** Self powered, wakes the host. */
const attributes = 0xe0;
/** 500 mA in units of 2 mA, and in those of 8 mA at 5 Gbit/s (USB 3.0, 9.6.3). */
const power = 250;
const superPower = 62;
/** At 5 Gbit/s it is a power of two. */
const mostOnControl3 = 9;
/** Bulk at 480 Mbit/s, at 12 Mbit/s and at 5 Gbit/s, bytes. */
const bulkPacket = 512;
const slowBulkPacket = 64;
const superBulkPacket = 1024;
export const isSuperSpeed = ({ speed = 480 }: UsbDevice): boolean => speed >= 5000;
const interruptPacket = 64;
/** 2 ms: 2^(n-1) microframes of 125 µs. */
const interruptInterval = 5;
/** The longest packet of the network over MBIM, bytes. */
const longestPacket = 2048;

/** An interface with the endpoints that stand for it on the bus. */
export type Interface = {
	iface: UsbInterface;
	interrupt: UsbEndpoint | undefined;
	in: UsbEndpoint | undefined;
	out: UsbEndpoint | undefined;
};

export type Descriptors = {
	readonly device: Buffer;
	readonly interfaces: readonly Interface[];
	/** The longest packet of a bulk endpoint, bytes. */
	readonly bulkPacket: number;
	/** By kind and index; undefined for one that the modem does not have. */
	get(kind: number, index: number): Buffer | undefined;
};

export function describe(device: UsbDevice): Descriptors {
	// dmesg of an RC7620: Mfr=1, Product=2, SerialNumber=3 in the loader; 3, 2, 4 in the application.
	const [maker, product, serial] = device.interfaces.length === 1 ? [1, 2, 3] : [3, 2, 4];
	const strings = new Map([
		[maker, device.manufacturer],
		[product, device.product],
		[serial, device.serial],
	]);
	const index = (number: number) => (strings.get(number) === undefined ? 0 : number);
	const isSuper = isSuperSpeed(device);
	const packet = isSuper ? superBulkPacket : bulkPacket;
	const deviceDescriptor = descriptor(kinds.device, [
		...u16(isSuper ? usb3 : usb2),
		...[0, 0, 0],
		isSuper ? mostOnControl3 : mostOnControl,
		...u16(Number.parseInt(device.vid, 16)),
		...u16(Number.parseInt(device.pid, 16)),
		...u16(release),
		...[index(maker), index(product), index(serial)],
		1,
	]);
	const interfaces = device.interfaces.map(withEndpoints);
	const qualifier = descriptor(kinds.qualifier, [...u16(usb2), 0, 0, 0, mostOnControl, 1, 0]);
	return {
		device: deviceDescriptor,
		interfaces,
		bulkPacket: packet,
		get: (kind, at) => {
			if (kind === kinds.string) return at === 0 ? languages : text(strings.get(at));
			if (at !== 0) return undefined;
			if (kind === kinds.device) return deviceDescriptor;
			if (kind === kinds.configuration) return configuration(kind, interfaces, packet);
			if (isSuper) return kind === kinds.binaryStore ? binaryStore : undefined;
			if (kind === kinds.qualifier) return qualifier;
			if (kind === kinds.otherSpeed) return configuration(kind, interfaces, slowBulkPacket);
			return undefined;
		},
	};
}

/** The host's class, subclass and protocol of an interface, as numbers. */
export function classOf({ class: name }: UsbInterface) {
	const [kind = 0, subclass = 0, protocol = 0] = name.split('/').map((n) => Number.parseInt(n, 16));
	return { class: kind, subclass, protocol };
}

/** qcserial takes a loader only with bulk IN before bulk OUT; an interrupt stands before both. */
function withEndpoints(iface: UsbInterface): Interface {
	const find = (type: UsbEndpoint['type'], isIn: boolean) =>
		iface.pipes?.find((one) => one.type === type && isInput(one) === isIn);
	return {
		iface,
		interrupt: find('interrupt', true),
		in: find('bulk', true),
		out: find('bulk', false),
	};
}

export const addressOf = ({ address }: UsbEndpoint): number => Number.parseInt(address, 16);
const isInput = (endpoint: UsbEndpoint) => addressOf(endpoint) >= 0x80;

function configuration(kind: number, interfaces: readonly Interface[], packet: number): Buffer {
	const parts = interfaces.flatMap(({ iface, interrupt, in: bulkIn, out }) => {
		const { class: kind, subclass, protocol } = classOf(iface);
		const endpoints = [interrupt, bulkIn, out].filter((one) => one !== undefined);
		const own = (alternate: number, count: number) =>
			descriptor(kinds.interface, [
				...[iface.number, alternate, count, kind, subclass, protocol, 0],
			]);
		const isData = hasAlternate(iface);
		return [
			...(isData ? [own(0, 0)] : []),
			own(isData ? 1 : 0, endpoints.length),
			...(isMbim(iface) ? mbimFunction(iface.number) : []),
			...endpoints.flatMap((endpoint) => [
				endpointDescriptor(endpoint, packet),
				...(packet === superBulkPacket ? [companion(endpoint)] : []),
			]),
		];
	});
	const body = Buffer.concat(parts);
	const length = u16(9 + body.length);
	const most = packet === superBulkPacket ? superPower : power;
	const head = descriptor(kind, [...length, interfaces.length, 1, 0, attributes, most]);
	return Buffer.concat([head, body]);
}

const isMbim = (iface: UsbInterface) => classOf(iface).class === 2;
/** Its endpoints are those of setting 1: setting 0 has none (MBIM 1.0, 6.6). */
export const hasAlternate = (iface: UsbInterface): boolean => classOf(iface).class === 10;

/** What a control interface says of its function: CDC, its data interface, MBIM (CDC 1.2, 5.2; MBIM 1.0, 6.4). */
function mbimFunction(control: number): Buffer[] {
	const part = (subtype: number, rest: readonly number[]) =>
		descriptor(kinds.classInterface, [subtype, ...rest]);
	const [filters, longestFilter, capabilities] = [32, 128, 0];
	return [
		part(0x00, u16(0x0110)),
		part(0x06, [control, control + 1]),
		part(0x1b, [
			...u16(0x0100),
			...u16(longestMbim),
			filters,
			longestFilter,
			...u16(longestPacket),
			capabilities,
		]),
	];
}

function endpointDescriptor(endpoint: UsbEndpoint, packet: number): Buffer {
	const { type } = endpoint;
	const [size, interval] = type === 'bulk' ? [packet, 0] : [interruptPacket, interruptInterval];
	return descriptor(kinds.endpoint, [
		addressOf(endpoint),
		transferTypes[type],
		...u16(size),
		interval,
	]);
}

/** No bursts (USB 3.0, 9.6.7). */
const companion = ({ type }: UsbEndpoint): Buffer =>
	descriptor(kinds.companion, [0, 0, ...u16(type === 'interrupt' ? interruptPacket : 0)]);

const descriptor = (kind: number, rest: readonly number[]): Buffer =>
	Buffer.from([rest.length + 2, kind, ...rest]);
const u16 = (value: number): number[] => [value & 0xff, value >> 8];
/** That it runs at 5 and 480 Mbit/s, and leaves no power state late (USB 3.0, 9.6.2). */
const binaryStore = Buffer.from(
	'050f160002' + '07100200000000' + '0a1003000c00020000' + '00',
	'hex',
);
const languages = descriptor(kinds.string, u16(english));

/** No string has more than 126 UTF-16 units. */
const text = (value: string | undefined): Buffer | undefined =>
	value === undefined
		? undefined
		: descriptor(kinds.string, [...Buffer.from(value.slice(0, 126), 'utf16le')]);
