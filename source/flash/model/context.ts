import type { Clock } from '../../clock.ts';
import type { Emit, FlashPhase } from '../../events.ts';
import { exitCode, Problem } from '../../problem.ts';
import type { Transport } from './transport.ts';

/** What the steps of a flash are given to work with and to talk through. */
export type FlashContext = {
	readonly clock: Clock;
	readonly emit: Emit;
	/** Aborts when a person asked to stop; the steps heed it at their safe points. */
	readonly stop: AbortSignal;
	/** How a person brings this modem back to where it takes a flash, where that is not TP1. */
	readonly again?: string;
	/** What a loader is spoken to over; its tty, where nothing is said. */
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
export function stopIfRequested({ stop, again }: FlashContext): void {
	if (!stop.aborted) return;
	throw new Problem(exitCode.interrupted, 'Stopped, as asked.', {
		modem: 'Nothing was written; the modem is as it was.',
		next: again ?? 'power cycle it, with TP1 low if it is to be flashed again.',
	});
}
