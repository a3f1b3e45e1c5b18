import { expect, test } from 'vitest';
import { jsonPieces } from '../../source/protocol/text/json-pieces.ts';
import { jsonText } from '../../source/protocol/text/sanitize.ts';

test('pieces are the lines one by one, safe to show, however long they are', () => {
	const signs = ['plain', 'DEL \u007f', '“quoted” 😀', 'CSI \u009b', '\ud800', '\u202e'];
	const values = Array.from({ length: 60 }, (_, at) => ({
		at,
		text: signs[at % signs.length]!.repeat(at * at * 10),
	}));
	const pieces = [...jsonPieces(values)].map((piece) => Buffer.from(piece).toString());
	expect(pieces.join('')).toBe(values.map((value) => `${jsonText(value)}\n`).join(''));
	expect(pieces.length).toBeGreaterThan(10);
	for (const piece of pieces) expect(piece.endsWith('\n')).toBe(true);
});

test('no values are no pieces', () => {
	expect([...jsonPieces([])]).toEqual([]);
});
