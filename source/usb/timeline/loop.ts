/** What a boot loop is like, from the early deaths in a row that make it. */
import { median } from './figures.ts';

export type Loop = {
	/** Medians, seconds: how long it is there, and how long it is gone. */
	readonly up: number;
	readonly down: number;
	/** The median from one coming to the next, seconds. */
	readonly period: number;
	/** The part of the period in which it is there, 0 to 1. */
	readonly duty: number;
	/** How far a period was from the median at most, seconds. */
	readonly jitter: number;
	/** Starts that ended in a reset, one after the other. */
	readonly cycles: number;
};

/**
 * `deaths` are the last of `cycles` in all; one alone is no loop. Of one that was found, and not seen to
 * come, the end counts and not the beginning.
 */
export function loopOf(
	deaths: readonly { from: number; to: number | undefined; found?: true }[],
	cycles: number,
): Loop | undefined {
	if (deaths.length < 2) return undefined;
	const ups = deaths.filter(({ found }) => !found).map(({ from, to = from }) => to - from);
	const later = deaths.slice(1);
	const downs = later.map(({ from }, index) => from - deaths[index]!.to!);
	const periods = later.flatMap(({ from }, index) => {
		const before = deaths[index]!;
		return before.found ? [] : [from - before.from];
	});
	const period = periods.length > 0 ? median(periods) : median(ups) + median(downs);
	return {
		up: median(ups),
		down: median(downs),
		period,
		duty: period > 0 ? Math.min(1, median(ups) / period) : 1,
		jitter: Math.max(0, ...periods.map((each) => Math.abs(each - period))),
		cycles,
	};
}
