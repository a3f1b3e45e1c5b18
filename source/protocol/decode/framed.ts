/**
 * Messages inside HDLC frames: a command byte and a body. DLOAD, QDL, streaming DLOAD and DIAG share
 * the framing and reuse each other's numbers, so a payload is matched against all of their tables.
 */

import { diagMessages } from '../dload/diag.ts';
import { dloadMessages } from '../dload/dload.ts';
import { streamingMessages } from '../dload/streaming-dload.ts';
import { decode, type Message } from '../fields.ts';
import { qdlMessages } from '../qdl/qdl.ts';

/** What is known of the conversation around a frame. */
export type FrameContext = {
	/** Who sent it; unknown for bytes from nowhere. */
	readonly sender?: 'host' | 'modem' | undefined;
	/** The protocol of the frame before it. */
	readonly before?: string | undefined;
};

/** The first of equals is the likelier one. */
export const framedTables: readonly Message[] = [
	...new Set<Message>([
		...Object.values(dloadMessages),
		...Object.values(qdlMessages),
		...Object.values(streamingMessages),
		...Object.values(diagMessages),
	]),
];

const byCommand = Map.groupBy(framedTables, ({ fields }) => Number(fields[0]!.preset));

/** The messages that a payload may be, the likeliest first. */
export function framedMessages(
	payload: Uint8Array,
	{ sender, before }: FrameContext = {},
): Message[] {
	const fitting = (byCommand.get(payload[0] ?? -1) ?? []).filter((found) => fits(found, payload));
	// Magic words leave no doubt.
	const magic = fitting.filter(({ fields }) => fields.some(isMagic));
	if (magic.length > 0) return magic;
	const likely = ({ protocol, sender: by, rest }: Message) =>
		Number(protocol === before) * 8 +
		Number(by === sender || by === 'either') * 4 +
		Number(!rest) * 2;
	return fitting.sort((a, b) => likely(b) - likely(a));
}

const isMagic = ({ type, preset }: Message['fields'][number]) =>
	type === 'text' && preset !== undefined;

function fits(found: Message, payload: Uint8Array): boolean {
	if (payload.length < found.length || (payload.length > found.length && !found.rest)) return false;
	const magic = found.fields.find(isMagic);
	return !magic || decode({ fields: [magic] }, payload)[0]?.value === magic.preset;
}
