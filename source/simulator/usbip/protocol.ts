/**
 * USB/IP, all of it big endian. Sources: kernel Documentation/usb/usbip_protocol.rst,
 * drivers/usb/usbip/usbip_common.h, tools/usb/usbip/src/usbip_network.h.
 */

/** Bytes of a header that stands before every URB and every answer. */
export const headerLength = 48;
/** Bytes of what a client says first: version, operation, status. */
export const operationLength = 8;
export const busIdLength = 32;

const version = 0x0111;
export const operations = { list: 0x8005, import: 0x8003 } as const;
const answerTo = 0x7fff;
const operationStatus = { ok: 0, notAvailable: 1 } as const;

const commands = { submit: 1, unlink: 2, submitted: 3, unlinked: 4 } as const;

/** What the kernel calls an URB's end (include/uapi/asm-generic/errno.h), negative as there. */
export const urbStatus = {
	ok: 0,
	stall: -32,
	overflow: -75,
	unlinked: -104,
	shutdown: -108,
	short: -121,
} as const;
export type UrbStatus = (typeof urbStatus)[keyof typeof urbStatus];

/** URB_SHORT_NOT_OK (include/linux/usb.h): a short packet is an error to this reader. */
const shortNotOk = 1;
/** What a driver, or usbfs with its limit of 16 MB, asks for in one go at most, bytes. */
const longestTransfer = 16 << 20;

/** A client that does not speak USB/IP; nothing behind such bytes can be trusted. */
export class BrokenProtocol extends Error {
	override name = 'BrokenProtocol';
}

export type Request =
	| {
			command: 'submit';
			seqnum: number;
			/** As in a descriptor: 0x80 for IN. */
			address: number;
			/** Bytes that follow, or that the host has room for. */
			length: number;
			shortIsError: boolean;
			setup: Buffer;
	  }
	| { command: 'unlink'; seqnum: number; victim: number };

/** Reads a header; throws BrokenProtocol for what no kernel sends. */
export function readHeader(header: Buffer): Request {
	const word = (index: number) => header.readUInt32BE(index * 4);
	const command = word(0);
	const seqnum = word(1);
	if (command === commands.unlink) return { command: 'unlink', seqnum, victim: word(5) };
	if (command !== commands.submit) throw new BrokenProtocol(`command ${command} is none`);
	const direction = word(3);
	const endpoint = word(4);
	if (direction > 1 || endpoint > 15) {
		throw new BrokenProtocol(`there is no endpoint ${endpoint} with direction ${direction}`);
	}
	const length = word(6);
	if (length > longestTransfer) throw new BrokenProtocol(`a transfer of ${length} bytes`);
	// 0xffffffff and 0 both mean that it is not isochronous.
	const packets = word(8) | 0;
	if (packets > 0) throw new BrokenProtocol('an isochronous transfer, which no modem has');
	return {
		command: 'submit',
		seqnum,
		address: endpoint | (direction === 1 ? 0x80 : 0),
		length,
		shortIsError: (word(5) & shortNotOk) !== 0,
		setup: header.subarray(40, headerLength),
	};
}

/** The header of an URB's end; for IN its bytes follow. */
export function submitted(seqnum: number, status: UrbStatus, length: number): Buffer {
	const header = answer(commands.submitted, seqnum, status);
	header.writeUInt32BE(length, 24);
	return header;
}

export const unlinked = (seqnum: number, status: UrbStatus): Buffer =>
	answer(commands.unlinked, seqnum, status);

function answer(command: number, seqnum: number, status: number): Buffer {
	const header = Buffer.alloc(headerLength);
	header.writeUInt32BE(command, 0);
	header.writeUInt32BE(seqnum, 4);
	header.writeInt32BE(status, 20);
	return header;
}

export function readOperation(bytes: Buffer): number {
	const operation = bytes.readUInt16BE(2);
	if (bytes.readUInt16BE(0) >> 8 !== version >> 8) {
		throw new BrokenProtocol(`version 0x${bytes.toString('hex', 0, 2)} of the protocol`);
	}
	if (operation !== operations.list && operation !== operations.import) {
		throw new BrokenProtocol(`operation 0x${operation.toString(16)} is none`);
	}
	return operation;
}

export const readBusId = (bytes: Buffer): string => {
	const end = bytes.indexOf(0);
	return bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
};

/** A device as the lists of usbip show it. */
export type Exported = {
	busId: string;
	bus: number;
	number: number;
	/** enum usb_device_speed: 3 is 480 Mbit/s. */
	speed: number;
	/** The device descriptor. */
	device: Buffer;
	interfaces: readonly { class: number; subclass: number; protocol: number }[];
};

export function listed(exported: readonly Exported[]): Buffer {
	const count = Buffer.alloc(4);
	count.writeUInt32BE(exported.length);
	return Buffer.concat([
		operationAnswer(operations.list, operationStatus.ok),
		count,
		...exported.flatMap((one) => [
			deviceRecord(one),
			...one.interfaces.map((iface) =>
				Buffer.from([iface.class, iface.subclass, iface.protocol, 0]),
			),
		]),
	]);
}

export const imported = (exported: Exported): Buffer =>
	Buffer.concat([operationAnswer(operations.import, operationStatus.ok), deviceRecord(exported)]);

export const notImported = (): Buffer =>
	operationAnswer(operations.import, operationStatus.notAvailable);

function operationAnswer(operation: number, status: number): Buffer {
	const bytes = Buffer.alloc(operationLength);
	bytes.writeUInt16BE(version, 0);
	bytes.writeUInt16BE(operation & answerTo, 2);
	bytes.writeUInt32BE(status, 4);
	return bytes;
}

function deviceRecord({ busId, bus, number, speed, device, interfaces }: Exported): Buffer {
	const record = Buffer.alloc(312);
	record.write(`/sys/devices/platform/modemscope/usb${bus}/${busId}`, 0, 255);
	record.write(busId, 256, busIdLength - 1);
	record.writeUInt32BE(bus, 288);
	record.writeUInt32BE(number, 292);
	record.writeUInt32BE(speed, 296);
	// Descriptors are little endian: vendor, product and release change their order here.
	for (const [index, offset] of [8, 10, 12].entries()) {
		record.writeUInt16BE(device.readUInt16LE(offset), 300 + index * 2);
	}
	device.copy(record, 306, 4, 7);
	record[309] = 1;
	record[310] = device[17]!;
	record[311] = interfaces.length;
	return record;
}
