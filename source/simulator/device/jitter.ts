/** A number between two, for times that are never quite the same on a real modem. */
export type Jitter = (from: number, to: number) => number;

/** The same numbers in every run with the same seed (mulberry32). */
export function createJitter(seed: number): Jitter {
	let state = seed;
	return (from, to) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return from + (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (to - from);
	};
}
