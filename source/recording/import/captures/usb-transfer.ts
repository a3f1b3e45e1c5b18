/** The transfer that a captured packet is: Linux usbmon's headers and USBPcap's. */
import type { Packet } from './packets.ts';

export type Transfer = {
	readonly kind: 'control' | 'bulk' | 'other';
	readonly dir: 'in' | 'out';
	readonly bus: number;
	readonly device: number;
	/** As in the descriptor: 0x81 is number 1, in. */
	readonly endpoint: number;
	readonly data: Buffer;
};

/** LINKTYPE_USB_LINUX, LINKTYPE_USB_LINUX_MMAPPED and their lengths of header, bytes; USBPcap. */
const linux = 189;
const linuxMapped = 220;
const usbPcap = 249;

export const isUsb = (linkType: number) => [linux, linuxMapped, usbPcap].includes(linkType);

/** Undefined for what carries no data in its direction: an answer to a write, a question. */
export function transferOf(packet: Packet): Transfer | undefined {
	if (packet.linkType === usbPcap) return ofUsbPcap(packet.data);
	const length = packet.linkType === linux ? 48 : packet.linkType === linuxMapped ? 64 : undefined;
	return length === undefined ? undefined : ofLinux(packet, length);
}

function ofLinux({ data, isLittle }: Packet, headerLength: number): Transfer | undefined {
	if (data.length < headerLength) return undefined;
	const event = String.fromCharCode(data[8]!);
	const type = data[9]!;
	const endpoint = data[10]!;
	const dir = endpoint & 0x80 ? 'in' : 'out';
	const payload = data.subarray(headerLength);
	// Data goes out when it is submitted and comes in when that is completed.
	const carries = event === (dir === 'out' ? 'S' : 'C') && data[15] === 0 && payload.length > 0;
	if (!carries) return undefined;
	const bus = isLittle ? data.readUInt16LE(12) : data.readUInt16BE(12);
	return { kind: kindOf(type), dir, bus, device: data[11]!, endpoint, data: payload };
}

function ofUsbPcap(data: Buffer): Transfer | undefined {
	if (data.length < 27) return undefined;
	const payload = data.subarray(data.readUInt16LE(0));
	const isCompletion = (data[16]! & 1) === 1;
	const endpoint = data[21]!;
	const dir = endpoint & 0x80 ? 'in' : 'out';
	const type = data[22]!;
	// Its control transfers name endpoint 0 both ways; what completes has come in.
	const isIn = type === 2 ? isCompletion : dir === 'in';
	if (payload.length === 0 || isIn !== isCompletion) return undefined;
	return {
		kind: kindOf(type),
		dir: isIn ? 'in' : 'out',
		bus: data.readUInt16LE(17),
		device: data.readUInt16LE(19),
		endpoint,
		data: payload,
	};
}

const kindOf = (type: number) => (type === 3 ? 'bulk' : type === 2 ? 'control' : 'other');
