import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Input, KeyParser } from '../../source/ui/terminal/key-parser.ts';

/** What all of a text reads as, ended by the silence after it. */
function read(...chunks: string[]): Input[] {
	const reader = new KeyParser();
	return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.flush()];
}
const keys = (...chunks: string[]) =>
	read(...chunks).map((input) => ('key' in input ? input.key : input));

describe('keys', () => {
	it.each([
		[
			'letters, controls and Alt',
			'aG \r\t\u0012\u001b5\u007f',
			'a G space enter tab ctrl-r alt-5 backspace',
		],
		['F-keys of xterm', '\u001bOP\u001bOQ\u001bOR\u001bOS\u001b[15~', 'f1 f2 f3 f4 f5'],
		['F-keys of the Linux console', '\u001b[[A\u001b[[E', 'f1 f5'],
		['F-keys of rxvt', '\u001b[11~\u001b[14~', 'f1 f4'],
		[
			'the ends',
			'\u001b[H\u001b[F\u001b[1~\u001b[4~\u001b[5~\u001b[6~',
			'home end home end pageup pagedown',
		],
		['arrows with Shift', '\u001b[1;2A\u001b[1;2B\u001b[Z', 'shift-up shift-down shift-tab'],
		[
			'the kitty protocol',
			'\u001b[27u\u001b[114;5u\u001b[53;3u\u001b[13u\u001b[57414u',
			'esc ctrl-r alt-5 enter enter',
		],
		['no key when one is let go', '\u001b[27;1:3ua', 'a'],
		['no key that only reports', '\u001b[?1u\u001b[I\u001b[12;5R\u001b]', 'alt-]'],
		['Esc twice', '\u001b\u001b', 'esc esc'],
		['Esc before an arrow', '\u001b\u001b[A', 'esc up'],
		['two columns and combining', '漢é', '漢 é'],
	])('reads %s', (_, text, expected) => {
		expect(keys(text).join(' ')).toBe(expected);
	});

	it('reads a stream the same wherever a slow link tears it', () => {
		const text =
			'a\u001bOQ\u001b[1;2Bq\u001b[200~x\u001b[A\u001b[201~\u001b[<0;3;4Mz\u001b[57414u\u001b5\u001b[[B';
		const whole = read(text);
		for (let at = 1; at < text.length; at++) {
			expect(read(text.slice(0, at), text.slice(at))).toEqual(whole);
		}
		expect(read(...text)).toEqual(whole);
	});

	it('types nothing of a sequence whose rest was lost', () => {
		expect(keys('a\u001b[1;')).toEqual(['a']);
		expect(keys('\u001b')).toEqual(['esc']);
	});

	it('waits for the rest of a paste, and gives it whole', () => {
		const reader = new KeyParser();
		expect(reader.push('\u001b[200~q\rq')).toEqual([]);
		expect(reader.patience).toBe(undefined);
		expect(reader.push('\u001b[201~q')).toEqual([{ paste: 'q\rq' }, { key: 'q' }]);
	});

	it('loses no key of any burst', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('a', '\r', '\u001b[A', '\u001bOP', '5')), (burst) => {
				expect(read(burst.join(''))).toHaveLength(burst.length);
			}),
		);
	});
});

it('tells the wheel and a click, with their places, and leaves the rest of the mouse alone', () => {
	expect(
		read('\u001b[<64;10;5M\u001b[<65;1;1M\u001b[<0;80;24M\u001b[<0;80;24m\u001b[<2;1;1M'),
	).toEqual([
		{ mouse: { does: 'wheel-up', column: 9, row: 4 } },
		{ mouse: { does: 'wheel-down', column: 0, row: 0 } },
		{ mouse: { does: 'click', column: 79, row: 23 } },
	]);
});
