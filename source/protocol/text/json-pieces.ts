import { escapedJson } from './sanitize.ts';

/** Bytes of a piece, where no line is longer. */
const pieceLength = 64 * 1024;
const newline = 0x0a;

/**
 * Values as JSON, each on a line, safe to show as `jsonText` makes them. Each is encoded by itself: in a text
 * of many, one that is not ASCII has all others take two bytes a character.
 */
export function* jsonPieces(values: Iterable<unknown>): Generator<Uint8Array> {
	let piece = Buffer.allocUnsafe(pieceLength);
	let length = 0;
	for (const value of values) {
		let json = JSON.stringify(value);
		let size = Buffer.byteLength(json);
		const isPlain = size === json.length && !json.includes('\u007f');
		if (!isPlain) {
			json = escapedJson(json);
			size = Buffer.byteLength(json);
		}
		if (length + size >= piece.length) {
			if (length > 0) yield piece.subarray(0, length);
			piece = Buffer.allocUnsafe(Math.max(pieceLength, size + 1));
			length = 0;
		}
		length += piece.write(json, length);
		piece[length++] = newline;
	}
	if (length > 0) yield piece.subarray(0, length);
}
