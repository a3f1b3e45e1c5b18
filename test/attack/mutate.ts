/** Changes to what is whole, by its grammar: what is a length, a name, a tag or a line stays one. */
import type { Chance } from '../protocol/fuzz.ts';

const sizes = [0, 1, 7, 8, 399, 400, 401, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
const numbers = [
	'0',
	'-1',
	'1e300',
	'4294967296',
	'18446744073709551616',
	'99999999999',
	'0x10',
	'NaN',
];
const words = [
	'',
	'\0',
	'\u001b[2J',
	'\u202e',
	'__proto__',
	'&lt;',
	'<',
	'>',
	'"',
	'{',
	'}',
	']',
	'\\',
	'🙂',
];

function cutOut(chance: Chance, bytes: Buffer): Buffer {
	const from = chance.below(bytes.length + 1);
	const to = from + chance.below(Math.min(400, bytes.length - from) + 1);
	return chance.below(2) === 0
		? Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
		: Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
}

/** Of bytes with fields of 16 and 32 bits of either order in them. */
export function mutateBytes(chance: Chance, whole: Buffer): Buffer {
	let bytes: Buffer = Buffer.from(whole);
	for (let changes = 1 + chance.below(4); changes > 0 && bytes.length >= 4; changes--) {
		const at = chance.below(bytes.length - 3) & (chance.below(4) === 0 ? ~0 : ~3);
		const value = chance.below(3) === 0 ? bytes.length + chance.below(9) - 4 : chance.of(sizes);
		switch (chance.below(6)) {
			case 0:
				bytes.writeUInt32LE(value >>> 0, at);
				break;
			case 1:
				bytes.writeUInt32BE(value >>> 0, at);
				break;
			case 2:
				bytes.writeUInt16LE(value & 0xffff, at);
				break;
			case 3:
				bytes[at]! ^= 1 << chance.below(8);
				break;
			case 4:
				bytes = cutOut(chance, bytes);
				break;
			default:
				bytes = bytes.subarray(0, chance.below(bytes.length + 1));
		}
	}
	return bytes;
}

/** Doubled twice a line would have 60 MB: it would be the machine that is tried out then. */
const longest = 1_000_000;

/** A token: a number, a word, or one sign. */
const tokens = /\d+(?:\.\d+)?|[A-Za-z_]+|\s+|./gs;

/** Of text: its tokens and lines are exchanged, doubled, left out and made extreme. */
export function mutateText(chance: Chance, samples: readonly string[]): string {
	const lines = chance.of(samples).split('\n');
	for (let changes = 1 + chance.below(4); changes > 0; changes--) {
		const at = chance.below(lines.length);
		switch (chance.below(4)) {
			case 0:
				lines.splice(at, chance.below(3), chance.of(chance.of(samples).split('\n')));
				break;
			case 1:
				lines.splice(chance.below(lines.length), 0, lines[at]!);
				break;
			default:
				lines[at] = bentLine(chance, lines[at]!);
		}
	}
	const text = lines.join(chance.below(8) === 0 ? '\r\n' : '\n');
	return chance.below(6) === 0 ? text.slice(0, chance.below(text.length + 1)) : text;
}

function bentLine(chance: Chance, line: string): string {
	const found = line.match(tokens) ?? [];
	if (found.length === 0) return chance.of(words);
	const at = chance.below(found.length);
	const token = found[at]!;
	const kind = chance.below(4);
	if (kind === 0) found[at] = /^\d/.test(token) ? chance.of(numbers) : chance.of(words);
	else if (kind === 1)
		found[at] = token.repeat(1 + chance.below(chance.below(20) === 0 ? 3000 : 4));
	else if (kind === 2) found.splice(at, 1);
	else found.splice(chance.below(found.length), 0, token);
	return found.join('').slice(0, longest);
}
