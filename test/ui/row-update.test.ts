import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import rowUpdate from '../../source/ui/terminal/row-update.ts';
import { cut } from '../../source/ui/text/lines.ts';
import { cellsAfter, foreignSigns, ownSigns, paintedText, wholeFrame } from './cells.ts';

const size = { width: 24, height: 4 };

/** From frame to frame as Ink goes: up to the first row, then row by row. */
const updates = (before: readonly string[], after: readonly string[]) =>
	`\u001b[${size.height - 1}A${after
		.map((row, index) => (row === before[index] ? '' : rowUpdate(before[index]!, row, size.width)))
		.join('\r\n')}`;

/** A row whose parts have two states each, in one pair of them after the other. */
const rowsOf = (signs: readonly string[], frames: number) =>
	fc
		.tuple(
			fc.array(fc.tuple(paintedText(signs), paintedText(signs)), { maxLength: 5 }),
			fc.array(fc.nat(31), { minLength: frames, maxLength: frames }),
		)
		.map(([parts, states]) =>
			states.map((state) =>
				cut(parts.map((part, index) => part[(state >> index) & 1]).join(''), size.width),
			),
		);

const framesOf = (signs: readonly string[], count = 3) =>
	fc
		.array(rowsOf(signs, count), { minLength: size.height, maxLength: size.height })
		.map((rows) => Array.from({ length: count }, (_, frame) => rows.map((row) => row[frame]!)));

describe.each([
	['our own signs', ownSigns],
	['foreign signs among them', [...ownSigns, ...foreignSigns]],
])('frames of %s', (_, signs) => {
	it('show what a screen shows that is drawn anew', async () => {
		await fc.assert(
			fc.asyncProperty(framesOf(signs), async (frames) => {
				const updated = await cellsAfter(
					size,
					wholeFrame(frames[0]!),
					...frames.slice(1).map((frame, index) => updates(frames[index]!, frame)),
				);
				expect(updated).toEqual(await cellsAfter(size, wholeFrame(frames.at(-1)!)));
			}),
			{ numRuns: 60 },
		);
	});
});

describe('what a change costs', () => {
	const row = (clock: string, state: string) =>
		` [1 USB]  2 AT   \u001b[38;5;210mREC ${clock}\u001b[39m   3-1 RC7620 \u001b[1;41;97m${state}\u001b[22;49;39m   and so on`;

	it('is a jump and the digits that changed', () => {
		expect(rowUpdate(row('00:05', 'BOOT LOOP'), row('00:06', 'BOOT LOOP'), 80)).toBe(
			'\u001b[26G\u001b[38;5;210m6\u001b[m',
		);
	});

	it('draws over a short way and jumps over a long one', () => {
		expect(rowUpdate('abcdefghijklmnop', 'aXcYefghijklmnoZ', 80)).toBe('\u001b[2GXcY\u001b[16GZ');
	});

	it('erases what is no longer there', () => {
		expect(rowUpdate('a long row of words', 'a long', 80)).toBe('\u001b[7G\u001b[K');
	});
});
