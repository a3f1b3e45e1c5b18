import { isAscii } from 'node:buffer';
import { escapedJson, isSafeJson } from './sanitize.ts';

/** Characters of a piece. */
const pieceLength = 64 * 1024;

/** Values as JSON, each on a line, safe to show as `jsonText` makes them: what is plain is looked at in pieces. */
export function* jsonPieces(values: Iterable<unknown>): Generator<Uint8Array> {
	let lines: string[] = [];
	let length = 0;
	const taken = () => {
		const text = `${lines.join('\n')}\n`;
		const piece = Buffer.from(text);
		const isSafe = isAscii(piece) ? !piece.includes(0x7f) : isSafeJson(text);
		const safe = isSafe ? piece : Buffer.from(`${lines.map(escapedJson).join('\n')}\n`);
		[lines, length] = [[], 0];
		return safe;
	};
	for (const value of values) {
		const json = JSON.stringify(value);
		lines.push(json);
		length += json.length;
		if (length >= pieceLength) yield taken();
	}
	if (lines.length > 0) yield taken();
}
