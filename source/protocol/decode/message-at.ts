/**
 * Finds the message at the start of a buffer, and where it ends. A longer buffer with the same start
 * always gives the same match, so that it does not matter how reads cut the bytes.
 */

import { numberOf } from '../fields.ts';
import { attributeFields, expectedReplyAfter, verbs } from '../firehose/elements.ts';
import {
	explainFirehose,
	firehoseLength,
	mainElement,
	parseFirehose,
	startsLikeFirehose,
} from '../firehose/firehose.ts';
import { beginsQmux, expectedReplyOf, readQmi } from '../qmi/qmi.ts';
import { readSahara, type SaharaPacket } from '../sahara/sahara.ts';
import { advice, bareWrite, hdlcFrame, mayHaveNoFlag, unflaggedFrame } from './frame-at.ts';
import type { FrameContext } from './framed.ts';
import { type MessageMatch, type NeedMoreBytes, unexplained } from './message-match.ts';
import { hdlcFlag, isLineEnd, isPrintable, longestRun, nextStart } from './starts.ts';
import { explainLine } from './text-lines.ts';
import { whyNot } from './why-not.ts';

/** Without an end after so many bytes it is no text line, and no document. */
const longestLine = 8192;
const longestDocument = 65_536;
/** Fewer zeros than this are bytes as any other. */
const shortestZeros = 4;

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** The message at the start of a buffer of one byte or more. */
export function messageAt(
	buffer: Buffer,
	context: FrameContext = {},
): MessageMatch | NeedMoreBytes {
	const lead = endOfRun(buffer, longestRun, isLineEnd);
	if (lead === Math.min(buffer.length, longestRun))
		return buffer.length < longestRun ? 'more' : lineEnds(longestRun);
	// CR is EXECUTE too, and LF is MEMORY_READ, when zeros follow.
	const first = lead > 0 && readSahara(buffer.subarray(lead - 1)) ? lead - 1 : lead;
	const rest = first > 0 ? buffer.subarray(first) : buffer;
	const found = afterLineEnds(rest, context);
	if (first === 0 || found === 'more') return found;
	// Line ends before a text or a document belong to it; before binary they stand alone.
	if (!readable.includes(found.protocol)) return lineEnds(first);
	found.length += first;
	if (found.fields.length > 0) found.fields = movedBy(first, found.fields);
	return found;
}

const readable = ['AT', 'NMEA', 'Firehose'];

/** How many bytes from the start are such ones, of the first `most`. */
function endOfRun(buffer: Buffer, most: number, is: (byte: number) => boolean): number {
	const length = Math.min(buffer.length, most);
	let end = 0;
	while (end < length && is(buffer[end]!)) end++;
	return end;
}

/** What is left of a message whose rest never came; a buffer of one byte or more. */
export function brokenOff(buffer: Buffer): MessageMatch {
	const first = buffer.findIndex((byte) => !isLineEnd(byte));
	if (first !== 0 && !readSahara(buffer)) return lineEnds(first < 0 ? buffer.length : first);
	if (buffer.every(isPrintable)) {
		return {
			...explainLine(buffer.toString('latin1')),
			length: buffer.length,
			problem: 'it has no line end',
		};
	}
	const problem = 'the rest of this message never came';
	const { at } = nextStart(buffer);
	return { ...unexplained(at, whyNot(buffer.subarray(0, at))), problem };
}

/** Where nothing but a line of text begins: the first byte of most messages of an AT port. */
const beginsText = Array.from(
	{ length: 256 },
	(_, byte) => isPrintable(byte) && !beginsAnother(Buffer.of(byte)),
);

function beginsAnother(head: Buffer): boolean {
	const isPacket = readSahara(head) !== undefined || beginsQmux(head) !== 'no';
	return isPacket || startsLikeFirehose(head) || mayHaveNoFlag(head[0]!);
}

function afterLineEnds(rest: Buffer, context: FrameContext): MessageMatch | NeedMoreBytes {
	if (beginsText[rest[0]!])
		return lineAt(rest, 0) ?? (rest.length < longestLine ? 'more' : junk(rest));
	if (rest[0] === hdlcFlag) return hdlcFrame(rest, context) ?? junk(rest);
	const sahara = readSahara(rest);
	if (sahara && !('need' in sahara)) return saharaPacket(sahara);
	const qmux = beginsQmux(rest);
	if (sahara || qmux === 'more') return 'more';
	if (qmux === 'yes') return qmiFrame(rest);
	if (startsLikeFirehose(rest)) return firehoseDocument(rest);
	const whole = bareWrite(rest) ?? unflaggedFrame(rest);
	if (whole) return whole;
	if (isPrintable(rest[0]))
		return lineAt(rest, 0) ?? (rest.length < longestLine ? 'more' : junk(rest));
	return zeros(rest) ?? junk(rest);
}

function saharaPacket(packet: SaharaPacket): MessageMatch {
	const { message, fields, length } = packet;
	const { protocol, name, sender, due, when } = message;
	const description =
		when && numberOf(fields, when.field) === when.value ? when.description : message.description;
	const mode = fields.find((field) => field.name === 'mode');
	const byte = (value: number) => value.toString(16).padStart(2, '0').toUpperCase();
	const command = byte(Number(fields[0]!.value));
	const usual = length === message.length;
	return {
		protocol,
		name: mode ? `${name} mode ${mode.shown.toLowerCase()}` : name,
		description: `${description}${advice(fields)}`,
		fields,
		certainty: usual ? 'certain' : 'likely',
		because: `${length} bytes, ${command} … ${byte(length)}: Sahara ${name}${usual ? '' : `, which has ${message.length} elsewhere`}`,
		...(sender === 'either' ? {} : { sender }),
		...(due ? { due } : {}),
		length,
		packet,
	};
}

function qmiFrame(rest: Buffer): MessageMatch | NeedMoreBytes {
	const frame = readQmi(rest);
	if (!frame) return 'more';
	const { asks, ...known } = frame;
	return {
		protocol: 'QMI',
		...known,
		description: `${known.description}${advice(known.fields)}`,
		certainty: known.problem === undefined ? 'certain' : 'likely',
		because: `${known.length} bytes, 01 and a QMUX head that says as many: QMI ${known.name}`,
		...(asks ? { due: expectedReplyOf(asks) } : {}),
	};
}

function firehoseDocument(rest: Buffer): MessageMatch | NeedMoreBytes {
	const end = firehoseLength(rest.subarray(0, longestDocument));
	if (end === undefined) return rest.length < longestDocument ? 'more' : junk(rest);
	const known = documentIn(rest.toString('latin1', 0, end));
	// libqmi and the loaders end a document with an empty line, or with nothing.
	const lineEndsBehind = [end, end + 1].findIndex((at) => !isLineEnd(rest[at]));
	const length = end + (lineEndsBehind < 0 ? 2 : lineEndsBehind);
	return { ...known, length, open: lineEndsBehind >= 0 && length === rest.length };
}

/** The documents that were read last: a loader says the same few again and again. */
const documents = new Map<string, MessageMatch>();
const mostDocuments = 64;
/** A longer one is seldom said twice. */
const shortDocument = 1024;

function documentIn(text: string): MessageMatch {
	const before = documents.get(text);
	if (before) return before;
	const read = readDocument(Buffer.from(text, 'latin1'));
	if (text.length > shortDocument) return read;
	documents.set(text, read);
	if (documents.size > mostDocuments) documents.delete(documents.keys().next().value!);
	return read;
}

function readDocument(document: Buffer): MessageMatch {
	const { elements, problem } = parseFirehose(document);
	const main = mainElement(elements);
	const due = main && expectedReplyAfter(main.name, main.attributes);
	const known = verbs.has(main?.name.toLowerCase() ?? '');
	const fromModem = main?.name === 'response' || main?.name === 'log';
	return {
		protocol: 'Firehose',
		...explainFirehose(elements),
		fields: attributeFields(document),
		certainty: problem === undefined && (known || fromModem) ? 'certain' : 'likely',
		because: `it begins with <?xml and ends with </data>${main ? `, and holds <${main.name}>` : ''}`,
		...(fromModem ? { sender: 'modem' } : known ? { sender: 'host' } : {}),
		...(due ? { due } : {}),
		length: document.length,
		elements,
		...(problem === undefined ? {} : { problem }),
	};
}

/** The line of text at `from`, or undefined where it has no end. */
function lineAt(buffer: Buffer, from: number): MessageMatch | undefined {
	const most = Math.min(buffer.length, from + longestLine);
	let end = from + 1;
	while (end < most && isPrintable(buffer[end]!)) end++;
	if (end === most) return undefined;
	const hasReturn = buffer[end] === carriageReturn;
	const hasFeed = buffer[hasReturn ? end + 1 : end] === lineFeed;
	const match: MessageMatch = explainLine(buffer.toString('latin1', from, end));
	const behind = end + Number(hasReturn) + Number(hasFeed);
	match.length = behind - from;
	match.open = hasReturn && behind === buffer.length && !hasFeed;
	return match;
}

/** The same with the line ends before it, where nothing but a line begins and nothing can follow it. */
export function wholeLineAt(buffer: Buffer, from: number): MessageMatch | undefined {
	let at = from;
	while (isLineEnd(buffer[at]) && at - from < longestRun) at++;
	if (at - from === longestRun || !beginsText[buffer[at]!]) return undefined;
	const match = lineAt(buffer, at);
	if (!match || match.open) return undefined;
	match.length += at - from;
	if (at > from && match.fields.length > 0) match.fields = movedBy(at - from, match.fields);
	return match;
}

const movedBy = (offset: number, fields: MessageMatch['fields']) =>
	fields.map((field) => ({ ...field, offset: field.offset + offset }));

function zeros(rest: Buffer): MessageMatch | undefined {
	const end = rest.subarray(0, longestRun).findIndex((byte) => byte !== 0);
	const length = end < 0 ? Math.min(rest.length, longestRun) : end;
	if (length < shortestZeros) return undefined;
	return {
		...unexplained(length, 'nothing but zeros'),
		name: `${length} zero bytes`,
		description:
			'Nothing but zeros: no protocol says so. Boot loaders answer AT commands with them.',
		open: end < 0 && rest.length < longestRun,
	};
}

function junk(rest: Buffer): MessageMatch {
	const { at, sure } = nextStart(rest, 'or may begin');
	return { ...unexplained(at, whyNot(rest.subarray(0, at))), open: !sure };
}

const lineEnds = (length: number): MessageMatch => ({
	protocol: 'AT',
	name: 'line end',
	description: 'An empty line.',
	fields: [],
	certainty: 'guess',
	because: 'line ends alone',
	length,
});
