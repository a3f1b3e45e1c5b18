import { onTestFinished } from 'vitest';
import type { Lesson } from '../../source/learn/bench/lesson.ts';
import { LessonRun } from '../../source/learn/lesson-run.ts';

export async function take(lesson: Lesson, seed = 1): Promise<LessonRun> {
	const run = await LessonRun.start(lesson, seed);
	onTestFinished(() => run.stop());
	return run;
}

/** Types a line and lets time pass until it is done, and a moment more for the answer. */
export async function typeIn(run: LessonRun, line: string): Promise<void> {
	let isDone = false;
	const typed = run.type(line).finally(() => {
		isDone = true;
	});
	while (!isDone) await run.pass(0.1);
	await typed;
	await run.pass(0.3);
}

export const bestLines = (run: LessonRun): readonly string[] => {
	const best = run.current?.task.best ?? [];
	return typeof best === 'function' ? best(run.bench.seen({ told: 0, frames: 0, cited: 0 })) : best;
};

/** Takes every task in the best way. */
export async function pass(run: LessonRun): Promise<void> {
	for (let state = run.current; state; state = run.current) {
		for (const line of bestLines(run)) await typeIn(run, line);
		if (run.current === state) return;
	}
}
