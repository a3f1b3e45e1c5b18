import { expect, test } from 'vitest';
import { catchOnce, modemscopeCatches } from './catch.ts';
import { isFull } from './full.ts';

const runs = isFull ? 20 : 3;

test(`a window of 2.4 s is caught the first time, ${runs} times of ${runs}`, async () => {
	const times: number[] = [];
	for (let run = 0; run < runs; run++) {
		const { windows, after, said } = await catchOnce(run, modemscopeCatches);
		if (isFull) expect(windows, said.join('\n')).toBe(1);
		times.push(after);
	}
	times.sort((a, b) => a - b);
	console.log(`first AT byte after ${times.map((time) => Math.round(time * 1000)).join(' ')} ms`);
	if (isFull) expect(times[runs >> 1]).toBeLessThanOrEqual(0.1);
}, 900_000);
