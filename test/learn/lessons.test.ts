import { describe, expect, it } from 'vitest';
import type { LessonRun } from '../../source/learn/lesson-run.ts';
import { lessons } from '../../source/learn/lessons/index.ts';
import { heapUsed } from '../spent.ts';
import { bestLines, pass, take, typeIn } from './taking.ts';

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

const named = (name: string) => take(lessons.find((lesson) => lesson.name === name)!);

describe('a line', () => {
	it('may hold several verbs, as the best way is shown, and ends at the first that fails', async () => {
		const run = await named('missed-hello');
		await typeIn(run, 'open ttyUSB6; wait 11');
		expect(run.tasks[0]?.isDone).toBe(true);
		await typeIn(run, 'words 2 48 2 1 0 3 0*6; opne ttyUSB6; words 7 8');
		expect(run.said).toMatchObject({ line: 'opne ttyUSB6', isWrong: true });
		expect(run.bench.openPort).toBe('ttyUSB6');
		expect(run.lines).toBe(3);
	});

	it('keeps a semicolon of an AT command', async () => {
		const run = await named('two-faces');
		await typeIn(run, `${bestLines(run)[0]};+CGMM`);
		expect(run.said?.says).toBe('ATI;+CGMM was sent.');
	});

	it('is one failure, whatever it does wrong', async () => {
		const run = await named('qdl');
		for (const line of run.tasks[0]!.task.best as string[]) await typeIn(run, line);
		await typeIn(run, (run.tasks[1]!.task.best as string[])[1]!);
		await typeIn(run, 'ufwrite');
		expect(run.current?.mistake).toMatch(/^The loader refused/);
		expect(run.failures).toBe(1);
	});

	it('names no verb that is not there for later, and cites no frame that is not there', async () => {
		const run = await named('the-loop');
		await typeIn(run, 'after went 2 opne ttyUSB4');
		expect(run.said?.says).toContain('There is no "opne" here.');
		await typeIn(run, 'cite 3');
		expect(run.said?.says).toBe('There is no frame 3; the last one is 0.');
	});
});

describe('a modem that can no longer do what a task needs', () => {
	const loaderIn = (run: LessonRun) =>
		run.bench.devices.find((each) => each?.pid === '68c0' && each.interfaces.length === 1)!
			.interfaces[0]!.nodes[0]!;

	it('is said to be spoiled by the newest mistake, and by the task that needs it', async () => {
		const run = await named('two-faces');
		await typeIn(run, 'open ttyUSB2');
		await typeIn(run, `at ${loaderIn(run)} ATI`);
		await run.pass(2);
		expect(run.current?.mistake).toContain('bytes that it did not expect');
		for (const line of run.tasks[0]!.task.best as string[]) await typeIn(run, line);
		expect(run.tasks.indexOf(run.current!)).toBe(1);
		await typeIn(run, `open ${loaderIn(run)}`);
		expect(run.current?.mistake).toContain('Type "again"');
		await typeIn(run, 'again');
		await pass(run);
		expect(run.isPassed).toBe(true);
	});

	it('does not pass for one that was answered well', async () => {
		const run = await named('hello');
		await typeIn(run, bestLines(run).join('; '));
		await typeIn(run, 'words 2 48 2 1 0 3');
		await typeIn(run, 'words 2 48 2 1 0 3 0*6');
		expect(run.tasks.indexOf(run.current!)).toBe(1);
		expect(run.current?.mistake).toContain('Type "again"');
	});

	it('is told by what it is refused for in HELLO_RSP, and may have the oldest version of its HELLO', async () => {
		const run = await named('hello');
		await typeIn(run, bestLines(run).join('; '));
		await typeIn(run, 'words 2 48 2 1 0 0 0*6');
		expect(run.current?.mistake).toBe('You asked for mode 0; its HELLO has mode 3.');
		await typeIn(run, 'words 2 48 3 1 0 3 0*6');
		expect(run.current?.mistake).toBe('You said version 3; its HELLO has 2, and takes 1.');
		await typeIn(run, 'words 2 48 1 2 0 3 0*6');
		expect(run.current?.mistake).toBe('You said version 1, and that you take none before 2.');
		await typeIn(run, 'words 2 48 1 1 0 3 0*6');
		expect(run.tasks[1]?.isDone).toBe(true);
		expect(run.exercise.text.join(' ')).toContain('may be any from its oldest to its own');
	});

	it('takes a HELLO that was heard before its task', async () => {
		const run = await named('two-faces');
		const port = loaderIn(run);
		await typeIn(run, `open ${port}; wait 2`);
		for (const line of run.tasks[0]!.task.best as string[]) await typeIn(run, line);
		await typeIn(run, `open ${port}`);
		expect(run.tasks[1]?.isDone).toBe(true);
	});

	it.each(['hello', 'firehose', 'qdl'])(
		'has no loader when its application started: %s',
		async (name) => {
			const run = await named(name);
			await typeIn(run, 'power; wait 60');
			expect(run.current?.mistake).toContain('The application runs now');
			await typeIn(run, 'again');
			await pass(run);
			expect(run.isPassed).toBe(true);
		},
	);

	it('was not silent after a RESET', async () => {
		const run = await named('missed-hello');
		await typeIn(run, 'open ttyUSB6; wait 1; words 7 8');
		expect(run.current?.mistake).toContain('The port was not silent');
	});
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
