import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotHex, readHexText } from '../../source/protocol/text/hex-text.ts';

const hello =
	'010000003000000002000000010000000004000002000000000000000000000000000000000000000000000000000000';
const hex = (text: string) => readHexText(text).map(({ bytes }) => bytes.toString('hex'));

test.each([
	['digits in a row', '7e7000001446 7e'],
	['colons', '7E:70:00:00:14:46:7E'],
	['spaces', '7e 70 00 00 14 46 7e'],
	['0x before each', '0x7e 0x70 0x0 0x0 0x14, 0x46, 0x7e'],
	['0x before all', '0x7e70000014467e'],
	['lines', '7e 70 00\n00 14 46 7e\n'],
	['xxd', '00000000: 7e70 0000 1446 7e                        ~p..F~'],
	['hexdump -C', '00000000  7e 70 00 00 14 46 7e                              |~p...F~|\n00000007'],
	['xxd -g1', '00000000: 7e 70 00 00 14 46 7e                             ~p...F~'],
])('%s', (_, text) => {
	expect(hex(text)).toEqual(['7e70000014467e']);
});

test('dumps of several lines', () => {
	const dump = `00000000  01 00 00 00 30 00 00 00  02 00 00 00 01 00 00 00  |....0...........|
00000010  00 04 00 00 02 00 00 00  00 00 00 00 00 00 00 00  |................|
00000020  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
00000030`;
	expect(hex(dump)).toEqual([hello]);
	const xxd = `00000000: 0100 0000 3000 0000 0200 0000 0100 0000  ....0...........
00000010: 0004 0000 0200 0000 0000 0000 0000 0000  ................
00000020: 0000 0000 0000 0000 0000 0000 0000 0000  ................`;
	expect(hex(xxd)).toEqual([hello]);
	expect(hex(`${xxd}\n${xxd}`)).toEqual([hello, hello]);
});

test('a dump whose text looks like hex', () => {
	expect(hex('00000000: 6162 6364                                abcd')).toEqual(['61626364']);
	expect(hex('00000000  61 62 63 64                                       |abcd|')).toEqual([
		'61626364',
	]);
});

test('eight digits alone are four bytes, not an offset', () => {
	expect(hex('7e700000')).toEqual(['7e700000']);
	expect(hex('00000000')).toEqual(['00000000']);
	expect(hex('01000000 30000000')).toEqual(['0100000030000000']);
	expect(hex('01000000  30 00')).toEqual(['010000003000']);
});

test('usbmon: who sends, when, and only what carries data', () => {
	const text = `ffff8881 3575914555 S Bo:3:009:2 -115 7 = 7e700000 14467e
ffff8881 3575914560 C Bo:3:009:2 0 7 >
ffff8881 3575914561 S Bi:3:009:1 -115 512 <
ffff8881 3575924555 C Bi:3:009:1 0 8 = 07000000 08000000`;
	expect(readHexText(text)).toEqual([
		{ bytes: Buffer.from('7e70000014467e', 'hex'), dir: 'out', t: 3575.914555 },
		{ bytes: Buffer.from('0700000008000000', 'hex'), dir: 'in', t: 3575.924555 },
	]);
});

test('a log of qmi-firmware-update', () => {
	const text = `[Debug] [qfu-qdl-device] >> 70:00:00 [3, unframed]
[Debug] [qfu-qdl-device] >> 7E:70:00:00:14:46:7E [7]
error: unsupported download protocol`;
	expect(readHexText(text)).toEqual([{ bytes: Buffer.from('7e70000014467e', 'hex'), dir: 'out' }]);
});

test.each([
	['hello world', /line 1 is no hex/],
	['7e 7', undefined],
	['7e 123', /"123" has an odd number/],
	['00000000  01 02\n*\n00000020', /hexdump -v/],
	['12\nzz', /line 2 is no hex/],
])('%j', (text, why) => {
	if (why) expect(() => readHexText(text)).toThrow(why);
	else expect(hex(text)).toEqual(['7e07']);
});

test('whatever is written in any form comes back', () => {
	const forms: ((bytes: Buffer) => string)[] = [
		(bytes) => bytes.toString('hex'),
		(bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':'),
		(bytes) => [...bytes].map((byte) => `0x${byte.toString(16)}`).join(' '),
		(bytes) =>
			rows(
				bytes,
				(part) =>
					part
						.toString('hex')
						.replaceAll(/(.{4})/g, '$1 ')
						.trim(),
				': ',
			),
		(bytes) => rows(bytes, (part) => part.toString('hex').replaceAll(/(..)/g, '$1 ').trim(), '  '),
	];
	const rows = (bytes: Buffer, show: (part: Buffer) => string, between: string) =>
		Array.from({ length: Math.ceil(bytes.length / 16) }, (_, n) => {
			const part = bytes.subarray(n * 16, n * 16 + 16);
			const text = part.toString('latin1').replaceAll(/[^ -~]/g, '.');
			const right = between === '  ' ? `  |${text}|` : `  ${text}`;
			return `${(n * 16).toString(16).padStart(8, '0')}${between}${show(part)}${right}`;
		}).join('\n');
	fc.assert(
		fc.property(
			fc.uint8Array({ minLength: 1, maxLength: 70 }),
			fc.constantFrom(...forms),
			(bytes, form) => {
				expect(hex(form(Buffer.from(bytes)))).toEqual([Buffer.from(bytes).toString('hex')]);
			},
		),
	);
});

test('no text at all is no bytes, and none hangs', () => {
	expect(readHexText('\n \n')).toEqual([]);
	const long = `${'00 '.repeat(200_000)}zz`;
	expect(() => readHexText(long)).toThrow(/no hex/);
	fc.assert(
		fc.property(fc.string(), (text) => {
			try {
				readHexText(text);
			} catch (error) {
				expect((error as Error).name).toBe('NotHex');
			}
		}),
	);
});

test.each([
	['xxd, and then none', `0000: ${'ab'.repeat(50_000)}!`],
	['groups of xxd, and then none', `0000: ${'abab '.repeat(20_000)}!`],
	['hexdump, and then none', `00000000  ${'ab '.repeat(30_000)}!`],
	['hex with blanks, and then none', `${'ab  '.repeat(30_000)}!`],
	['usbmon, and then none', `ffff8800 1 S Bo:1:2:3 ${'ab '.repeat(30_000)}!`],
])('a long line of %s comes to an end', (_, line) => {
	// One that grows with the square of these would take minutes.
	expect(() => {
		try {
			readHexText(line);
		} catch (error) {
			if (!(error instanceof NotHex)) throw error;
		}
	}).not.toThrow();
});
