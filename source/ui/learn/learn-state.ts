/** What the screen of a lesson shows, and what its keys do. */
import type { Lesson } from '../../learn/bench/lesson.ts';
import { LessonRun } from '../../learn/lesson-run.ts';
import { bestOf, type Passed, type Progress } from '../../learn/progress.ts';
import { TextInputState } from '../components/TextInput.tsx';
import type { Input } from '../terminal/key-parser.ts';
import { MouseMap } from '../terminal/mouse.ts';
import type { Appearance } from '../text/appearance.ts';

export type LearnOptions = {
	readonly lessons: readonly Lesson[];
	readonly progress: Progress;
	readonly appearance: Appearance;
	/** Keeps what was passed. */
	readonly save: (progress: Progress) => void;
	/** The time of the day, as ISO 8601. */
	readonly date: () => string;
	readonly requestRedraw: (pressed?: 'pressed') => void;
	readonly write: (sequence: string) => void;
	readonly quit: () => void;
};

/** Lines that are remembered, for the arrow keys. */
const remembered = 100;

export class LearnState {
	readonly lessons: readonly Lesson[];
	readonly appearance: Appearance;
	readonly mouse: MouseMap;
	progress: Progress;
	/** Counted from 0. */
	number = 0;
	run: LessonRun | undefined;
	line = new TextInputState();
	lower: 'arrows' | 'hex' = 'arrows';
	/** Rows, or frames in hex, that the lower pane is back from the newest. */
	back = 0;
	isHelping = false;
	readonly #options: LearnOptions;
	readonly #history: string[] = [];
	#recalled = 0;
	#isSaved = false;
	#isPassing = false;
	/** What went wrong where nobody waits for it. */
	failure: unknown;
	readonly #listeners = new Set<() => void>();
	#frame = 0;

	constructor(options: LearnOptions) {
		this.#options = options;
		this.lessons = options.lessons;
		this.appearance = options.appearance;
		this.progress = options.progress;
		this.mouse = new MouseMap(options.write);
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};
	readonly frame = (): number => this.#frame;
	readonly publish = (): void => {
		this.#frame += 1;
		for (const listener of this.#listeners) listener();
	};

	/** Opens a lesson with this learner's values. */
	async open(number: number): Promise<void> {
		const before = this.run;
		this.run = undefined;
		await before?.stop();
		const lesson = this.lessons[number]!;
		const run = await LessonRun.start(lesson, this.progress.seed + number);
		this.number = number;
		this.lower = run.exercise.shows ?? 'arrows';
		this.back = 0;
		this.#isSaved = false;
		this.run = run;
		this.#options.requestRedraw();
	}

	/** The first lesson that is not passed, or the last one. */
	get due(): number {
		const open = this.lessons.findIndex(({ name }) => !bestOf(this.progress, name));
		return open < 0 ? this.lessons.length - 1 : open;
	}

	/** Lets time pass on the bench, and keeps what was passed. */
	async pass(seconds: number): Promise<void> {
		const { run } = this;
		if (!run || this.#isPassing) return;
		this.#isPassing = true;
		try {
			const before = this.#print();
			await run.pass(seconds);
			if (run.isPassed && run === this.run) this.#keep(run);
			if (before !== this.#print()) this.#options.requestRedraw();
		} finally {
			this.#isPassing = false;
		}
	}

	readonly input = (input: Input): void => {
		if ('key' in input) this.key(input.key);
		else if ('paste' in input) this.line.paste(input.paste);
		this.#options.requestRedraw('pressed');
	};

	key(key: string): void {
		if (key === 'ctrl-c' || key === 'ctrl-d') this.#options.quit();
		else if (this.#closesHelp(key)) return;
		else if (key === 'enter') this.#enter();
		else if (key === 'tab') this.lower = this.lower === 'arrows' ? 'hex' : 'arrows';
		else if (key === 'up') this.#recall(-1);
		else if (key === 'down') this.#recall(1);
		else if (key === 'pageup') this.#look(1);
		else if (key === 'pagedown') this.#look(-1);
		else this.line.key(key);
	}

	/** Who has read enough types on: the first letter is not lost. */
	#closesHelp(key: string): boolean {
		if (!this.isHelping) return false;
		this.isHelping = false;
		return key.length > 1;
	}

	async end(): Promise<void> {
		this.mouse.end();
		await this.run?.stop();
	}

	#enter(): void {
		const line = this.line.text.trim();
		this.line.text = '';
		if (line === '') return;
		this.back = 0;
		if (this.#history.at(-1) !== line) this.#history.push(line);
		if (this.#history.length > remembered) this.#history.shift();
		this.#recalled = this.#history.length;
		const [verb, number] = line.split(/\s+/);
		if (verb === 'quit') this.#options.quit();
		else if (verb === 'help') this.isHelping = true;
		else this.#attempt(this.#do(verb, number, line));
	}

	#do(verb: string | undefined, number: string | undefined, line: string): Promise<void> {
		if (verb === 'next') return this.open(Math.min(this.number + 1, this.lessons.length - 1));
		// What was passed stays kept; this is another attempt at a medal.
		if (verb === 'again' && this.run?.isPassed) return this.open(this.number);
		const lesson = verb === 'lesson' ? this.lessons[Number(number) - 1] : undefined;
		if (lesson) return this.open(this.lessons.indexOf(lesson));
		return this.run?.type(line) ?? Promise.resolve();
	}

	#attempt(done: Promise<void>): void {
		done
			.catch((error: unknown) => {
				this.failure = error;
				this.#options.quit();
			})
			.finally(() => this.#options.requestRedraw());
	}

	/** Back to older frames, or on to newer ones. */
	#look(pages: number): void {
		const step = this.lower === 'hex' ? 1 : 3;
		const oldest = Math.max(0, (this.run?.bench.traffic.total ?? 0) - 1);
		this.back = Math.min(oldest, Math.max(0, this.back + pages * step));
	}

	#recall(by: number): void {
		const at = this.#recalled + by;
		if (at < 0 || at > this.#history.length) return;
		this.#recalled = at;
		this.line.text = this.#history[at] ?? '';
	}

	#keep(run: LessonRun): void {
		if (this.#isSaved) return;
		this.#isSaved = true;
		const passed: Passed = {
			lesson: run.lesson.name,
			at: this.#options.date(),
			medal: run.medal,
			failures: run.failures,
			lines: run.lines,
			seconds: Math.round(run.seconds),
		};
		this.progress = { ...this.progress, passed: [...this.progress.passed, passed] };
		this.#options.save(this.progress);
	}

	/** What would be seen to have changed. */
	#print(): string {
		const { run } = this;
		if (!run) return '';
		const { bench, tasks, said } = run;
		const states = tasks.map(({ isDone, failures, isHinted }) => `${isDone}${failures}${isHinted}`);
		const now = Math.floor(bench.clock.now());
		return `${now} ${bench.traffic.total} ${bench.log.at(bench.log.length - 1)?.t} ${said?.line} ${states}`;
	}
}
