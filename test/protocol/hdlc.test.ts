import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc16, frame, frameLength, unframe } from '../../source/protocol/framing/hdlc.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test.each([
	['70 00 00', '7e 70 00 00 14 46 7e'],
	['4b 65 01 00', '7e 4b 65 01 00 54 0f 7e'],
	['06', '7e 06 4e 95 7e'],
	['0a', '7e 0a 22 5f 7e'],
])('%s is framed as the field knows it', (payload, framed) => {
	expect(hex(frame(bytes(payload)))).toBe(framed.replaceAll(' ', ''));
});

test('the CRC is the one that catalogues call X-25', () => {
	expect(crc16(Buffer.from('123456789'))).toBe(0x906e);
});

test('flag and escape are escaped in the payload and in the CRC', () => {
	expect(hex(frame(bytes('7e 7d')))).toMatch(/^7e7d5e7d5d.*7e$/);
	// A payload whose CRC holds a flag.
	const payload = Array.from({ length: 1000 }, (_, n) => Buffer.from([n >> 8, n & 0xff])).find(
		(tried) => (crc16(tried) & 0xff) === 0x7e,
	)!;
	expect(hex(frame(payload))).toContain('7d5e');
	expect(unframe(frame(payload))).toEqual({ payload, start: 1 });
});

test('whatever is framed comes out again, in one frame', () => {
	const anyBytes = fc.uint8Array({ maxLength: 300 });
	const nasty = fc.array(fc.constantFrom(0x7e, 0x7d, 0x5e, 0x5d, 0), {
		minLength: 1,
		maxLength: 50,
	});
	fc.assert(
		fc.property(
			fc.oneof(
				anyBytes,
				nasty.map((signs) => Uint8Array.from(signs)),
			),
			(payload) => {
				fc.pre(payload.length > 0);
				const framed = frame(payload);
				expect(framed.subarray(1, -1)).not.toContain(0x7e);
				expect(frameLength(Buffer.concat([framed, framed]))).toBe(framed.length);
				expect(unframe(framed)).toEqual({ payload: Buffer.from(payload), start: 1 });
			},
		),
	);
});

test('any flipped bit inside a frame is named', () => {
	const framed = frame(bytes('70 00 00'));
	for (let bit = 8; bit < (framed.length - 1) * 8; bit++) {
		const broken = Buffer.from(framed);
		broken[bit >> 3]! ^= 1 << (bit & 7);
		expect(unframe(broken).problem, `bit ${bit}`).toBeDefined();
	}
	const broken = bytes('7e 70 00 01 14 46 7e');
	expect(unframe(broken).problem).toMatch(/^the CRC is 4614, the bytes give [0-9a-f]{4}$/);
	expect(hex(unframe(broken).payload)).toBe('700001');
});

test.each([
	['7e 7e', 'the frame is too short to hold a CRC'],
	['7e 14 7e', 'the frame is too short to hold a CRC'],
	['7e 14 46 7e', 'the frame is too short to hold a CRC'],
	['7e 70 7d 7e', 'the frame ends in an escape'],
])('%s holds no message', (framed, problem) => {
	expect(unframe(bytes(framed)).problem).toBe(problem);
});

test('flags in a row are as good as one', () => {
	const framed = bytes('7e 7e 7e 70 00 00 14 46 7e');
	expect(frameLength(framed)).toBe(framed.length);
	expect(unframe(framed)).toEqual({ payload: bytes('70 00 00'), start: 3 });
	expect(frameLength(bytes('7e 7e'))).toBeUndefined();
});

test('a frame without its last flag has no length yet', () => {
	const framed = frame(bytes('70 00 00'));
	for (let length = 0; length < framed.length; length++) {
		expect(frameLength(framed.subarray(0, length))).toBeUndefined();
	}
});
