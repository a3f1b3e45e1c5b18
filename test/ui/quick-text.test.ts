import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { QuickSegmenter } from '../../source/ui/terminal/quick-segmenter.ts';
import quickWidth from '../../source/ui/terminal/quick-width.ts';

const ours = [...'ab z09~·×’←↑→↓⏎─│┌┐└┘░▒▓█▁▶◀✓✗', '\u001b[1;31m', '\u001b[0m'];
const row = fc.array(fc.constantFrom(...ours)).map((parts) => parts.join(''));
const foreign = fc
	.array(fc.constantFrom(...ours, '漢', 'é', 'e\u0301', '👩‍🚀', '\r\n', '\t'))
	.map((parts) => parts.join(''));

it('counts our own signs and colours as string-width does', () => {
	fc.assert(fc.property(row, (text) => quickWidth(text) === stringWidth(text)));
});

it('takes any text apart as Intl.Segmenter does', () => {
	const quick = new QuickSegmenter(undefined, { granularity: 'grapheme' });
	const full = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	fc.assert(
		fc.property(fc.oneof(row, foreign), (text) => {
			expect([...quick.segment(text)]).toEqual([...full.segment(text)]);
			expect(quick.segment(text).containing(1)).toEqual(full.segment(text).containing(1));
		}),
	);
});
