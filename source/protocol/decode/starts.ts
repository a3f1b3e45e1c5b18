/** Where messages begin, inside bytes that mean nothing. */
import { startsLikeFirehose } from '../firehose/firehose.ts';
import { beginsQmux } from '../qmi/qmi.ts';
import { headerLength, readSahara } from '../sahara/sahara.ts';
import type { NeedMoreBytes } from './message-match.ts';

/** Bytes that nothing explains are shown in pieces of this length at most. */
export const longestRun = 4096;

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
export const hdlcFlag = 0x7e;
const lessThan = 0x3c;
export const isLineEnd = (byte: number | undefined) => byte === carriageReturn || byte === lineFeed;
export const isPrintable = (byte: number | undefined) =>
	byte !== undefined && byte >= 0x20 && byte < 0x7e;

/** Where the next message begins, behind the first byte; `sure` when no more bytes can change that. */
export function nextStart(buffer: Buffer, how: 'begins' | 'or may begin' = 'begins') {
	const end = Math.min(buffer.length, longestRun);
	for (let at = 1; at < end; at++) {
		const begins = beginsAt(buffer, at);
		if (begins === 'yes') return { at, sure: true };
		if (begins === 'more' && how === 'or may begin') return { at, sure: false };
	}
	return { at: end, sure: end === longestRun };
}

/** Whether binary bytes that mean nothing end here. */
function beginsAt(buffer: Buffer, at: number): 'yes' | 'no' | NeedMoreBytes {
	const byte = buffer[at]!;
	const next = buffer[at + 1];
	// Flags in a row are one; the last of them opens the frame.
	if (byte === hdlcFlag) return next === undefined ? 'more' : next === hdlcFlag ? 'no' : 'yes';
	if (byte === lessThan) return documentBegins(buffer.subarray(at, at + 5));
	if (byte === carriageReturn && next !== 0) return lineBegins(next, buffer[at + 2]);
	if (next !== undefined && next !== 0) return beginsQmux(buffer.subarray(at, at + 5));
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
