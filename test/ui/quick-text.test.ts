import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import sanitizeAnsi from '../../node_modules/ink/build/sanitize-ansi.js';
import quickWidth from '../../source/ui/terminal/quick-width.ts';
import { isPainted } from '../../source/ui/text/narrow.ts';

const ours = [...'ab z09~±·×’←↑→↓⏎─│┌┐└┘░▒▓█▁▶◀✓✗', '\u001b[1;31m', '\u001b[0m'];
const row = fc.array(fc.constantFrom(...ours)).map((parts) => parts.join(''));

it('counts our own signs and colours as string-width does', () => {
	fc.assert(fc.property(row, (text) => quickWidth(text) === stringWidth(text)));
});

it('leaves out only what Ink would leave as it is', () => {
	const others = [
		'\n',
		'\t',
		'\r',
		'\u0007',
		'\u009b1m',
		'\u001b[38:5:1m',
		'\u001b[2J',
		'e\u0301',
		'한',
	];
	const text = fc.array(fc.constantFrom(...ours, ...others)).map((parts) => parts.join(''));
	fc.assert(fc.property(text, (given) => !isPainted(given) || sanitizeAnsi(given) === given));
	expect(isPainted('\u001b[1mtwo\u001b[m\nlines')).toBe(true);
});
