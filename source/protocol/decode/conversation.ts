/**
 * Decodes the bytes of a conversation into frames with a meaning. It never throws and loses no byte:
 * bytes that it cannot explain become a frame that says so. Reads may be cut anywhere.
 */
import { type ExpectedReply, encode, numberOf } from '../fields.ts';
import { headerLength, saharaMessages } from '../sahara/sahara.ts';
import {
	append,
	appendRaw,
	behind,
	copyOf,
	drop,
	type Held,
	holdNothing,
	isDue,
	startOf,
} from './held.ts';
import { brokenOff, messageAt, wholeLineAt } from './message-at.ts';
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

/** A message that is longer and has no end yet is none, bytes. */
const longestMessage = 4 * 1024 * 1024;

/** After so many seconds of silence an incomplete message is shown as it is. */
const patience = 1;
/** An announced answer to EXECUTE that is longer than this is not believed, bytes. */
const longestAnswer = 65_536;

/** What is taken: messages that nothing can be added to; those too that more may follow; or all of it. */
type Which = 'closed' | 'open too' | 'everything';
const none: readonly Frame[] = [];

function frameOf(whole: MessageMatch, t: number, dir: Direction, bytes: Buffer): Frame {
	const { protocol, name, description, fields, certainty, because } = whole;
	const { sender, due, problem } = whole;
	const frame: Frame = { t, dir, bytes, protocol, name, description, fields, certainty, because };
	if (sender) frame.sender = sender;
	if (due) frame.due = due;
	if (problem !== undefined) frame.problem = problem;
	return frame;
}

export class Conversation {
	readonly #held: Record<Direction, Held> = {
		out: holdNothing(),
		in: holdNothing(),
	};
	/** Length of the raw answer that EXECUTE_RSP announced, and of the one that EXECUTE_DATA asked for. */
	#answerReady = 0;
	#answerDue = 0;
	/** Whether the host has sent anything; undefined when the start of the conversation is missing. */
	#hostSpoke: boolean | undefined;
	#raw = new RawData();
	/** The protocol of the last HDLC frame: the next one is read in that light. */
	#framed: string | undefined;
	#afterRaw = false;
	#pendingReply: PendingReply | undefined;

	/** `fromTheStart` is false for bytes that were cut out of a conversation. */
	constructor({ fromTheStart = true }: { fromTheStart?: boolean } = {}) {
		if (fromTheStart) this.#hostSpoke = false;
	}

	/** Another one that goes on from here by itself. */
	copy(): Conversation {
		const copy = new Conversation();
		for (const dir of ['out', 'in'] as const) copy.#held[dir] = copyOf(this.#held[dir]);
		copy.#answerReady = this.#answerReady;
		copy.#answerDue = this.#answerDue;
		copy.#hostSpoke = this.#hostSpoke;
		copy.#raw = this.#raw.copy();
		copy.#framed = this.#framed;
		copy.#afterRaw = this.#afterRaw;
		copy.#pendingReply = this.#pendingReply;
		return copy;
	}

	/** Bytes that wait for the rest of their message. */
	get waiting(): number {
		return this.#held.in.buffer.length + this.#held.out.buffer.length;
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
		const frames: Frame[] = [];
		this.#settle(t, frames);
		this.#take(dir === 'in' ? 'out' : 'in', 'open too', frames);
		if (dir === 'out') this.#hostSpoke = true;
		const held = this.#held[dir];
		let rest = Buffer.isBuffer(bytes)
			? bytes
			: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
		while (rest.length > 0) {
			const waiting = held.buffer.length;
			// Only the bytes that complete a raw block are copied; the next block is not.
			const missing = waiting > 0 ? this.#raw.missing(dir, waiting) : undefined;
			const piece = startOf(rest, missing ?? rest.length);
			if (waiting === 0 || held.times.at(-1)?.t !== t) held.times.push({ at: waiting, t });
			if (missing === undefined) append(held, piece);
			else appendRaw(held, piece, waiting + missing);
			if (missing !== undefined || isDue(held)) this.#take(dir, 'closed', frames);
			rest = behind(rest, piece.length);
		}
		return frames;
	}

	/** Frames of messages that have been incomplete for too long at time `t`. Call it as time passes. */
	settle(t: number): readonly Frame[] {
		// Asked at every event, of every port.
		if (!this.#isLate(t, 'out') && !this.#isLate(t, 'in')) return none;
		const frames: Frame[] = [];
		this.#settle(t, frames);
		return frames;
	}

	/** Frames of all that is complete, before something that is no part of the conversation. */
	pause(): Frame[] {
		return this.#takeBoth('open too');
	}

	/** Frames of all that is left, complete or not: at the end, or when a port closes. */
	flush(): Frame[] {
		return this.#takeBoth('everything');
	}

	#takeBoth(which: Which): Frame[] {
		const frames: Frame[] = [];
		this.#take('out', which, frames);
		this.#take('in', which, frames);
		return frames;
	}

	#settle(t: number, frames: Frame[]): void {
		if (this.#isLate(t, 'out')) this.#take('out', 'everything', frames);
		if (this.#isLate(t, 'in')) this.#take('in', 'everything', frames);
	}

	#isLate(t: number, dir: Direction): boolean {
		const { times } = this.#held[dir];
		return times.length > 0 && t - times[times.length - 1]!.t > patience;
	}

	/** Adds the frames of what `dir` holds to `frames`. */
	#take(dir: Direction, which: Which, frames: Frame[]): void {
		const held = this.#held[dir];
		this.#takeLines(dir, frames);
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
	}

	/** Lines of text that came at once: most of an AT port, which need nothing that other messages do. */
	#takeLines(dir: Direction, frames: Frame[]): void {
		const held = this.#held[dir];
		const { buffer, times } = held;
		const isAnswer = dir === 'in' && this.#answerDue > 0;
		if (times.length !== 1 || isAnswer || this.#raw.missing(dir, 0) !== undefined) return;
		const { t } = times[0]!;
		let at = 0;
		for (let line = wholeLineAt(buffer, at); line; line = wholeLineAt(buffer, at)) {
			const frame = frameOf(line, t, dir, buffer.subarray(at, at + line.length));
			this.#noteReply(frame, false);
			frames.push(frame);
			at += line.length;
		}
		if (at === 0) return;
		if (dir === 'out') this.#afterRaw = false;
		drop(held, at);
		held.looked = 0;
	}

	#cut(dir: Direction, whole: MessageMatch): Frame {
		const { length, packet, protocol } = whole;
		const held = this.#held[dir];
		const frame = frameOf(whole, held.times[0]!.t, dir, startOf(held.buffer, length));
		drop(held, length);
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
