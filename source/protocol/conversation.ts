/**
 * Turns the bytes of a conversation, as they came, into frames with a meaning. It never throws and
 * loses no byte: what it cannot explain is a frame that says so. Reads may be cut anywhere.
 */
import { dloadMessage } from './dload.ts';
import { type DecodedField, decode, numberOf } from './fields.ts';
import { explainFirehose, firehoseLength, parseFirehose, startsLikeFirehose } from './firehose.ts';
import { frameLength, unframe } from './hdlc.ts';
import { readSahara, type SaharaPacket, saharaMessages } from './sahara.ts';

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
	fields: DecodedField[];
	/** What is wrong with it. */
	problem?: string;
};

/** What one look at the start of a buffer found. */
type Found = Omit<Frame, 't' | 'dir' | 'bytes'> & { length: number };
type Waiting = 'more';

type Reader = { buffer: Buffer; t: number };

/** A message that is longer than this without an end is given up as unexplained. */
const longestMessage = 65_536;
/** Silence, seconds, after which bytes that wait for their rest are shown as they are. */
const patience = 1;

export class Conversation {
	readonly #readers: Record<Direction, Reader> = {
		in: { buffer: Buffer.alloc(0), t: 0 },
		out: { buffer: Buffer.alloc(0), t: 0 },
	};
	/** Raw bytes that the modem owes us: the answer to an EXECUTE. */
	#answerDue = 0;
	#answerLength = 0;
	#hostSpoke = false;

	/** Takes bytes as one read or write gave them and returns the frames they complete. */
	push(t: number, dir: Direction, bytes: Uint8Array): Frame[] {
		const reader = this.#readers[dir];
		const late = reader.buffer.length > 0 && t - reader.t > patience ? this.#giveUp(dir) : [];
		if (reader.buffer.length === 0) reader.t = t;
		reader.buffer = Buffer.concat([reader.buffer, bytes]);
		return [...late, ...this.#take(dir)];
	}

	/** Frames of whatever still waits for its rest: at the end, or when a port closes. */
	flush(): Frame[] {
		return [...this.#giveUp('out'), ...this.#giveUp('in')];
	}

	#take(dir: Direction): Frame[] {
		const reader = this.#readers[dir];
		const frames: Frame[] = [];
		while (reader.buffer.length > 0) {
			const found = this.#look(dir, reader.buffer);
			if (found === 'more') break;
			frames.push(this.#cut(dir, found));
		}
		return frames;
	}

	#cut(dir: Direction, { length, ...found }: Found): Frame {
		const reader = this.#readers[dir];
		const frame = { t: reader.t, dir, bytes: reader.buffer.subarray(0, length), ...found };
		reader.buffer = reader.buffer.subarray(length);
		if (dir === 'out') this.#hostSpoke = true;
		return frame;
	}

	#giveUp(dir: Direction): Frame[] {
		const { buffer } = this.#readers[dir];
		if (buffer.length === 0) return [];
		if (buffer.every(isLineEnd)) return [this.#cut(dir, lineEnd(buffer.length))];
		const problem = 'the rest of this message never came';
		return [this.#cut(dir, { ...unexplained(buffer.length), problem })];
	}

	#look(dir: Direction, buffer: Buffer): Found | Waiting {
		if (dir === 'in' && this.#answerDue > 0) return this.#answer(buffer);
		const lead = buffer.findIndex((byte) => !isLineEnd(byte));
		if (lead < 0) return 'more';
		const rest = buffer.subarray(lead);
		const found = this.#message(dir, rest);
		if (found === 'more') return rest.length > longestMessage ? unexplained(buffer.length) : 'more';
		// Line ends before a text or a document belong to it; before binary they stand alone.
		if (lead > 0 && found.fields.length > 0) return lineEnd(lead);
		return { ...found, length: lead + found.length };
	}

	#message(dir: Direction, rest: Buffer): Found | Waiting {
		if (rest[0] === 0x7e) return hdlcFrame(rest);
		const sahara = readSahara(rest);
		if (sahara) return 'need' in sahara ? 'more' : this.#sahara(dir, sahara);
		if (startsLikeFirehose(rest)) return firehoseFrame(rest);
		if (isPrintable(rest[0]!)) return textLine(rest);
		return unexplained(nextStart(rest));
	}

	#sahara(dir: Direction, { message, fields, length }: SaharaPacket): Found {
		if (message === saharaMessages.executeResponse) {
			this.#answerLength = numberOf(fields, 'answer length');
		}
		if (message === saharaMessages.executeData && dir === 'out')
			this.#answerDue = this.#answerLength;
		const found = {
			protocol: message.protocol,
			name: message.name,
			says: message.says,
			fields,
			length,
		};
		const mode = fields.find(({ name }) => name === 'mode');
		if (mode) found.name += ` mode ${mode.shown.replace(/^\d+ /, '').toLowerCase() || mode.shown}`;
		if (message === saharaMessages.hello && mode?.value === 2)
			found.says = memoryDebugHello(this.#hostSpoke);
		return found;
	}

	#answer(buffer: Buffer): Found | Waiting {
		if (buffer.length < this.#answerDue) return 'more';
		const length = this.#answerDue;
		this.#answerDue = 0;
		const answer = buffer.subarray(0, length);
		return {
			protocol: 'Sahara',
			name: answer.every(isPrintable) ? `"${answer.toString('latin1')}"` : 'answer',
			says: 'The raw answer to EXECUTE_DATA. "confirmed" means that Firehose follows.',
			fields: [],
			length,
		};
	}
}

const memoryDebugHello = (hostSpoke: boolean) =>
	hostSpoke
		? 'Mode 2 offers a memory dump. As the answer to bytes that it did not understand, it is how a Sierra loader says so: it does not mean that the modem crashed.'
		: 'Mode 2, unasked for, offers a memory dump: the modem has crashed and waits to be read.';

function hdlcFrame(rest: Buffer): Found | Waiting {
	const length = frameLength(rest);
	if (length === undefined) return 'more';
	const { payload, problem } = unframe(rest.subarray(0, length));
	const message = payload.length > 0 ? dloadMessage(payload[0]!) : undefined;
	// The payload starts behind the flag; its fields are shown where they stand in the frame.
	const fields = message
		? decode(message, payload).map((field) => ({ ...field, offset: field.offset + 1 }))
		: [];
	return {
		protocol: message?.protocol ?? 'HDLC',
		name: message?.name ?? 'frame',
		says: message?.says ?? 'A framed message that is not known here.',
		fields,
		length,
		...(problem === undefined ? {} : { problem }),
	};
}

function firehoseFrame(rest: Buffer): Found | Waiting {
	const length = firehoseLength(rest);
	if (length === undefined) return 'more';
	const { elements, problem } = parseFirehose(rest.subarray(0, length));
	return {
		protocol: 'Firehose',
		...explainFirehose(elements),
		fields: [],
		length,
		...(problem === undefined ? {} : { problem }),
	};
}

function textLine(rest: Buffer): Found | Waiting {
	const end = rest.findIndex((byte) => isLineEnd(byte) || !isPrintable(byte));
	if (end < 0) return 'more';
	const line = rest.subarray(0, end).toString('latin1');
	const at = /^at/i.test(line);
	return {
		protocol: 'AT',
		name: line,
		says: at ? 'A command to the modem’s application.' : 'A line of text from the modem.',
		fields: [],
		length: isLineEnd(rest[end]!) ? end + 1 : end,
	};
}

const lineEnd = (length: number): Found => ({
	protocol: 'AT',
	name: 'line end',
	says: 'An empty line.',
	fields: [],
	length,
});

function unexplained(length: number): Found {
	return {
		protocol: '?',
		name: `${length} bytes`,
		says: 'These bytes fit no protocol that is known here.',
		fields: [],
		length,
	};
}

const isLineEnd = (byte: number) => byte === 0x0d || byte === 0x0a;
const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7e;

/** How many bytes lie before the next one that may start a message. */
function nextStart(rest: Buffer): number {
	for (let at = 1; at < rest.length; at++) {
		const tail = rest.subarray(at);
		if (tail[0] === 0x7e || tail[0] === 0x3c || readSahara(tail)) return at;
	}
	return rest.length;
}
