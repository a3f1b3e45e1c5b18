import { expect, test } from 'vitest';
import { sanitize } from '../../source/protocol/text/sanitize.ts';

test('text stays as it is, in any script', () => {
	expect(sanitize('RC7620 – Größe 日本 👩‍🔧')).toBe('RC7620 – Größe 日本 👩‍🔧');
});

test.each([
	['an escape sequence', '\x1b[2J', '.[2J'],
	['an 8-bit CSI', '\x9b2J', '.2J'],
	['a title, ended by BEL', '\x1b]0;x\x07', '.]0;x.'],
	['line ends and NUL', 'a\r\n\0b', 'a...b'],
	['a tab', 'a\tb', 'a b'],
	['DEL', '\x7f', '.'],
	['text turned around', 'spk\u202egnp.\u2069', 'spk.gnp..'],
	['a line separator', 'a\u2028b', 'a.b'],
	['half of a surrogate pair', 'a\ud800b', 'a.b'],
])('%s cannot drive a terminal', (_, hostile, shown) => {
	expect(sanitize(hostile)).toBe(shown);
});
