/** Packets out of a pcap or pcapng file (draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng). */

export type Packet = {
	/** Seconds since 1970, where the file tells them. */
	readonly seconds: number | undefined;
	readonly linkType: number;
	readonly data: Buffer;
	/** The byte order of the machine that captured it. */
	readonly isLittle: boolean;
};

const sectionHeader = 0x0a0d0d0a;
const byteOrder = 0x1a2b3c4d;
const microseconds = 0xa1b2c3d4;
const nanoseconds = 0xa1b23c4d;

export function isCapture(bytes: Buffer): boolean {
	if (bytes.length < 24) return false;
	const magic = bytes.readUInt32LE(0);
	return [magic, bytes.readUInt32BE(0)].some((each) =>
		[sectionHeader, microseconds, nanoseconds].includes(each),
	);
}

/** Every packet up to where the file is cut. */
export function* packetsIn(bytes: Buffer): Generator<Packet> {
	yield* bytes.readUInt32LE(0) === sectionHeader ? ofPcapng(bytes) : ofPcap(bytes);
}

const reader = (bytes: Buffer, isLittle: boolean) => ({
	u32: (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
	u16: (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
});

function* ofPcap(bytes: Buffer): Generator<Packet> {
	const isLittle = [microseconds, nanoseconds].includes(bytes.readUInt32LE(0));
	const { u32 } = reader(bytes, isLittle);
	const fraction = u32(0) === nanoseconds ? 1e9 : 1e6;
	const linkType = u32(20) & 0xffff;
	for (let at = 24; at + 16 <= bytes.length; ) {
		const end = at + 16 + u32(at + 8);
		if (end > bytes.length) return;
		const seconds = u32(at) + u32(at + 4) / fraction;
		yield { seconds, linkType, data: bytes.subarray(at + 16, end), isLittle };
		at = end;
	}
}

function* ofPcapng(bytes: Buffer): Generator<Packet> {
	let isLittle = true;
	let links: { linkType: number; unit: number }[] = [];
	for (let at = 0; at + 12 <= bytes.length; ) {
		if (bytes.readUInt32LE(at) === sectionHeader) {
			if (at + 16 > bytes.length) return;
			isLittle = bytes.readUInt32LE(at + 8) === byteOrder;
			links = [];
		}
		const { u32, u16 } = reader(bytes, isLittle);
		const type = u32(at);
		const length = u32(at + 4);
		if (length < 12 || at + length > bytes.length) return;
		if (type === 1 && length >= 20) {
			const options = bytes.subarray(at + 16, at + length - 4);
			links.push({ linkType: u16(at + 8), unit: unitIn(options, isLittle) });
		}
		const link = links[type === 6 && length >= 32 ? u32(at + 8) : 0];
		if (type === 6 && length >= 32 && link) {
			const captured = Math.min(u32(at + 20), length - 32);
			const ticks = u32(at + 12) * 2 ** 32 + u32(at + 16);
			const data = bytes.subarray(at + 28, at + 28 + captured);
			yield { seconds: ticks * link.unit, linkType: link.linkType, data, isLittle };
		}
		if (type === 3 && length >= 16 && link) {
			const data = bytes.subarray(at + 12, at + length - 4);
			yield { seconds: undefined, linkType: link.linkType, data, isLittle };
		}
		at += length;
	}
}

/** Seconds of one tick: the option if_tsresol. */
function unitIn(options: Buffer, isLittle: boolean): number {
	const { u16 } = reader(options, isLittle);
	for (let at = 0; at + 4 <= options.length; ) {
		const [code, length] = [u16(at), u16(at + 2)];
		if (code === 0) break;
		const value = options[at + 4];
		if (code === 9 && value !== undefined) {
			return value & 0x80 ? 2 ** -(value & 0x7f) : 10 ** -value;
		}
		at += 4 + Math.ceil(length / 4) * 4;
	}
	return 1e-6;
}
