import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	bytes,
	decode,
	encode,
	layOut,
	message,
	numberOf,
	paddedText,
	text,
	u8,
	u16,
	u32,
	u64,
} from '../../source/protocol/fields.ts';
import { qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { saharaMessages } from '../../source/protocol/sahara/sahara.ts';

const everyType = (endian: 'little' | 'big') =>
	message(
		{ protocol: 'test', name: 'EVERY', sender: 'either', description: 'Every type.' },
		layOut(endian, [
			u8('one', 'A byte.', { values: { 1: 'FIRST' } }),
			u16('two', 'Two bytes.', { preset: 0x1234 }),
			u32('four', 'Four bytes.'),
			u64('eight', 'Eight bytes.'),
			text('word', 6, 'A word.'),
			bytes('raw', 3, 'Raw.'),
		]),
	);

const values = fc.record({
	one: fc.nat(0xff),
	two: fc.nat(0xffff),
	four: fc.nat(0xffffffff),
	eight: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
	word: fc.stringMatching(/^[\x20-\x7e]{0,6}$/),
	raw: fc.stringMatching(/^(?:[0-9a-f]{2}){3}$/),
});

test.each(['little', 'big'] as const)('%s-endian messages come back as they were', (endian) => {
	const every = everyType(endian);
	fc.assert(
		fc.property(values, (given) => {
			const fields = decode(every, encode(every, given));
			expect(Object.fromEntries(fields.map(({ name, value }) => [name, value]))).toEqual(given);
		}),
	);
});

test('fields lie one behind the other, in the order of their bytes', () => {
	const every = everyType('little');
	expect(every.length).toBe(24);
	expect(every.fields.map(({ offset }) => offset)).toEqual([0, 1, 3, 7, 15, 21]);
	expect(encode(every, { four: 0x01020304 }).toString('hex').slice(2, 14)).toBe('341204030201');
	const big = encode(everyType('big'), { four: 0x01020304 }).toString('hex');
	expect(big.slice(2, 14)).toBe('123401020304');
});

test('fields are shown by name, or as a number in both ways', () => {
	const every = everyType('little');
	const shown = (given: Record<string, number>) => decode(every, encode(every, given))[0]!.shown;
	expect(shown({ one: 1 })).toBe('1 FIRST');
	expect(shown({ one: 9 })).toBe('9');
	expect(shown({ one: 10 })).toBe('10 (0xa)');
});

test('fields that the bytes do not hold whole are left out, and count as 0', () => {
	const every = everyType('little');
	const whole = encode(every, { four: 77 });
	for (let length = 0; length <= whole.length; length++) {
		const fields = decode(every, whole.subarray(0, length));
		expect(fields).toHaveLength(
			every.fields.filter(({ offset, length: size }) => offset + size <= length).length,
		);
		expect(numberOf(fields, 'four')).toBe(length >= 7 ? 77 : 0);
	}
});

test('text ends at the first NUL or 0xFF', () => {
	expect(paddedText(Buffer.from('GENERIC\0\0x'))).toBe('GENERIC');
	expect(paddedText(Buffer.from('ATT\xff\xff', 'latin1'))).toBe('ATT');
	expect(paddedText(Buffer.from('FULL'))).toBe('FULL');
	expect(paddedText(Buffer.alloc(0))).toBe('');
});

test('a field that a message does not have is a type error, and writes nothing', () => {
	const { execute } = saharaMessages;
	// @ts-expect-error: the field is called execute
	const misspelt = encode(execute, { exectue: 1 });
	expect(misspelt).toEqual(encode(execute, { execute: 0 }));
	// @ts-expect-error: HELLO has a mode, and EXECUTE has none
	expect(encode(execute, { mode: 3 })).toEqual(misspelt);
	expect(encode(qdlMessages.open, { 'chunk size': 1, header: '00' })).toHaveLength(
		qdlMessages.open.length + 1,
	);
	// @ts-expect-error: the rest of UFOPEN is its header
	encode(qdlMessages.open, { data: '00' });
});
