import { describe, expect, it } from 'vitest';
import { lessons } from '../../source/learn/lessons/index.ts';
import { heapUsed } from '../spent.ts';
import { pass, take, typeIn } from './taking.ts';

const exam = lessons.at(-1)!;
const faultOf = (seed: number) => take(exam, seed).then((run) => run.exercise.modems[0]!.name);

describe.each(lessons)('lesson $name', (lesson) => {
	it.each([2, 77])(
		'is passed in the best way with gold, with the values of seed %i',
		async (seed) => {
			const run = await take(lesson, seed);
			await pass(run);
			expect(run.current?.task.says).toBeUndefined();
			expect(run.medal).toBe('gold');
			expect(run.failures).toBe(0);
		},
	);
});

describe('the exam', () => {
	it('has each of its faults for some learner, and is passed with each', async () => {
		const seeds = new Map<string, number>();
		for (let seed = 0; seeds.size < 3 && seed < 40; seed++) {
			const fault = await faultOf(seed);
			if (!seeds.has(fault)) seeds.set(fault, seed);
		}
		expect([...seeds.keys()].sort()).toEqual(['boot-loop', 'spoiled', 'stuck']);
		for (const [fault, seed] of seeds) {
			const run = await take(exam, seed);
			await pass(run);
			expect(run.isPassed, fault).toBe(true);
		}
	});

	it('says why the modem is broken when its power went in the silence, and its modem does not start', async () => {
		const run = await take(exam, 2);
		for (let task = run.current; task === run.tasks[0]; task = run.current) {
			for (const line of task!.task.best as string[]) await typeIn(run, line);
		}
		await typeIn(run, 'write');
		await typeIn(run, 'wait 5');
		await typeIn(run, 'power');
		expect(run.current?.mistake).toContain('it is broken');
		expect(run.bench.modem.starts).toBe(false);
		await typeIn(run, 'wait 300');
		expect(run.isPassed).toBe(false);
	});

	it('takes no other frames for evidence', async () => {
		const run = await take(exam, 2);
		while (run.tasks.indexOf(run.current!) < 3) {
			const { best } = run.current!.task;
			for (const line of best as string[]) await typeIn(run, line);
		}
		await typeIn(run, 'cite 2 2');
		expect(run.isPassed).toBe(false);
		expect(run.current?.mistake).toContain('Frame 2 shows none of the three');
	});
});

describe('a class of thirty', () => {
	it('takes a lesson on one host without a port, a socket or a timer, in bounded memory', async () => {
		const before = heapUsed();
		const runs = await Promise.all(
			Array.from({ length: 30 }, (_, seed) => take(lessons[seed % lessons.length]!, seed)),
		);
		// An hour, with lines in it.
		for (let minute = 0; minute < 12; minute++) {
			await Promise.all(runs.map((run) => typeIn(run, 'open ttyUSB2')));
			await Promise.all(runs.map((run) => run.pass(300)));
		}
		const kinds = process.getActiveResourcesInfo().filter((name) => /TCP|Pipe|UDP/.test(name));
		expect(kinds.length).toBeLessThanOrEqual(vitestPipes);
		const grown = (heapUsed() - before) / 1024 / 1024;
		expect(grown).toBeLessThan(100);
		for (const { bench } of runs) expect(bench.log.length).toBeLessThanOrEqual(2000);
	});
});

/** Those that the test runner itself has. */
const vitestPipes = process
	.getActiveResourcesInfo()
	.filter((name) => /TCP|Pipe|UDP/.test(name)).length;
