/**
 * How soon AT!BOOTHOLD is on the bus after a port has come, against a loop in a shell. RUNS is how many
 * comings are caught, BESIDE the dist/cli.js of another build that catches in turns with this one.
 */
import { test } from 'vitest';
import { catchAgain, catchOnce, modemscopeCatches, shellCatches } from '../../test/linux/catch.ts';
import { median } from '../measure.ts';
import { tell } from './tell.ts';

const runs = 20;
const comings = Number(process.env.RUNS ?? 0);
/** One process catches so many. */
const each = Math.min(50, comings);
/** Seconds: the window of the field case. */
const window = 2.4;

test.runIf(comings > 0)('the same modem again and again', { timeout: 7_000_000 }, async () => {
	const builds = ['dist/cli.js', ...(process.env.BESIDE ? [process.env.BESIDE] : [])];
	const times = builds.map((): number[] => []);
	for (let done = 0; done < comings; done += each) {
		for (const [index, cli] of builds.entries()) {
			const all = times[index]!;
			all.push(...(await catchAgain(each, done, cli)));
			const sorted = all.toSorted((a, b) => a - b);
			const at = (share: number) =>
				(sorted[Math.ceil(sorted.length * share) - 1]! * 1000).toFixed(0);
			const inTime = sorted.filter((time) => time < window).length;
			tell(
				`${cli}: first AT byte`,
				`${at(0.5)} ms median, 99 % in ${at(0.99)}, ${at(1)} at most; ${inTime} of ${all.length} in ${window} s`,
			);
		}
	}
});

test.skipIf(comings > 0).for([
	['modemscope at --catch', modemscopeCatches],
	['a shell that loops without a rest', shellCatches],
] as const)('%s', async ([name, waits]) => {
	const all: { windows: number; after: number }[] = [];
	for (let run = 0; run < runs; run++) all.push(await catchOnce(run, () => waits()));
	const first = all.filter(({ windows }) => windows === 1).length;
	const times = all.map(({ after }) => after * 1000);
	const [middle, last] = [median(times), Math.max(...times)].map((ms) => ms.toFixed(0));
	tell(
		`${name}: first AT byte`,
		`${middle} ms median, ${last} at most; ${first} of ${runs} in the first window`,
	);
});
