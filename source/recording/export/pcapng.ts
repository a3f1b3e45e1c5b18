/**
 * A recording for Wireshark: pcapng with the link type of Linux usbmon, so that ports appear as the
 * bulk endpoints that they are. Sources: draft-ietf-opsawg-pcapng; Documentation/usb/usbmon.
 */
import type { Event, EventOf } from '../../events.ts';
import { unknownStart } from '../import/importer.ts';
import type { RecordingStream } from '../log/record.ts';

/** LINKTYPE_USB_LINUX_MMAPPED: a head of 64 bytes, then the data. */
const linkType = 220;
const headLength = 64;
const bulk = 3;
const longestData = 0x7fff_ffff;

type Place = { bus: number; device: number; endpoint: number };

export function* pcapng({ header, events }: RecordingStream): Generator<Buffer> {
	yield sectionHeader();
	yield interfaceDescription(header.title);
	const places = new Places();
	const start = header.started === unknownStart ? 0 : Date.parse(header.started) * 1000;
	let id = 0n;
	for (const event of events) {
		if (event.type === 'usb-came' || event.type === 'usb-changed') places.learn(event.device);
		if (event.type !== 'bytes' && event.type !== 'payload') continue;
		const data = event.type === 'bytes' ? Buffer.from(event.hex, 'hex') : Buffer.alloc(0);
		const length = event.type === 'bytes' ? data.length : payloadLength(event);
		const time = BigInt(Math.max(0, Math.round(start + event.t * 1e6)));
		id++;
		yield packet(
			time,
			data,
			length,
			usbHead({ id, time, length, data, event, place: places.of(event.port) }),
		);
	}
}

const payloadLength = ({ length, padding = 0 }: EventOf<'payload'>) =>
	Math.min(length + padding, longestData);

/** Where each port is: bus and device as last seen, an endpoint of its own. */
class Places {
	readonly #known = new Map<string, Place>();
	readonly #endpoints = new Map<string, number>();

	learn({ path, number, interfaces }: EventOf<'usb-came'>['device']): void {
		const bus = Number.parseInt(path, 10) || 1;
		for (const { number: endpoint, nodes } of interfaces) {
			for (const node of nodes) {
				this.#known.set(node, { bus, device: (number ?? 1) & 0x7f, endpoint: (endpoint & 7) + 1 });
			}
		}
	}

	of(port: string): Place {
		const known = this.#known.get(port.slice(port.lastIndexOf('/') + 1));
		if (known) return known;
		const endpoint = this.#endpoints.get(port) ?? (this.#endpoints.size % 15) + 1;
		this.#endpoints.set(port, endpoint);
		return { bus: 1, device: 1, endpoint };
	}
}

type Head = {
	id: bigint;
	time: bigint;
	length: number;
	data: Buffer;
	event: Extract<Event, { type: 'bytes' | 'payload' }>;
	place: Place;
};

/** Data goes out when it is submitted and comes in when that is completed. */
function usbHead({ id, time, length, data, event, place }: Head): Buffer {
	const isIn = event.type === 'bytes' && event.dir === 'in';
	const head = Buffer.alloc(headLength);
	head.writeBigUInt64LE(id, 0);
	head.write(isIn ? 'C' : 'S', 8, 'latin1');
	head.writeUInt8(bulk, 9);
	head.writeUInt8(place.endpoint | (isIn ? 0x80 : 0), 10);
	head.writeUInt8(place.device, 11);
	head.writeUInt16LE(place.bus, 12);
	head.write('-', 14, 'latin1');
	// Zero says that the data is here; a sign says that it is not, as of payload in a file.
	head.writeUInt8(data.length > 0 ? 0 : '>'.charCodeAt(0), 15);
	head.writeBigInt64LE(time / 1_000_000n, 16);
	head.writeInt32LE(Number(time % 1_000_000n), 24);
	head.writeInt32LE(isIn ? 0 : -115, 28);
	head.writeUInt32LE(length, 32);
	head.writeUInt32LE(data.length, 36);
	return head;
}

function packet(time: bigint, data: Buffer, length: number, head: Buffer): Buffer {
	const fixed = Buffer.alloc(20);
	fixed.writeUInt32LE(Number(time >> 32n), 4);
	fixed.writeUInt32LE(Number(time & 0xffff_ffffn), 8);
	fixed.writeUInt32LE(headLength + data.length, 12);
	fixed.writeUInt32LE(headLength + length, 16);
	return block(6, [fixed, padded(Buffer.concat([head, data]))]);
}

function sectionHeader(): Buffer {
	const fixed = Buffer.alloc(16);
	fixed.writeUInt32LE(0x1a2b3c4d, 0);
	fixed.writeUInt16LE(1, 4);
	fixed.writeBigInt64LE(-1n, 8);
	return block(0x0a0d0d0a, [fixed, option(4, 'modemscope'), endOfOptions]);
}

function interfaceDescription(title: string): Buffer {
	const fixed = Buffer.alloc(8);
	fixed.writeUInt16LE(linkType, 0);
	return block(1, [fixed, option(2, 'usbmon'), option(3, title), endOfOptions]);
}

const endOfOptions = Buffer.alloc(4);

function option(code: number, text: string): Buffer {
	const value = Buffer.from(text, 'utf8').subarray(0, 0xfff0);
	const head = Buffer.alloc(4);
	head.writeUInt16LE(code, 0);
	head.writeUInt16LE(value.length, 2);
	return padded(Buffer.concat([head, value]));
}

/** Filled to a multiple of four, as everything in a block is. */
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

function block(type: number, parts: readonly Buffer[]): Buffer {
	const body = Buffer.concat(parts);
	const head = Buffer.alloc(8);
	const length = body.length + 12;
	head.writeUInt32LE(type, 0);
	head.writeUInt32LE(length, 4);
	const tail = Buffer.alloc(4);
	tail.writeUInt32LE(length, 0);
	return Buffer.concat([head, body, tail]);
}
