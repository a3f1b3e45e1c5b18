import { describe, expect, it } from 'vitest';
import { Conversation } from '../../source/protocol/decode/conversation.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { busy } from '../spent.ts';

const bytesOf = (text: string) => Buffer.from(text, 'latin1');

/** All of it, a byte a read; the frames, and how long it was busy, milliseconds. */
function byBytes(bytes: Buffer, t = (at: number) => at * 1e-6) {
	const conversation = new Conversation();
	const start = busy();
	const frames = [];
	for (let at = 0; at < bytes.length; at++) {
		frames.push(...conversation.push(t(at), 'in', bytes.subarray(at, at + 1)));
	}
	frames.push(...conversation.flush());
	return { frames, took: busy() - start };
}

describe('reads of single bytes', () => {
	it.each([
		['text without an end', bytesOf('x'.repeat(200_000))],
		[
			'an XML document without an end',
			bytesOf(`<?xml version="1.0"?><data>${'a'.repeat(200_000)}`),
		],
		['an XML document of signs', bytesOf(`<?xml version="1.0"?><data>${'<>'.repeat(100_000)}`)],
		['HDLC without an end', Buffer.concat([Buffer.from([0x7e]), Buffer.alloc(200_000, 0x31)])],
		['zeros', Buffer.alloc(200_000)],
		['noise', Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7919) >> 3))],
	])('take time with the length of %s, not with its square', (_, bytes) => {
		const { frames, took } = byBytes(bytes);
		expect(Buffer.concat(frames.map((frame) => frame.bytes)).equals(bytes)).toBe(true);
		// The square of it took 15 s and more.
		expect(took).toBeLessThan(10_000);
	});

	it('give the same frame as one read, for a document that is longer than most', () => {
		const document = firehoseDocument('log', { value: 'x'.repeat(9000) });
		const whole = new Conversation();
		const [expected] = [...whole.push(0, 'in', document), ...whole.flush()];
		const { frames } = byBytes(document);
		expect(frames.map(({ name }) => name)).toEqual([expected!.name]);
		expect(frames[0]!.bytes.length).toBe(document.length);
	});
});

it('holds no message without an end for ever', () => {
	const conversation = new Conversation();
	const piece = Buffer.alloc(65_536, 0x31);
	conversation.push(0, 'in', Buffer.from([0x7e]));
	let most = 0;
	let length = 0;
	for (let at = 0; at < 640; at++) {
		for (const { bytes } of conversation.push(at * 1e-3, 'in', piece)) {
			most = Math.max(most, bytes.length);
			length += bytes.length;
		}
	}
	for (const { bytes } of conversation.flush()) length += bytes.length;
	expect(length).toBe(640 * piece.length + 1);
	expect(most).toBeLessThan(8 * 1024 * 1024);
});
