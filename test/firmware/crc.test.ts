import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { combineCrc, crcOfTail, cweCrc, emptyCrc } from '../../source/firmware/cwe/crc.ts';

/** Bit by bit, from the definition: reflected 0xEDB88320, all ones at first, no inversion at last. */
function byDefinition(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	return crc >>> 0;
}

test('the CRC of an all-zero PSB is the one of every CWE file', () => {
	expect(cweCrc(new Uint8Array(256))).toBe(0xf2697aa7);
});

test('the CRC follows its definition', () => {
	for (const length of [0, 1, 3, 400, 1021]) {
		const bytes = randomBytes(length);
		expect(cweCrc(bytes)).toBe(byDefinition(bytes));
	}
});

test('a CRC goes on over pieces', () => {
	const bytes = randomBytes(1000);
	for (const at of [0, 1, 255, 256, 999, 1000]) {
		expect(cweCrc(bytes.subarray(at), cweCrc(bytes.subarray(0, at)))).toBe(cweCrc(bytes));
	}
});

test('combined CRCs are those of the joined bytes, and a tail can be taken off', () => {
	for (let length = 0; length < 300; length += 7) {
		const bytes = randomBytes(length + 50);
		const a = bytes.subarray(0, length);
		const b = bytes.subarray(length);
		expect(combineCrc(cweCrc(a), cweCrc(b), b.length)).toBe(cweCrc(bytes));
		expect(crcOfTail(cweCrc(bytes), cweCrc(a), b.length)).toBe(cweCrc(b));
	}
});

test('nothing combined with something is that something', () => {
	const crc = cweCrc(Buffer.from('SPKG'));
	expect(combineCrc(emptyCrc, crc, 4)).toBe(crc);
	expect(combineCrc(crc, emptyCrc, 0)).toBe(crc);
});

test('a length beyond 32 bits is not cut', () => {
	const zeros = 2 ** 33;
	let crc = 0x12345678;
	let one = combineCrc(crc, cweCrc(new Uint8Array(1)), 1);
	expect(one).toBe(cweCrc(new Uint8Array(1), crc));
	// Two steps of half the length are one step of the whole.
	const half = combineCrc(crc, 0xffffffff, zeros / 2);
	crc = combineCrc(crc, 0xffffffff, zeros);
	one = combineCrc(half, 0xffffffff, zeros / 2);
	expect(one).toBe(crc);
	expect(one).not.toBe(half);
});
