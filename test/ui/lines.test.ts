import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import {
	cut,
	fitLeft,
	fitRight,
	shorten,
	shortenMiddle,
	sliceAfter,
	widthOf,
	wrap,
} from '../../source/ui/text/lines.ts';
import { unicodeSymbols } from '../../source/ui/text/symbols.ts';
import { createTheme } from '../../source/ui/text/theme.ts';

const { bad, selected } = createTheme({ depth: '16', background: 'dark' });
/** Letters of one column and of two, an accent that takes none, our own signs. */
const letter = fc.constantFrom(
	'a',
	'B',
	'7',
	' ',
	'.',
	'é',
	'e\u0301',
	'漢',
	'字',
	'😀',
	'─',
	'█',
	'→',
);
const text = fc.array(letter, { maxLength: 40 }).map((letters) => letters.join(''));
const width = fc.integer({ min: 0, max: 50 });

it('keeps both ends of a text that is too long', () => {
	expect(shortenMiddle('abcdefghij', 10)).toBe('abcdefghij');
	expect(shortenMiddle('abcdefghij', 7)).toBe('abc..ij');
	expect(shortenMiddle('abcdefghij', 6)).toBe('ab..ij');
	fc.assert(
		fc.property(text, fc.integer({ min: 4, max: 50 }), (long, width) => {
			expect(widthOf(shortenMiddle(long, width))).toBeLessThanOrEqual(width);
		}),
	);
});

it('makes every text exactly as wide as it is asked to be, coloured or not', () => {
	fc.assert(
		fc.property(text, text, width, (before, after, width) => {
			for (const row of [before + after, `${before}${bad(selected(after))}`]) {
				for (const fitted of [fitLeft(row, width), fitRight(row, width)]) {
					expect(stringWidth(fitted)).toBe(width);
				}
			}
		}),
	);
});

it('cuts nothing but blanks without a sign', () => {
	expect(fitLeft('MaxPayloadSizeToTarget', 12)).toBe('MaxPayload..');
	expect(fitLeft('OK    ', 3)).toBe('OK ');
	expect(shorten(`a${bad('bcd')}e`, 4)).toBe(`a${bad('b')}..`);
	fc.assert(
		fc.property(text, width, (row, width) => {
			const shown = shorten(row, width);
			expect(stringWidth(shown)).toBeLessThanOrEqual(width);
			const isWhole = row.startsWith(shown) && row.slice(shown.length).trim() === '';
			expect(isWhole || '..'.startsWith(shown.slice(-2))).toBe(true);
		}),
	);
});

it('closes the colours that a cut goes through', () => {
	expect(cut(`a${bad('bcd')}e`, 2)).toBe(`a${bad('b')}`);
	expect(sliceAfter(`a${bad('bcd')}e`, 2)).toBe(`${bad('cd')}e`);
});

it('breaks between words and loses no word', () => {
	fc.assert(
		fc.property(text, fc.integer({ min: 2, max: 50 }), (text, width) => {
			const rows = wrap(text, width);
			expect(rows.filter((row) => widthOf(row) > width)).toEqual([]);
			expect(rows.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
		}),
	);
});

it('knows its own signs to be as wide as Unicode says', () => {
	for (const sign of Object.values(unicodeSymbols).flat()) {
		expect(widthOf(sign)).toBe(stringWidth(sign));
	}
});
