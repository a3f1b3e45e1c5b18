/**
 * What stands at the start of a buffer: which message it is, and where it ends. What is said of a
 * buffer once is said of every longer one too, so that it does not matter how reads cut the bytes.
 */
import { dloadMessage } from './dload.ts';
import { type DecodedField, decode } from './fields.ts';
import { explainFirehose, firehoseLength, parseFirehose, startsLikeFirehose } from './firehose.ts';
import { frameLength, unframe } from './hdlc.ts';
import { headerLength, readSahara, type SaharaPacket } from './sahara.ts';

export type Found = {
	protocol: string;
	name: string;
	/** What it is, why it is sent, what comes next. */
	says: string;
	/** Offsets are from the start of the message. */
	fields: DecodedField[];
	/** What is wrong with it. */
	problem?: string;
	/** Bytes of the buffer that it takes. */
	length: number;
	/** The next bytes may still belong to it. */
	open?: boolean;
	packet?: SaharaPacket;
};
/** The message is not here whole. */
export type Waiting = 'more';

/** What is longer than this without an end is no message of its kind, bytes. */
const longestFrame = 8192;
const longestLine = 8192;
const longestDocument = 65_536;
/** Bytes that nothing explains are shown in pieces of this length at most. */
const longestRun = 4096;
/** Fewer zeros than this are bytes as any other. */
const shortestZeros = 4;

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const hdlcFlag = 0x7e;
const lessThan = 0x3c;
const isLineEnd = (byte: number | undefined) => byte === carriageReturn || byte === lineFeed;
export const isPrintable = (byte: number | undefined) =>
	byte !== undefined && byte >= 0x20 && byte < 0x7e;

/** The message at the start of a buffer of one byte or more. */
export function messageAt(buffer: Buffer): Found | Waiting {
	const lead = buffer.subarray(0, longestRun).findIndex((byte) => !isLineEnd(byte));
	if (lead < 0) return buffer.length < longestRun ? 'more' : lineEnds(longestRun);
	// CR is EXECUTE too, and LF is MEMORY_READ, when zeros follow.
	const first = lead > 0 && readSahara(buffer.subarray(lead - 1)) ? lead - 1 : lead;
	const rest = buffer.subarray(first);
	const found = afterLineEnds(rest);
	if (first === 0 || found === 'more') return found;
	// Line ends before a text or a document belong to it; before binary they stand alone.
	const readable = found.protocol === 'AT' || found.protocol === 'Firehose';
	return readable ? { ...found, length: first + found.length } : lineEnds(first);
}

/** What is left of a message whose rest never came; a buffer of one byte or more. */
export function brokenOff(buffer: Buffer): Found {
	const first = buffer.findIndex((byte) => !isLineEnd(byte));
	if (first !== 0 && !readSahara(buffer)) return lineEnds(first < 0 ? buffer.length : first);
	if (buffer.every(isPrintable)) {
		return {
			...line(buffer.toString('latin1')),
			length: buffer.length,
			problem: 'it has no line end',
		};
	}
	const problem = 'the rest of this message never came';
	return { ...unexplained(nextStart(buffer).at), problem };
}

function afterLineEnds(rest: Buffer): Found | Waiting {
	if (rest[0] === hdlcFlag) return hdlcFrame(rest);
	const sahara = readSahara(rest);
	if (sahara) return 'need' in sahara ? 'more' : saharaPacket(sahara);
	if (startsLikeFirehose(rest)) return firehoseDocument(rest);
	if (isPrintable(rest[0])) return textLine(rest);
	return zeros(rest) ?? junk(rest);
}

function hdlcFrame(rest: Buffer): Found | Waiting {
	const length = frameLength(rest.subarray(0, longestFrame));
	if (length === undefined) return rest.length < longestFrame ? 'more' : junk(rest);
	const { payload, start, problem } = unframe(rest.subarray(0, length));
	const message = payload.length > 0 ? dloadMessage(payload[0]!) : undefined;
	// The payload starts behind the flag; its fields are shown where they stand in the frame.
	const fields = message
		? decode(message, payload).map((field) => ({ ...field, offset: field.offset + start }))
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

function saharaPacket(packet: SaharaPacket): Found {
	const { message, fields, length } = packet;
	const { protocol, name, says } = message;
	const mode = fields.find((field) => field.name === 'mode');
	return {
		protocol,
		name: mode ? `${name} mode ${mode.shown.toLowerCase()}` : name,
		says,
		fields,
		length,
		packet,
	};
}

function firehoseDocument(rest: Buffer): Found | Waiting {
	const end = firehoseLength(rest.subarray(0, longestDocument));
	if (end === undefined) return rest.length < longestDocument ? 'more' : junk(rest);
	const { elements, problem } = parseFirehose(rest.subarray(0, end));
	// libqmi and the loaders end a document with an empty line, or with nothing.
	const lineEndsBehind = [end, end + 1].findIndex((at) => !isLineEnd(rest[at]));
	const length = end + (lineEndsBehind < 0 ? 2 : lineEndsBehind);
	return {
		protocol: 'Firehose',
		...explainFirehose(elements),
		fields: [],
		length,
		open: lineEndsBehind >= 0 && length === rest.length,
		...(problem === undefined ? {} : { problem }),
	};
}

function textLine(rest: Buffer): Found | Waiting {
	const end = rest.subarray(0, longestLine).findIndex((byte) => !isPrintable(byte));
	if (end < 0) return rest.length < longestLine ? 'more' : junk(rest);
	const hasReturn = rest[end] === carriageReturn;
	const hasFeed = rest[hasReturn ? end + 1 : end] === lineFeed;
	const length = end + Number(hasReturn) + Number(hasFeed);
	const open = hasReturn && length === rest.length && !hasFeed;
	return { ...line(rest.subarray(0, end).toString('latin1')), length, open };
}

function line(text: string) {
	const says = /^at/i.test(text)
		? 'A command to the modem’s application.'
		: 'A line of text from the modem.';
	return { protocol: 'AT', name: text, says, fields: [] };
}

function zeros(rest: Buffer): Found | undefined {
	const end = rest.subarray(0, longestRun).findIndex((byte) => byte !== 0);
	const length = end < 0 ? Math.min(rest.length, longestRun) : end;
	if (length < shortestZeros) return undefined;
	return {
		...unexplained(length),
		name: `${length} zero bytes`,
		says: 'Nothing but zeros: no protocol says so. Boot loaders answer AT commands with them.',
		open: end < 0 && rest.length < longestRun,
	};
}

function junk(rest: Buffer): Found {
	const { at, sure } = nextStart(rest, 'or may begin');
	return { ...unexplained(at), open: !sure };
}

const lineEnds = (length: number): Found => ({
	protocol: 'AT',
	name: 'line end',
	says: 'An empty line.',
	fields: [],
	length,
});

const unexplained = (length: number): Found => ({
	protocol: '?',
	name: `${length} bytes`,
	says: 'These bytes fit no protocol that is known here.',
	fields: [],
	length,
});

/** Where the next message begins, behind the first byte; `sure` when no more bytes can change that. */
function nextStart(buffer: Buffer, how: 'begins' | 'or may begin' = 'begins') {
	const end = Math.min(buffer.length, longestRun);
	for (let at = 1; at < end; at++) {
		const begins = beginsAt(buffer, at);
		if (begins === 'yes') return { at, sure: true };
		if (begins === 'more' && how === 'or may begin') return { at, sure: false };
	}
	return { at: end, sure: end === longestRun };
}

/** Whether binary bytes that mean nothing end here. */
function beginsAt(buffer: Buffer, at: number): 'yes' | 'no' | Waiting {
	const byte = buffer[at]!;
	const next = buffer[at + 1];
	// Flags in a row are one; the last of them opens the frame.
	if (byte === hdlcFlag) return next === undefined ? 'more' : next === hdlcFlag ? 'no' : 'yes';
	if (byte === lessThan) return documentBegins(buffer.subarray(at, at + 5));
	if (byte === carriageReturn && next !== 0) return lineBegins(next, buffer[at + 2]);
	if (next !== undefined && next !== 0) return 'no';
	const head = buffer.subarray(at, at + headerLength);
	if (!readSahara(head)) return 'no';
	return head.length < headerLength ? 'more' : 'yes';
}

function documentBegins(head: Buffer) {
	if (!startsLikeFirehose(head)) return 'no';
	return head.length < 5 ? 'more' : 'yes';
}

/** An answer to AT begins with CR LF and a word. */
function lineBegins(next: number | undefined, letter: number | undefined) {
	if (next !== undefined && next !== lineFeed) return 'no';
	if (letter === undefined) return 'more';
	return isPrintable(letter) ? 'yes' : 'no';
}
