import { Problem } from '../problem.ts';
import { Bench, type Mark } from './bench/bench.ts';
import { createDraw } from './bench/draw.ts';
import type { Exercise, Lesson, Task } from './bench/lesson.ts';
import { doVerb } from './bench/verbs.ts';
import type { Medal } from './progress.ts';

/** Failures after which the hint of a task is shown. */
const failuresToHint = 2;
/** How many times as fast time passes while a line waits. */
const hurry = 10;

export type TaskState = {
	readonly task: Task;
	isDone: boolean;
	failures: number;
	/** What went wrong last. */
	mistake: string | undefined;
	isHinted: boolean;
	/** The lines that would have done it. */
	best: readonly string[];
};

/** What a learner typed, and what came of it. */
export type Said = { readonly line: string; readonly says: string; readonly isWrong: boolean };

/** One lesson, taken by one learner. */
export class LessonRun {
	readonly lesson: Lesson;
	readonly exercise: Exercise;
	readonly tasks: readonly TaskState[];
	bench: Bench;
	/** The last line and its answer. */
	said: Said | undefined;
	/** Lines that did something, `wait` not counted. */
	lines = 0;
	/** How often it was begun anew. */
	restarts = 0;
	/** Seconds of the modem's time, all attempts together. */
	#before = 0;
	readonly #seed: number;
	#mark: Mark;
	/** Mistakes of the current task that are counted already. */
	#counted: readonly string[] = [];
	#ending: Promise<void> | undefined;

	private constructor(lesson: Lesson, seed: number) {
		this.lesson = lesson;
		this.#seed = seed;
		this.exercise = lesson.prepare(createDraw(seed));
		this.bench = new Bench(this.exercise, seed);
		this.#mark = this.bench.mark;
		this.tasks = this.exercise.tasks.map((task) => ({
			...{ task, isDone: false, failures: 0, isHinted: false, best: [] },
			mistake: undefined,
		}));
	}

	static async start(lesson: Lesson, seed: number): Promise<LessonRun> {
		const run = new LessonRun(lesson, seed);
		await run.bench.start();
		run.#mark = run.bench.mark;
		return run;
	}

	get current(): TaskState | undefined {
		return this.tasks.find(({ isDone }) => !isDone);
	}

	get isPassed(): boolean {
		return this.current === undefined;
	}

	get failures(): number {
		return this.tasks.reduce((sum, { failures }) => sum + failures, 0);
	}

	/** Seconds of the modem's time. */
	get seconds(): number {
		return this.#before + this.bench.clock.now();
	}

	get medal(): Medal {
		const least = this.tasks
			.flatMap(({ best }) => best)
			.filter((line) => !line.startsWith('wait')).length;
		const isHelped = this.restarts > 0 || this.tasks.some(({ isHinted }) => isHinted);
		if (isHelped || this.failures > 1) return 'bronze';
		return this.failures === 0 && this.lines <= least ? 'gold' : 'silver';
	}

	/**
	 * Resolves when what the line does is done; time must be let pass meanwhile. A semicolon and a space
	 * stand between several, as the best way is shown; without the space it belongs to an AT command.
	 */
	async type(line: string): Promise<void> {
		for (const part of line.split(/;\s+/)) {
			const { bench } = this;
			const isDone = await this.#do(part);
			if (!isDone || bench !== this.bench) return;
		}
	}

	/** Whether it could be done. */
	async #do(line: string): Promise<boolean> {
		const { bench } = this;
		const verb = line.trim().split(/\s+/)[0];
		if (verb === 'again' || verb === 'hint') {
			if (verb === 'again') await this.again();
			else this.#showHint();
			return true;
		}
		if (verb !== 'wait') this.lines += 1;
		try {
			const says = await doVerb(bench, line);
			// The learner may have begun anew meanwhile.
			if (bench === this.bench) this.said = { line, says, isWrong: false };
			return true;
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			this.said = { line, says: error.message, isWrong: true };
			return false;
		}
	}

	/** Lets time pass, ten times as much while a line waits, and judges what was seen. */
	async pass(seconds: number): Promise<void> {
		const { bench } = this;
		const left = bench.hurryUntil - bench.clock.now();
		await bench.pass(left > seconds ? Math.min(left, seconds * hurry) : seconds);
		if (bench === this.bench) this.#judge();
	}

	/** The same modem with the same values, from the start. What was failed stays counted. */
	async again(): Promise<void> {
		const old = this.bench;
		this.#before += old.clock.now();
		this.restarts += 1;
		this.bench = new Bench(this.exercise, this.#seed);
		this.said = { line: 'again', says: 'The lesson begins anew.', isWrong: false };
		this.#counted = [];
		for (const state of this.tasks) {
			state.isDone = false;
			state.mistake = undefined;
		}
		await this.bench.start();
		this.#mark = this.bench.mark;
		await old.stop();
	}

	stop(): Promise<void> {
		this.#ending ??= this.bench.stop();
		return this.#ending;
	}

	#showHint(): void {
		const { current } = this;
		if (current) current.isHinted = true;
		const says = current ? 'It stands below its task.' : 'Every task is done.';
		this.said = { line: 'hint', says, isWrong: false };
	}

	#judge(): void {
		for (let state = this.current; state; state = this.current) {
			const { task } = state;
			const seen = this.bench.seen(this.#mark);
			const blocked = task.blocked?.(seen);
			if (blocked !== undefined || !task.done(seen)) {
				const wrong = task.wrong?.(seen) ?? [];
				const fresh = without(wrong, this.#counted);
				// One line may do much that is wrong: it is one failure.
				if (fresh.length > 0) state.failures += 1;
				state.mistake = blocked ?? fresh.at(-1) ?? state.mistake;
				this.#counted = wrong;
				if (state.failures >= failuresToHint) state.isHinted = true;
				return;
			}
			state.isDone = true;
			state.best = typeof task.best === 'function' ? task.best(seen) : task.best;
			this.#mark = this.bench.mark;
			this.#counted = [];
		}
	}
}

/** Those of a list that are not in the older one; a sentence may be in each several times. */
function without(list: readonly string[], older: readonly string[]): string[] {
	const left = [...older];
	return list.filter((each) => {
		const index = left.indexOf(each);
		if (index >= 0) left.splice(index, 1);
		return index < 0;
	});
}
