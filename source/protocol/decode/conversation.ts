/**
 * Decodes the bytes of a conversation into frames with a meaning. It never throws and loses no byte:
 * bytes that it cannot explain become a frame that says so. Reads may be cut anywhere.
 */
import { type ExpectedReply, encode, numberOf } from '../fields.ts';
import { headerLength, saharaMessages } from '../sahara/sahara.ts';
import { brokenOff, messageAt } from './message-at.ts';
import type { Certainty, Direction, MessageMatch, NeedMoreBytes } from './message-match.ts';
import { RawData } from './raw-data.ts';
import { isPrintable } from './starts.ts';

export type Frame = {
	/** When its first byte crossed the port, seconds. */
	t: number;
	/** `in` is from the modem. */
	dir: Direction;
	bytes: Uint8Array;
	protocol: string;
	name: string;
	/** What it is, why it is sent, what comes next. */
	description: string;
	/** Offsets are in `bytes`. */
	fields: MessageMatch['fields'];
	certainty: Certainty;
	/** What makes it so sure. */
	because: string;
	/** Who sends such a message, when that is certain. */
	sender?: 'host' | 'modem';
	/** The answer that it asks for, and how long silence is normal before it. */
	due?: ExpectedReply;
	/** What is wrong with it. */
	problem?: string;
};

/** A reply that has not come yet. */
export type PendingReply = { readonly due: ExpectedReply; readonly since: number };

/** Buffered bytes of one direction that make no whole frame yet. */
type Held = {
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

/** Looking takes time with the length: after every byte that would be time with its square. */
function isDue({ buffer, looked }: Held): boolean {
	const { length } = buffer;
	if (length <= veryShort) return true;
	const grown = length - looked;
	if (length > shortMessage) return grown >= looked / 8;
	return grown >= looked / 64 || ends.includes(buffer[length - 1]!);
}

/** A message that is longer and has no end yet is none, bytes. */
const longestMessage = 4 * 1024 * 1024;

/** Appends a piece. Reads may bring single bytes: a long message is not copied for each. */
function append(held: Held, piece: Buffer): void {
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

/** Appends a piece to the held bytes, in a block that is allocated once for `whole` bytes. */
function grown(held: Held, piece: Buffer, whole: number): Buffer {
	if (held.block?.length !== whole) {
		held.block = Buffer.allocUnsafeSlow(whole);
		held.buffer.copy(held.block);
	}
	piece.copy(held.block, held.buffer.length);
	return held.block.subarray(0, held.buffer.length + piece.length);
}

/** After so many seconds of silence an incomplete message is shown as it is. */
const patience = 1;
/** An announced answer to EXECUTE that is longer than this is not believed, bytes. */
const longestAnswer = 65_536;

export class Conversation {
	readonly #held: Record<Direction, Held> = {
		out: { buffer: Buffer.alloc(0), times: [], looked: 0 },
		in: { buffer: Buffer.alloc(0), times: [], looked: 0 },
	};
	/** Length of the raw answer that EXECUTE_RSP announced, and of the one that EXECUTE_DATA asked for. */
	#answerReady = 0;
	#answerDue = 0;
	/** Whether the host has sent anything; undefined when the start of the conversation is missing. */
	#hostSpoke: boolean | undefined;
	readonly #raw = new RawData();
	/** The protocol of the last HDLC frame: the next one is read in that light. */
	#framed: string | undefined;
	#afterRaw = false;
	#pendingReply: PendingReply | undefined;

	/** `fromTheStart` is false for bytes that were cut out of a conversation. */
	constructor({ fromTheStart = true }: { fromTheStart?: boolean } = {}) {
		if (fromTheStart) this.#hostSpoke = false;
	}

	/** The reply that is due now. When its time has passed, the silence is no longer normal. */
	get pendingReply(): PendingReply | undefined {
		return this.#pendingReply;
	}

	/**
	 * Takes the bytes of one read or write and returns the frames that they complete. Frames keep a
	 * view of the bytes: the caller must not write to them again.
	 */
	push(t: number, dir: Direction, bytes: Uint8Array): Frame[] {
		if (bytes.length === 0) return [];
		// Traffic in one direction completes what the other side has sent.
		const frames = [...this.settle(t), ...this.#take(dir === 'in' ? 'out' : 'in', 'open too')];
		if (dir === 'out') this.#hostSpoke = true;
		const held = this.#held[dir];
		let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
		while (rest.length > 0) {
			const waiting = held.buffer.length;
			// Only the bytes that complete a raw block are copied; the next block is not.
			const missing = waiting > 0 ? this.#raw.missing(dir, waiting) : undefined;
			const piece = rest.subarray(0, missing ?? rest.length);
			if (waiting === 0 || held.times.at(-1)?.t !== t) held.times.push({ at: waiting, t });
			if (missing === undefined) append(held, piece);
			else {
				held.buffer = grown(held, piece, waiting + missing);
				held.store = undefined;
			}
			if (missing !== undefined || isDue(held))
				for (const frame of this.#take(dir)) frames.push(frame);
			rest = rest.subarray(piece.length);
		}
		return frames;
	}

	/** Frames of messages that have been incomplete for too long at time `t`. Call it as time passes. */
	settle(t: number): Frame[] {
		const late = ({ times }: Held) => t - (times.at(-1)?.t ?? t) > patience;
		return this.#end((held) => late(held));
	}

	/** Frames of all that is complete, before something that is no part of the conversation. */
	pause(): Frame[] {
		return [...this.#take('out', 'open too'), ...this.#take('in', 'open too')];
	}

	/** Frames of all that is left, complete or not: at the end, or when a port closes. */
	flush(): Frame[] {
		return this.#end(() => true);
	}

	#end(wanted: (held: Held) => boolean): Frame[] {
		return (['out', 'in'] as const).flatMap((dir) =>
			wanted(this.#held[dir]) ? this.#take(dir, 'everything') : [],
		);
	}

	#take(dir: Direction, which: 'closed' | 'open too' | 'everything' = 'closed'): Frame[] {
		const held = this.#held[dir];
		const frames: Frame[] = [];
		while (held.buffer.length > 0) {
			let found = this.#match(dir, held.buffer);
			held.looked = held.buffer.length;
			if (found === 'more') {
				const isEndless =
					held.buffer.length > longestMessage &&
					this.#raw.missing(dir, held.buffer.length) === undefined;
				if (which !== 'everything' && !isEndless) break;
				found = brokenOff(held.buffer);
				this.#answerDue = 0;
			}
			if (found.open && which === 'closed') break;
			frames.push(this.#cut(dir, found));
			held.looked = 0;
		}
		return frames;
	}

	#cut(dir: Direction, whole: MessageMatch): Frame {
		const { length, packet, protocol, name, description, fields, certainty, because } = whole;
		const { sender, due, problem } = whole;
		const held = this.#held[dir];
		const { t } = held.times[0]!;
		const bytes = held.buffer.subarray(0, length);
		const frame: Frame = { t, dir, bytes, protocol, name, description, fields, certainty, because };
		if (sender) frame.sender = sender;
		if (due) frame.due = due;
		if (problem !== undefined) frame.problem = problem;
		held.buffer = held.buffer.subarray(length);
		held.block = undefined;
		if (held.buffer.length === 0) held.times = [];
		else if (held.times.length > 1) {
			const now = held.times.findLastIndex(({ at }) => at <= length);
			held.times = held.times.slice(now).map(({ at, t }) => ({ at: Math.max(0, at - length), t }));
		}
		const isRaw = protocol === 'data';
		if (isRaw) this.#raw.took(dir, length);
		else this.#raw.receive(dir, whole, this.#held[dir === 'in' ? 'out' : 'in'].buffer.length > 0);
		if (frame.bytes[0] === flag && frame.protocol !== '?') this.#framed = frame.protocol;
		if (this.#afterRaw && dir === 'out' && / zero bytes$/.test(frame.name))
			frame.description = zeroBlock;
		if (dir === 'out') this.#afterRaw = isRaw;
		this.#noteReply(frame, isRaw);
		if (packet?.message === saharaMessages.hello) {
			const known = this.#hostSpoke !== undefined && numberOf(packet.fields, 'mode') === 2;
			if (known) frame.description = memoryDebugHello(this.#hostSpoke!);
		} else if (packet?.message === saharaMessages.executeResponse) {
			this.#answerReady = numberOf(packet.fields, 'answer length');
		} else if (packet?.message === saharaMessages.executeData && dir === 'out') {
			// Bytes that were already buffered are no part of that answer.
			const expected = this.#answerReady <= longestAnswer && this.#held.in.buffer.length === 0;
			this.#answerDue = expected ? this.#answerReady : 0;
			this.#answerReady = 0;
		}
		return frame;
	}

	#noteReply({ t, dir, due }: Frame, isRaw: boolean): void {
		if (due) this.#pendingReply = { due, since: t };
		else if (isRaw && this.#pendingReply) this.#pendingReply = { ...this.#pendingReply, since: t };
		else if (this.#pendingReply?.due.from === (dir === 'in' ? 'modem' : 'host'))
			this.#pendingReply = undefined;
	}

	#match(dir: Direction, buffer: Buffer): MessageMatch | NeedMoreBytes {
		const answer = dir === 'in' && this.#answerDue > 0 ? this.#answer(buffer) : undefined;
		const sender = dir === 'in' ? 'modem' : 'host';
		return (
			answer ?? this.#raw.match(dir, buffer) ?? messageAt(buffer, { sender, before: this.#framed })
		);
	}

	/** Undefined when the modem refuses instead. */
	#answer(buffer: Buffer): MessageMatch | NeedMoreBytes | undefined {
		const head = buffer.subarray(0, headerLength);
		if (head.equals(refusal.subarray(0, head.length))) {
			if (head.length < headerLength) return 'more';
			this.#answerDue = 0;
			return undefined;
		}
		const length = this.#answerDue;
		if (buffer.length < length) return 'more';
		this.#answerDue = 0;
		const answer = buffer.subarray(0, length);
		return {
			protocol: 'Sahara',
			name: answer.every(isPrintable) ? `"${answer.toString('latin1')}"` : 'answer',
			description: 'The raw answer to EXECUTE_DATA. "confirmed" means that Firehose follows.',
			fields: [],
			certainty: 'likely',
			because: `${length} bytes, as EXECUTE_RSP announced`,
			length,
		};
	}
}

const flag = 0x7e;
const zeroBlock =
	'The zero block that libqmi sends after the last sector. The loader later reads it as XML and answers with one NAK.';
const refusal = encode(saharaMessages.endImage).subarray(0, headerLength);

const memoryDebugHello = (hostSpoke: boolean) =>
	hostSpoke
		? 'Mode 2 offers a memory dump. As the answer to bytes that it did not understand, it is how a Sierra loader says so: it does not mean that the modem crashed.'
		: 'Mode 2, unasked for, offers a memory dump: the modem has crashed and waits to be read.';
