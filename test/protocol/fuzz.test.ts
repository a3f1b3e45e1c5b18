import { describe, expect, test } from 'vitest';
import { busy, heapUsed } from '../spent.ts';
import { fuzzOnce, talks } from './fuzz.ts';

/** Inputs a protocol; docs/protocols.md tells of MODEMSCOPE_FUZZ. */
const inputs = Number(process.env.MODEMSCOPE_FUZZ ?? 20_000);

describe(`${inputs} inputs a protocol`, () => {
	test.each(Object.entries(talks))(
		'%s: none throws, every byte is in one frame, and nothing stays behind',
		(name, say) => {
			const start = busy();
			let bytes = 0;
			for (let seed = 0; seed < inputs / 10; seed++) bytes += fuzzOnce(say, seed);
			const before = heapUsed();
			for (let seed = Math.ceil(inputs / 10); seed < inputs; seed++) bytes += fuzzOnce(say, seed);
			const grown = (heapUsed() - before) / 1e6;
			const seconds = (busy() - start) / 1000;
			if (process.env.MODEMSCOPE_FUZZ) {
				console.log(
					`${name}: ${inputs} inputs, ${bytes} bytes, ${seconds.toFixed(1)} s, heap grew by ${grown.toFixed(1)} MB`,
				);
			}
			expect(bytes).toBeGreaterThan(0);
			// Only what grows with the inputs would be more.
			expect(grown).toBeLessThan(50);
		},
		3_600_000,
	);
});
