/** Dialogues for the tests of the stream decoder: turns, in the pieces that reads make of them. */
import { describe, expect, test } from 'vitest';
import { Conversation, type Frame } from '../../source/protocol/decode/conversation.ts';
import type { Direction } from '../../source/protocol/decode/message-match.ts';

export type Turn = [dir: Direction, bytes: Uint8Array | string, wait?: number];

export const bytesOf = (bytes: Uint8Array | string) =>
	typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);

/** The frames of a dialogue when every turn comes in the pieces that `cut` makes of it. */
export function framesOf(turns: readonly Turn[], cut = (bytes: Buffer) => [bytes]): Frame[] {
	const conversation = new Conversation();
	let t = 0;
	const frames = turns.flatMap(([dir, bytes, wait = 0.01]) => {
		t += wait;
		return cut(bytesOf(bytes)).flatMap((piece) => conversation.push(t, dir, piece));
	});
	return [...frames, ...conversation.flush()];
}

export const shown = (frames: readonly Frame[]) =>
	frames.map(({ dir, name }) => `${dir === 'out' ? '>' : '<'} ${name}`);
export const plain = (frames: readonly Frame[]) =>
	frames.map(({ bytes, ...rest }) => ({ ...rest, hex: Buffer.from(bytes).toString('hex') }));
export const everyByte = (bytes: Buffer) =>
	Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));

/** Each dialogue reads as it says, and the same however its bytes are cut. */
export function readAsTheyShould(
	dialogues: Readonly<Record<string, { turns: readonly Turn[]; reads: readonly string[] }>>,
): void {
	describe.each(Object.entries(dialogues))('%s', (_, { turns, reads }) => {
		test('reads as it should', () => {
			expect(shown(framesOf(turns))).toEqual(reads);
		});

		test('is the same byte by byte, and cut anywhere', () => {
			const whole = plain(framesOf(turns));
			expect(plain(framesOf(turns, everyByte))).toEqual(whole);
			const longest = Math.max(...turns.map(([, bytes]) => bytes.length));
			for (let at = 1; at < longest; at++) {
				const cut = framesOf(turns, (bytes) => [bytes.subarray(0, at), bytes.subarray(at)]);
				expect(plain(cut), `cut at ${at}`).toEqual(whole);
			}
		});
	});
}
