import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RawText } from '../../source/session/raw/raw-text.ts';

const text = (options?: { isTerminal?: boolean }) => new RawText(() => '12:00:00.000', options);
const ascii = (signs: string) => Buffer.from(signs, 'latin1');

test('text is shown as it comes, with one end of each line', () => {
	const raw = text();
	expect(raw.show(ascii('ATI\r\r\nModel: RC76'), 'in')).toBe('ATI\nModel: RC76');
	expect(raw.show(ascii('20\r'), 'in')).toBe('20');
	expect(raw.show(ascii('\n\r\nOK\r\n> '), 'in')).toBe('\n\nOK\n> ');
	expect(raw.endLine()).toBe('\n');
	expect(raw.endLine()).toBe('');
});

test('an echo takes back what was typed, up to the beginning of its line', () => {
	expect(text().show(ascii('\bAT\b \bZ'), 'in')).toBe('\\x08AT\b \bZ');
	expect(text({ isTerminal: false }).show(ascii('AT\b \bZ'), 'in')).toBe('AT\\x08 \\x08Z');
});

test('hex stands beside its text, and says who sent it', () => {
	const raw = text();
	raw.isHex = true;
	raw.hasTimes = true;
	expect(raw.show(ascii('AT\r'), 'out')).toBe(`[12:00:00.000] > ${'41 54 0d'.padEnd(47)}  AT.\n`);
	expect(raw.show(new Uint8Array(17).fill(0x1b), 'in').split('\n')).toHaveLength(3);
});

test('a line has its time in front, once', () => {
	const raw = text();
	raw.hasTimes = true;
	expect(raw.show(ascii('O'), 'in') + raw.show(ascii('K\r\n\r\n'), 'in')).toBe(
		'[12:00:00.000] OK\n\n',
	);
});

test('no byte of a modem can drive a terminal, however it is cut', () => {
	const bytes = fc.uint8Array({ maxLength: 200 });
	fc.assert(
		fc.property(fc.array(bytes), fc.boolean(), fc.boolean(), (pieces, isHex, hasTimes) => {
			const raw = text();
			Object.assign(raw, { isHex, hasTimes });
			const shown = pieces.map((piece) => raw.show(piece, 'in')).join('');
			expect(shown).toMatch(/^[\x20-\x7e\n\b]*$/);
			// What moves back stays within its own line, behind the time.
			for (const line of shown.split('\n')) {
				let column = 0;
				for (const sign of line) {
					column += sign === '\b' ? -1 : 1;
					expect(column).toBeGreaterThanOrEqual(0);
				}
			}
		}),
	);
});
