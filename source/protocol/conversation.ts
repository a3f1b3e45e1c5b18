/**
 * Turns the bytes of a conversation, as they came, into frames with a meaning. It never throws and
 * loses no byte: what it cannot explain is a frame that says so. Reads may be cut anywhere.
 */
import { type Due, encode, numberOf } from './fields.ts';
import type { Certainty, Found, Waiting } from './found.ts';
import { isPrintable } from './framing/starts.ts';
import { brokenOff, messageAt } from './message-at.ts';
import { RawData } from './raw-data.ts';
import { headerLength, saharaMessages } from './sahara/sahara.ts';

export type Direction = 'in' | 'out';

export type Frame = {
	/** When its first byte crossed the port, seconds. */
	t: number;
	/** `in` is from the modem. */
	dir: Direction;
	bytes: Uint8Array;
	protocol: string;
	name: string;
	/** What it is, why it is sent, what comes next. */
	says: string;
	/** Offsets are in `bytes`. */
	fields: Found['fields'];
	certainty: Certainty;
	/** What makes it so sure. */
	because: string;
	/** Who sends such a message, when that is certain. */
	sender?: 'host' | 'modem';
	/** The answer that it asks for, and how long silence is normal before it. */
	due?: Due;
	/** What is wrong with it. */
	problem?: string;
};

/** An answer that somebody still waits for. */
export type Waits = { readonly due: Due; readonly since: number };

/** Bytes of one direction that are no frame yet. */
type Held = {
	buffer: Buffer;
	/** When they came: from `at` in the buffer on, `t`. */
	times: { at: number; t: number }[];
	/** Room for the whole raw block of which `buffer` is the beginning. */
	block?: Buffer | undefined;
};

/** The held bytes and a piece behind them, in room that is made once for `whole` bytes. */
function grown(held: Held, piece: Buffer, whole: number): Buffer {
	if (held.block?.length !== whole) {
		held.block = Buffer.allocUnsafeSlow(whole);
		held.buffer.copy(held.block);
	}
	piece.copy(held.block, held.buffer.length);
	return held.block.subarray(0, held.buffer.length + piece.length);
}

/** Silence, seconds, after which bytes that wait for their rest are shown as they are. */
const patience = 1;
/** A longer answer to EXECUTE is a lie, bytes. */
const longestAnswer = 65_536;

export class Conversation {
	readonly #held: Record<Direction, Held> = {
		out: { buffer: Buffer.alloc(0), times: [] },
		in: { buffer: Buffer.alloc(0), times: [] },
	};
	/** The length of the answer that the modem has ready, and then owes us: raw bytes. */
	#answerReady = 0;
	#answerDue = 0;
	/** Undefined while nobody knows what was said before. */
	#hostSpoke: boolean | undefined;
	readonly #raw = new RawData();
	/** The protocol of the last HDLC frame, on which the meaning of the next one depends. */
	#framed: string | undefined;
	#afterRaw = false;
	#waits: Waits | undefined;

	/** `fromTheStart` is false for bytes that were cut out of a conversation. */
	constructor({ fromTheStart = true }: { fromTheStart?: boolean } = {}) {
		if (fromTheStart) this.#hostSpoke = false;
	}

	/** The answer that is due now. Past its time the silence is no longer normal. */
	get waits(): Waits | undefined {
		return this.#waits;
	}

	/**
	 * Takes bytes as one read or write gave them and returns the frames they complete. Frames keep the
	 * bytes: whoever gives them does not write to them again.
	 */
	push(t: number, dir: Direction, bytes: Uint8Array): Frame[] {
		if (bytes.length === 0) return [];
		// Who waits for the other side has said what there was to say.
		const frames = [...this.settle(t), ...this.#take(dir === 'in' ? 'out' : 'in', 'open too')];
		if (dir === 'out') this.#hostSpoke = true;
		const held = this.#held[dir];
		let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
		while (rest.length > 0) {
			const waiting = held.buffer.length;
			// Only what completes a raw block is copied to it; the next block stays where it is.
			const missing = waiting > 0 ? this.#raw.missing(dir, waiting) : undefined;
			const piece = rest.subarray(0, missing ?? rest.length);
			held.times.push({ at: waiting, t });
			if (missing !== undefined) held.buffer = grown(held, piece, waiting + missing);
			else {
				held.buffer = waiting > 0 ? Buffer.concat([held.buffer, piece]) : piece;
				held.block = undefined;
			}
			for (const frame of this.#take(dir)) frames.push(frame);
			rest = rest.subarray(piece.length);
		}
		return frames;
	}

	/** Frames of what waits for its rest too long at the time `t`: to be called when time passes. */
	settle(t: number): Frame[] {
		const late = ({ times }: Held) => t - (times.at(-1)?.t ?? t) > patience;
		return this.#end((held) => late(held));
	}

	/** Frames of what is whole, before something follows that is no part of the conversation. */
	pause(): Frame[] {
		return [...this.#take('out', 'open too'), ...this.#take('in', 'open too')];
	}

	/** Frames of whatever still waits for its rest: at the end, or when a port closes. */
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
			let found = this.#look(dir, held.buffer);
			if (found === 'more') {
				if (which !== 'everything') break;
				found = brokenOff(held.buffer);
				this.#answerDue = 0;
			}
			if (found.open && which === 'closed') break;
			frames.push(this.#cut(dir, found));
		}
		return frames;
	}

	#cut(dir: Direction, whole: Found): Frame {
		const { length, open, packet, elements, ...found } = whole;
		const held = this.#held[dir];
		const frame: Frame = {
			t: held.times[0]!.t,
			dir,
			bytes: held.buffer.subarray(0, length),
			...found,
		};
		held.buffer = held.buffer.subarray(length);
		held.block = undefined;
		const now = held.times.findLastIndex(({ at }) => at <= length);
		held.times = held.times.slice(now).map(({ at, t }) => ({ at: Math.max(0, at - length), t }));
		if (held.buffer.length === 0) held.times = [];
		const isRaw = found.protocol === 'data';
		if (isRaw) this.#raw.took(dir, length);
		else this.#raw.hear(dir, whole, this.#held[dir === 'in' ? 'out' : 'in'].buffer.length > 0);
		if (frame.bytes[0] === flag && frame.protocol !== '?') this.#framed = frame.protocol;
		if (this.#afterRaw && dir === 'out' && / zero bytes$/.test(frame.name)) frame.says = zeroBlock;
		if (dir === 'out') this.#afterRaw = isRaw;
		this.#wait(frame, isRaw);
		if (packet?.message === saharaMessages.hello) {
			const known = this.#hostSpoke !== undefined && numberOf(packet.fields, 'mode') === 2;
			if (known) frame.says = memoryDebugHello(this.#hostSpoke!);
		} else if (packet?.message === saharaMessages.executeResponse) {
			this.#answerReady = numberOf(packet.fields, 'answer length');
		} else if (packet?.message === saharaMessages.executeData && dir === 'out') {
			// Bytes that wait for their rest since before were no part of that answer.
			const expected = this.#answerReady <= longestAnswer && this.#held.in.buffer.length === 0;
			this.#answerDue = expected ? this.#answerReady : 0;
			this.#answerReady = 0;
		}
		return frame;
	}

	#wait({ t, dir, due }: Frame, isRaw: boolean): void {
		if (due) this.#waits = { due, since: t };
		else if (isRaw && this.#waits) this.#waits = { ...this.#waits, since: t };
		else if (this.#waits?.due.from === (dir === 'in' ? 'modem' : 'host')) this.#waits = undefined;
	}

	#look(dir: Direction, buffer: Buffer): Found | Waiting {
		const answer = dir === 'in' && this.#answerDue > 0 ? this.#answer(buffer) : undefined;
		const sender = dir === 'in' ? 'modem' : 'host';
		return (
			answer ?? this.#raw.look(dir, buffer) ?? messageAt(buffer, { sender, before: this.#framed })
		);
	}

	/** Undefined when the modem refuses instead. */
	#answer(buffer: Buffer): Found | Waiting | undefined {
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
			says: 'The raw answer to EXECUTE_DATA. "confirmed" means that Firehose follows.',
			fields: [],
			certainty: 'likely',
			because: `${length} bytes, as EXECUTE_RSP announced`,
			length,
		};
	}
}

const flag = 0x7e;
const zeroBlock =
	'The zero block that libqmi sends behind the last sector. The loader takes it for XML later, which gives one NAK.';
const refusal = encode(saharaMessages.endImage).subarray(0, headerLength);

const memoryDebugHello = (hostSpoke: boolean) =>
	hostSpoke
		? 'Mode 2 offers a memory dump. As the answer to bytes that it did not understand, it is how a Sierra loader says so: it does not mean that the modem crashed.'
		: 'Mode 2, unasked for, offers a memory dump: the modem has crashed and waits to be read.';
