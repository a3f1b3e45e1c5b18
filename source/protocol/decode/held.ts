/** Bytes of one direction that make no whole message yet, however reads cut them. */

export type Held = {
	buffer: Buffer;
	/** Arrival times: the bytes from `at` in the buffer on came at `t`. */
	times: { at: number; t: number }[];
	/** Preallocated for the whole raw block that `buffer` begins. */
	block?: Buffer | undefined;
	/** What `buffer` is the end of, with room behind it. */
	store?: { readonly bytes: Buffer; end: number } | undefined;
	/** How many bytes were no whole message when they were last looked at. */
	looked: number;
};

/** Up to so many bytes a message is looked at when it may be whole; then when it has grown by an eighth. */
const shortMessage = 4096;
/** So short, it is looked at after every read. */
const veryShort = 128;
/** Last bytes of messages that have an end: HDLC, XML, lines. */
const ends: readonly number[] = [0x7e, 0x3e, 0x0a, 0x0d];

const nothing = Buffer.alloc(0);

export const holdNothing = (): Held => ({ buffer: nothing, times: [], looked: 0 });

/** Most reads hold one message, which needs no view of its own. */
export const startOf = (buffer: Buffer, length: number): Buffer =>
	length >= buffer.length ? buffer : buffer.subarray(0, length);
export const behind = (buffer: Buffer, length: number): Buffer =>
	length >= buffer.length ? nothing : buffer.subarray(length);

/** Looking takes time with the length: after every byte that would be time with its square. */
export function isDue({ buffer, looked }: Held): boolean {
	const { length } = buffer;
	if (length <= veryShort) return true;
	const grown = length - looked;
	if (length > shortMessage) return grown >= looked / 8;
	return grown >= looked / 64 || ends.includes(buffer[length - 1]!);
}

/** Appends a piece. Reads may bring single bytes: a long message is not copied for each. */
export function append(held: Held, piece: Buffer): void {
	const { buffer, store } = held;
	const length = buffer.length + piece.length;
	held.block = undefined;
	if (buffer.length === 0 || length <= shortMessage) {
		held.buffer = buffer.length > 0 ? Buffer.concat([buffer, piece]) : piece;
		held.store = undefined;
		return;
	}
	const roomy =
		store && store.end + piece.length <= store.bytes.length
			? store
			: { bytes: Buffer.allocUnsafeSlow(Math.ceil(length * 1.5)), end: buffer.length };
	if (roomy !== store) buffer.copy(roomy.bytes);
	piece.copy(roomy.bytes, roomy.end);
	roomy.end += piece.length;
	held.store = roomy;
	held.buffer = roomy.bytes.subarray(roomy.end - length, roomy.end);
}

/** Appends a piece of a raw block, in memory that is allocated once for its `whole` bytes. */
export function appendRaw(held: Held, piece: Buffer, whole: number): void {
	if (held.block?.length !== whole) {
		held.block = Buffer.allocUnsafeSlow(whole);
		held.buffer.copy(held.block);
	}
	piece.copy(held.block, held.buffer.length);
	held.buffer = held.block.subarray(0, held.buffer.length + piece.length);
	held.store = undefined;
}

/** Takes `length` bytes off the front. */
export function drop(held: Held, length: number): void {
	held.buffer = behind(held.buffer, length);
	held.block = undefined;
	if (held.buffer.length === 0) held.times = [];
	else if (held.times.length > 1) {
		const now = held.times.findLastIndex(({ at }) => at <= length);
		held.times = held.times.slice(now).map(({ at, t }) => ({ at: Math.max(0, at - length), t }));
	}
}

/** The same bytes in memory of their own: what is held is written behind its end. */
export function copyOf({ buffer, times, looked }: Held): Held {
	if (buffer.length === 0) return { buffer: nothing, times: [...times], looked };
	const own = Buffer.allocUnsafeSlow(buffer.length);
	buffer.copy(own);
	return { buffer: own, times: [...times], looked };
}
