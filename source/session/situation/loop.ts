import type { Loop } from '../../usb/timeline/loop.ts';
import type { Span } from '../../usb/timeline/spans.ts';
import type { Standing } from './standing.ts';

/** A modem in a boot loop: when it can be caught next. */
export function loopStanding(
	loop: Loop,
	last: Span,
	now: number,
	armed: string | undefined,
): Standing {
	return {
		state: 'looping',
		words: 'BOOT LOOP',
		grade: 'bad',
		says: `The modem starts, resets ${loop.up.toFixed(1)} s later, and starts again.`,
		countdown: windowSays(loop, last, now),
		next:
			armed === undefined
				? { action: 'arm', says: 'Arm AT!BOOTHOLD for the next window.' }
				: { action: 'wait', says: 'The armed command is sent in the next window.' },
	};
}

function windowSays({ up, period }: Loop, { from, to }: Span, now: number): string {
	const opensIn = from + period - now;
	if (to === undefined) return `Its window is open, for ${seconds(from + up - now)} more.`;
	return opensIn > 0
		? `Its next window opens in about ${seconds(opensIn)}.`
		: 'Its next window is due.';
}

const seconds = (time: number) => `${Math.max(0, time).toFixed(0)} s`;
