import { crc32 } from 'node:zlib';

/**
 * The CRC of a CWE header: CRC-32, reflected, initial value all ones, and no final inversion
 * (zlib's, complemented). Both CRCs of a header are of this kind.
 */
export const emptyCrc = 0xffffffff;

/** The CRC of `bytes`, going on from the CRC of what stood before them. */
export function cweCrc(bytes: Uint8Array, before: number = emptyCrc): number {
	return ~crc32(bytes, ~before >>> 0) >>> 0;
}

/** The CRC of A and B one behind the other, from the CRC of each; lengths are bytes. */
export function combineCrc(a: number, b: number, lengthOfB: number): number {
	return ~(shift(~a, lengthOfB) ^ ~b) >>> 0;
}

/**
 * The CRC of B alone, from the CRC of A and that of A and B one behind the other: taking A away is
 * the same sum as putting it before, for its terms are added without carry.
 */
export const crcOfTail = (ab: number, a: number, lengthOfB: number): number =>
	combineCrc(a, ab, lengthOfB);

/** A CRC is a polynomial over GF(2); a byte behind it multiplies it by x^8. */
function shift(crc: number, bytes: number): number {
	let product = crc >>> 0;
	let power = 0x00800000; // x^8; the highest bit is x^0
	for (let left = bytes; left > 0; left = Math.floor(left / 2)) {
		if (left % 2) product = multiply(product, power);
		power = multiply(power, power);
	}
	return product;
}

/** The product of two polynomials modulo the one of CRC-32. */
function multiply(a: number, b: number): number {
	let product = 0;
	let term = b;
	for (let bit = 0x80000000; bit; bit >>>= 1) {
		if (a & bit) product ^= term;
		term = term & 1 ? (term >>> 1) ^ 0xedb88320 : term >>> 1;
	}
	return product >>> 0;
}
