import { expect, test } from 'vitest';
import { Conversation } from '../../source/protocol/decode/conversation.ts';
import { encode } from '../../source/protocol/fields.ts';
import { frame } from '../../source/protocol/framing/hdlc.ts';
import { qdlMessages } from '../../source/protocol/qdl/qdl.ts';

const framesOf = (bytes: Uint8Array) => new Conversation().push(0, 'in', bytes);

test('UFCLOSE_RSP says which check the image failed', () => {
	const bytes = frame(encode(qdlMessages.closeResponse, { status: 0x81, type: 0x80 }));
	expect(bytes.subarray(1, 6).toString('hex')).toBe('2a81008000');
	const [found] = framesOf(bytes);
	expect(found).toMatchObject({ protocol: 'QDL', name: 'UFCLOSE_RSP', certainty: 'certain' });
	expect(found!.description).toContain('product type: The image is for another product.');
});

test.each([4, 5, 6])('HELLO asks for version %i, byte for byte as libqmi does', (version) => {
	const hello = encode(qdlMessages.hello, { 'version max': version, 'version min': version });
	const magic = 'QCOM high speed protocol hst'.padEnd(32, '\0');
	expect(hello).toEqual(
		Buffer.concat([Buffer.from([1]), Buffer.from(magic), Buffer.from([version, version, 0x30])]),
	);
	expect(hello).toHaveLength(36);
});

test('lengths are those of libqmi’s structures', () => {
	const lengths = Object.values(qdlMessages).map(({ name, length }) => [name, length]);
	expect(Object.fromEntries(lengths)).toMatchObject({
		HELLO: 36,
		HELLO_RSP: 49,
		ERROR: 6,
		UFOPEN: 13,
		UFOPEN_RSP: 8,
		UFWRITE: 13,
		UFWRITE_RSP: 9,
		UFCLOSE: 1,
		UFCLOSE_RSP: 5,
	});
});

test('every error has its number', () => {
	const named = (error: number) =>
		framesOf(frame(encode(qdlMessages.error, { error })))[0]!.description;
	expect(named(0x00)).toBe('The loader refuses.');
	expect(named(0x0f)).toContain('Command out of sequence');
	expect(named(0x16)).toContain('As the answer to SDP it is no error');
	expect(named(0x1a)).toContain('Image authentication error');
	expect(named(0x1b)).toBe('The loader refuses.');
});
