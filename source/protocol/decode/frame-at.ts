/** An HDLC frame at the start of a buffer, and an UFWRITE, which QDL sends without a frame. */

import { diagMessages } from '../dload/diag.ts';
import { type DecodedField, decode, type Message } from '../fields.ts';
import { crc16, frameLength, placesIn, unframe } from '../framing/hdlc.ts';
import { isWrite, qdlMessages } from '../qdl/qdl.ts';
import { type FrameContext, framedMessages } from './framed.ts';
import type { MessageMatch, NeedMoreBytes } from './message-match.ts';
import { hdlcFlag, isLineEnd, isPrintable } from './starts.ts';

/** What is longer than this without its last flag is no frame, bytes. */
export const longestFrame = 8192;

const { write } = qdlMessages;

/**
 * DIAG's refusals and its way into EDL, which stand without a flag before them where a port or a tool
 * sends none (libqmi-devel 002584; bkerler/edl).
 */
const unflagged: ReadonlySet<number | undefined> = new Set(
	[
		diagMessages.badCommand,
		diagMessages.badParameter,
		diagMessages.badLength,
		diagMessages.badMode,
		diagMessages.subsystem,
	].map(({ fields }) => Number(fields[0]!.preset)),
);
/** Longer ones begin with a flag, bytes. */
const longestUnflagged = 64;

/** Whether a message of QDL or DIAG that has no flag before it may begin with this byte. */
export const mayHaveNoFlag = (first: number): boolean =>
	unflagged.has(first) || first === write.fields[0]!.preset;

/** Undefined when what begins without a flag is no frame with the right CRC. */
export function unflaggedFrame(rest: Buffer): MessageMatch | NeedMoreBytes | undefined {
	if (!unflagged.has(rest[0])) return undefined;
	const head = rest.subarray(0, longestUnflagged);
	const length = frameLength(head);
	if (length === undefined) {
		return head.length < longestUnflagged && !isText(head) ? 'more' : undefined;
	}
	const { problem } = unframe(rest.subarray(0, length));
	return problem === undefined ? hdlcFrame(rest, {}) : undefined;
}

/** `K` begins SUBSYS_CMD, and words. */
const isText = (head: Buffer) =>
	head.subarray(0, 3).every((byte) => isPrintable(byte) || isLineEnd(byte));

/** Undefined when no frame ends where one may. */
export function hdlcFrame(
	rest: Buffer,
	context: FrameContext,
): MessageMatch | NeedMoreBytes | undefined {
	const length = frameLength(rest.subarray(0, longestFrame));
	if (length === undefined) return rest.length < longestFrame ? 'more' : undefined;
	const bytes = rest.subarray(0, length);
	const { payload, start, problem } = unframe(bytes);
	const [found, ...others] = framedMessages(payload, context);
	const places = placesIn(bytes, start);
	const fields = found ? inFrame(decode(found, payload), places) : [];
	const code = advice(fields);
	return {
		protocol: found?.protocol ?? 'HDLC',
		name: found?.name ?? 'frame',
		description: `${found?.description ?? 'A framed message that is not known here.'}${code}`,
		fields: [...fields, ...crcField(payload, places, length)],
		length,
		...how(found, others, payload, problem, bytes[0] === hdlcFlag),
		...(found && found.sender !== 'either' ? { sender: found.sender } : {}),
		...(found?.due ? { due: found.due } : {}),
		...(problem === undefined ? {} : { problem }),
	};
}

/** The CRC as it stands before the last flag. */
function crcField(payload: Buffer, places: readonly number[], length: number): DecodedField[] {
	const offset = places[payload.length];
	if (payload.length === 0 || offset === undefined) return [];
	const value = crc16(payload);
	const shown = `0x${value.toString(16).padStart(4, '0')}`;
	const description = 'CRC-16/X-25 over the payload, as it should be.';
	const size = length - 1 - offset;
	return [
		{ name: 'CRC', type: 'u16', endian: 'little', offset, length: size, value, shown, description },
	];
}

/** Fields where they stand in the frame; an escaped byte is two there. */
const inFrame = (fields: readonly DecodedField[], places: readonly number[]): DecodedField[] =>
	fields.map((field) => {
		const offset = places[field.offset] ?? 0;
		const end = places[field.offset + field.length] ?? offset + field.length;
		return { ...field, offset, length: end - offset };
	});

function how(
	found: Message | undefined,
	others: readonly Message[],
	payload: Buffer,
	problem: string | undefined,
	isFlagged: boolean,
): Pick<MessageMatch, 'certainty' | 'because'> {
	const where = isFlagged ? 'is framed by 7E flags' : 'ends with a 7E flag';
	const command = payload.length > 0 ? `, command ${payload.toString('hex', 0, 1)}` : '';
	if (problem !== undefined) {
		const certainty = found ? 'guess' : 'none';
		return { certainty, because: `it ${where}${command}, but ${problem}` };
	}
	const framed = `it ${where} with the right CRC${command}`;
	if (!found) return { certainty: 'likely', because: `${framed}, which no table has` };
	const rivals = others.filter(({ protocol }) => protocol !== found.protocol);
	const because = `${framed}: ${found.protocol} ${found.name}`;
	if (rivals.length === 0) return { certainty: 'certain', because };
	const also = rivals.map(({ protocol, name }) => `${protocol} ${name}`).join(' or ');
	return { certainty: 'likely', because: `${because}; alone it may be ${also} too` };
}

/** What codes among the fields mean, when they are no success. */
export function advice(fields: readonly DecodedField[]): string {
	const code = fields.find((field) => field.code?.next)?.code;
	return code ? ` ${code.name}: ${code.means} Next: ${code.next}` : '';
}

/** What tells an UFWRITE from text while it is not whole; it counts afterwards too, or cuts would matter. */
const reserved = write.fields.find(({ name }) => name === 'reserved')!;

/** Undefined when the buffer begins with no UFWRITE. */
export function bareWrite(rest: Buffer): MessageMatch | NeedMoreBytes | undefined {
	if (rest[0] !== write.fields[0]!.preset) return undefined;
	const seen = rest.subarray(reserved.offset, reserved.offset + reserved.length);
	if (seen.some((byte) => byte !== 0)) return undefined;
	if (rest.length < write.length) return 'more';
	if (!isWrite(rest)) return undefined;
	return {
		protocol: write.protocol,
		name: write.name,
		description: write.description,
		fields: decode(write, rest.subarray(0, write.length)),
		certainty: 'certain',
		because: `${write.length} bytes, 27 and a CRC that is right: QDL UFWRITE`,
		sender: 'host',
		due: write.due!,
		length: write.length,
	};
}
