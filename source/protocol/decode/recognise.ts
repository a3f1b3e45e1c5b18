/** Which protocol a stream of unknown kind speaks, how sure that is, and why. */

import { brokenOff, messageAt } from './message-at.ts';
import type { Certainty } from './message-match.ts';

export type Recognised = {
	readonly protocol: string;
	readonly name: string;
	readonly certainty: Certainty;
	readonly because: string;
	/** Where the message that told it begins, bytes. */
	readonly at: number;
	/** Who sends such a message, when that is certain. */
	readonly sender?: 'host' | 'modem' | undefined;
};

const ranks: Readonly<Record<Certainty, number>> = { certain: 3, likely: 2, guess: 1, none: 0 };
/** Messages that are looked at; junk before them does not count against them. */
const mostLooks = 64;

/** The surest of the first messages in `bytes`; the first of equals. */
export function recognise(bytes: Uint8Array): Recognised {
	let best: Recognised = {
		protocol: '?',
		name: '0 bytes',
		certainty: 'none',
		because: 'there are no bytes',
		at: 0,
	};
	let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	for (
		let looks = 0;
		rest.length > 0 && looks < mostLooks && best.certainty !== 'certain';
		looks++
	) {
		const whole = messageAt(rest);
		const { protocol, name, certainty, because, sender, length } =
			whole === 'more' ? brokenOff(rest) : whole;
		const at = bytes.length - rest.length;
		if (ranks[certainty] > ranks[best.certainty] || (looks === 0 && certainty === 'none')) {
			best = { protocol, name, certainty, because, at, sender };
		}
		rest = rest.subarray(length);
	}
	return best;
}
