/** A flash as steps that can be held against those of its rehearsal. */
import type { Event } from '../../events.ts';
import type { TrafficFrame } from '../../recording/log/traffic.ts';

export type GhostStep = {
	/** What it is, without values: two steps are the same when these are equal. */
	readonly kind: string;
	/** In a line for a person. */
	readonly text: string;
	/** It comes when a person has chosen, and not when the modem is ready. */
	readonly isOurs?: boolean;
	/** When it was, and its last repetition, seconds. */
	readonly t: number;
	until: number;
};

/** What a modem says by itself, in lines of its own choice, and AT, which is asked as it comes. */
const narration = new Set(['NMEA', 'DIAG', 'AT']);

export function stepOfFrame(frame: TrafficFrame): GhostStep | undefined {
	const { t, dir, protocol, name, payload } = frame;
	if (narration.has(protocol) || (protocol === 'Firehose' && name.startsWith('log'))) return;
	const arrow = dir === 'out' ? '->' : '<-';
	if (payload) return { kind: 'data', text: '-> bytes of the file', t, until: t };
	// Behind its first word a name tells values.
	const word = name.split(' ', 1)[0] ?? '';
	return {
		...{ kind: `${dir} ${protocol} ${word}`, text: `${arrow} ${protocol} ${word}` },
		...{ t, until: t },
	};
}

export function stepOfEvent(event: Event): GhostStep | undefined {
	const { t } = event;
	if (event.type === 'flash-phase') {
		const text = `${event.phase} ${event.state}`;
		// A rehearsal watches for a shorter time whether the modem stays up.
		const isOurs = text === 'check done';
		return { kind: `phase ${text}`, text, isOurs, t, until: t };
	}
	if (event.type !== 'flash-ended') return undefined;
	const text = event.exit === 0 ? 'the flash ends well' : 'the flash fails';
	return { kind: text, text, t, until: t };
}

/** Chunks come in as many rounds as the modem likes: steps that repeat themselves stand once. */
const longestRound = 3;

export function addStep(steps: GhostStep[], step: GhostStep): void {
	steps.push(step);
	for (let length = 1; length <= longestRound; length++) {
		const last = steps.slice(-length);
		const before = steps.slice(-2 * length, -length);
		if (before.length < length || !last.every(({ kind }, at) => kind === before[at]!.kind)) {
			continue;
		}
		before.forEach((each, at) => {
			each.until = last[at]!.until;
		});
		steps.length -= length;
		return;
	}
}
