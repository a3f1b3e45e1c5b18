/** What a row of times is like: the one meaning of median and jitter for every screen. */

export type Figures = {
	readonly count: number;
	/** Seconds. */
	readonly min: number;
	readonly median: number;
	readonly max: number;
	/** How far a time was from the median at most, seconds. */
	readonly jitter: number;
};

/** Undefined where there is no time at all. */
export function figuresOf(times: readonly number[]): Figures | undefined {
	if (times.length === 0) return undefined;
	const middle = median(times);
	const min = Math.min(...times);
	const max = Math.max(...times);
	const jitter = Math.max(max - middle, middle - min);
	return { count: times.length, min, median: middle, max, jitter };
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Times that differ by less, seconds, are equal: no source knows better. */
const alike = 0.001;

/** How many times fall into each of so many equal parts of the range from the shortest to the longest. */
export function histogram(times: readonly number[], bins: number): number[] {
	const counts = new Array<number>(bins).fill(0);
	const min = Math.min(...times);
	const range = Math.max(...times) - min;
	const width = range < alike ? 0 : range / bins;
	for (const time of times) {
		const bin = width > 0 ? Math.min(bins - 1, Math.floor((time - min) / width)) : bins >> 1;
		counts[bin]! += 1;
	}
	return counts;
}
