/**
 * A loader whose host died in Firehose's raw data waits for the rest of it and hears nothing else. Fed
 * with zeros it gets to the end of the image, refuses it by its CRC, and takes verbs again. Proven on
 * simulated loaders only: docs/flash.md.
 */
import type { Link } from '../../link/link.ts';
import { firehoseCommitTimeout } from '../../protocol/firehose/elements.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { FirehosePort } from '../download/firehose-client.ts';
import { stopBetweenBlocks } from '../download/write-progress.ts';
import { type FlashContext, note } from '../model/context.ts';

export type Feed = {
	/** The most that it may still wait for, bytes. */
	readonly most: number;
	/** Writes zeros of which `sent` went before. */
	readonly write: (zeros: Buffer, sent: number) => Promise<void>;
};

/** Bytes after which it may have answered: what is too much is junk to it afterwards. */
const piece = 16 * 1024;

/** Returns whether it answered, whatever that was. */
export async function feedUntilAnswer(
	link: Link,
	{ most, write }: Feed,
	context: FlashContext,
): Promise<boolean> {
	note(context, 'it still waits for the rest of an image: filling that with zeros');
	const port = new FirehosePort(link, context.clock);
	const zeros = Buffer.alloc(piece);
	let answer = await port.response(0);
	for (let sent = 0; answer.value === undefined && sent < most; sent += piece) {
		stopBetweenBlocks(context);
		await write(zeros, sent);
		answer = await port.response(0);
	}
	// The image is checked in silence, as after its own last byte.
	if (answer.value === undefined) answer = await port.response(firehoseCommitTimeout);
	if (answer.value === undefined) return false;
	note(context, `it answers again: ${sanitize(answer.logs.at(-1) ?? answer.value)}`);
	return true;
}
