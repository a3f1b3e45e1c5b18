import { createJitter } from '../../simulator/device/jitter.ts';

/** Values that differ from learner to learner, and stay the same for one. */
export type Draw = {
	/** A number of this many decimals, from and to included. */
	readonly number: (from: number, to: number, decimals?: number) => number;
	readonly one: <T>(of: readonly T[]) => T;
	readonly shuffled: <T>(of: readonly T[]) => T[];
};

export function createDraw(seed: number): Draw {
	const jitter = createJitter(seed);
	const number: Draw['number'] = (from, to, decimals = 0) => {
		const steps = 10 ** decimals;
		return Math.min(to, Math.floor(jitter(from * steps, to * steps + 1)) / steps);
	};
	return {
		number,
		one: (of) => of[number(0, of.length - 1)]!,
		shuffled: (of) => {
			const left = [...of];
			return of.map(() => left.splice(number(0, left.length - 1), 1)[0]!);
		},
	};
}

/** The seed of a name (FNV-1a). */
export function seedOf(name: string): number {
	let hash = 0x811c9dc5;
	for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
	return hash;
}
