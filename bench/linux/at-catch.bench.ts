/** How soon AT!BOOTHOLD is on the bus after a port has come, against a loop in a shell. */
import { test } from 'vitest';
import { catchOnce, modemscopeCatches, shellCatches } from '../../test/linux/catch.ts';
import { median } from '../measure.ts';
import { tell } from './tell.ts';

const runs = 20;

test.for([
	['modemscope at --catch', modemscopeCatches],
	['a shell that loops without a rest', shellCatches],
] as const)('%s', async ([name, waits]) => {
	const all: { windows: number; after: number }[] = [];
	for (let run = 0; run < runs; run++) all.push(await catchOnce(run, waits));
	const first = all.filter(({ windows }) => windows === 1).length;
	const times = all.map(({ after }) => after * 1000);
	const [middle, last] = [median(times), Math.max(...times)].map((ms) => ms.toFixed(0));
	tell(
		`${name}: first AT byte`,
		`${middle} ms median, ${last} at most; ${first} of ${runs} in the first window`,
	);
});
