import type { Frame } from '../../protocol/decode/conversation.ts';
import { type DecodedField, expectedReplySentence } from '../../protocol/fields.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { wrap } from '../../recording/export/wrap.ts';

export type TextOptions = { readonly columns: number; readonly colour: boolean };

/** Frames are shown up to this length, bytes; raw payload less. */
const longestShown = 1024;
const longestData = 64;
const margin = '  ';
/** One after the other for the fields: cyan, green, yellow, magenta, blue. */
const hues = [36, 32, 33, 35, 34];
const bold = 1;
const red = 31;

const paint = (colour: boolean, sign: number, text: string) =>
	colour && text !== '' ? `\x1b[${sign}m${text}\x1b[0m` : text;
const hueOf = (index: number) => hues[index % hues.length]!;

/** A frame explained, in rows no wider than `columns`: what it is, why, its fields, its bytes. */
export function* frameText(frame: Frame, options: TextOptions): Generator<string> {
	const { columns, colour } = options;
	const { dir, protocol, name, bytes, description, problem, because, certainty, due } = frame;
	const plain = (text: string, indent = margin.length) => wrap(sanitize(text), columns, indent);
	const arrow = dir === 'out' ? '>' : '<';
	for (const row of plain(`${arrow} ${protocol} ${name}  ${bytes.length} bytes`)) {
		yield paint(colour, bold, row);
	}
	yield* plain(margin + description);
	if (problem !== undefined) {
		for (const row of plain(`${margin}! ${problem}`)) yield paint(colour, red, row);
	}
	if (certainty === 'likely' || certainty === 'guess')
		yield* plain(`${margin}${certainty}: ${because}.`);
	if (due) yield* plain(`${margin}${expectedReplySentence(due)}`);
	yield* fieldRows(frame.fields, options);
	yield* hexRows(frame, options);
}

function* fieldRows(fields: readonly DecodedField[], { columns, colour }: TextOptions) {
	const names = Math.min(16, Math.max(0, ...fields.map(({ name }) => name.length)));
	for (const [index, { offset, name, shown, description }] of fields.entries()) {
		const known = `${margin}${offset.toString(16).padStart(4, '0')}  ${name.padEnd(names)}  ${shown}  `;
		const rows = wrap(sanitize(known + description), columns, 10);
		for (const row of rows) yield paint(colour, hueOf(index), row);
	}
}

/** The bytes, each in the colour of its field. */
function* hexRows({ bytes, fields, protocol }: Frame, { columns, colour }: TextOptions) {
	const most = protocol === 'data' || protocol === '?' ? longestData : longestShown;
	const shown = bytes.subarray(0, most);
	const room = columns - margin.length - 6;
	const perRow = [16, 8, 4, 2].find((count) => count * 4 + 4 <= room) ?? 1;
	const hues = new Int8Array(shown.length).fill(-1);
	for (const [index, { offset, length }] of fields.entries()) {
		hues.fill(index % 100, offset, Math.min(offset + length, shown.length));
	}
	for (let at = 0; at < shown.length; at += perRow) {
		const part = shown.subarray(at, at + perRow);
		const cells = Array.from(part, (byte, n) => {
			const hue = hues[at + n]!;
			const hex = byte.toString(16).padStart(2, '0');
			return hue < 0 ? hex : paint(colour, hueOf(hue), hex);
		});
		const text = Array.from(part, (byte) =>
			byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
		).join('');
		const pad = '   '.repeat(perRow - part.length);
		yield `${margin}${at.toString(16).padStart(4, '0')}  ${cells.join(' ')}${pad}  |${text}|`;
	}
	if (bytes.length > shown.length) yield `${margin}… ${bytes.length} in all`;
}
