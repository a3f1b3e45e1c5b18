import type { Clock } from '../../clock.ts';
import type { Emit, FlashPhase } from '../../events.ts';
import { stopped } from './outcomes/loader.ts';
import type { Transport } from './transport.ts';
import type { Ways } from './ways.ts';

/** What the steps of a flash are given to work with and to talk through. */
export type FlashContext = {
	readonly clock: Clock;
	readonly emit: Emit;
	/** Aborts when a person asked to stop; the steps heed it at their safe points. */
	readonly stop: AbortSignal;
	/** How a person brings this modem into its loader, and out of it. */
	readonly ways: Ways;
	/** Resolves when the disk has what was said so far, or takes too long. */
	readonly recorded?: () => Promise<void>;
	/** How to reach the loader; over its tty, where this is missing. */
	readonly transport?: Transport;
};

export const phase = (
	{ emit }: FlashContext,
	name: FlashPhase,
	state: 'running' | 'done' | 'failed',
	detail?: string,
): void =>
	emit('flash', {
		type: 'flash-phase',
		phase: name,
		state,
		...(detail === undefined ? {} : { detail }),
	});

export const note = ({ emit }: FlashContext, text: string): void =>
	emit('flash', { type: 'note', text });

/** A safe point: nothing has been written yet. */
export function stopIfRequested({ stop, ways }: FlashContext): void {
	if (stop.aborted) throw stopped(ways);
}
