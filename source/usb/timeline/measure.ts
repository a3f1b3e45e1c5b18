/** Measures the life of a port between two moments. */
import type { Mode } from '../../modems/product.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { Span } from './spans.ts';

export type Range = { readonly from: number; readonly to: number };

export type Measured = {
	readonly what: Mode | 'gone';
	/** Seconds, in the order in which they were. */
	readonly times: readonly number[];
	readonly figures: Figures;
};

const startSeen = ({ found, untimed }: Span) => !found && !untimed;
const endSeen = ({ to, unseen, hostRestarted, untimed }: Span) =>
	to !== undefined && !unseen && !hostRestarted && !untimed;

/** When something came or went, as far as that was seen; oldest first, each moment once. */
export function changesOf(spans: readonly Span[]): number[] {
	const times = spans.flatMap((span) => [
		...(startSeen(span) ? [span.from] : []),
		...(endSeen(span) ? [span.to!] : []),
	]);
	return [...new Set(times)].sort((a, b) => a - b);
}

/**
 * How long it was in each mode, and gone. Only what began and ended between `from` and `to` counts,
 * and only where its beginning and its end were seen.
 */
export function measure(spans: readonly Span[], { from, to }: Range): Measured[] {
	const times = new Map<Measured['what'], number[]>();
	const count = (what: Measured['what'], begin: number, end: number) => {
		if (begin < from || end > to) return;
		const those = times.get(what);
		if (those) those.push(end - begin);
		else times.set(what, [end - begin]);
	};
	spans.forEach((span, index) => {
		const next = spans[index + 1];
		if (startSeen(span) && endSeen(span)) count(span.mode, span.from, span.to!);
		if (next && endSeen(span) && startSeen(next)) count('gone', span.to!, next.from);
	});
	return [...times].map(([what, each]) => ({ what, times: each, figures: figuresOf(each)! }));
}
