import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';

type Sleeper = { readonly due: number; readonly wake: () => void };

/** Turns of the event loop that what was woken may take: a stream between two ends needs a few. */
const turns = 4;
/** Wall milliseconds that a file may take: a disk that hangs holds up no lesson for ever. */
const longestOnDisk = 10_000;
/** So often it is looked at without a pause. */
const quickRounds = 20;

/**
 * The clock of a lesson: time passes when it is told to, and nobody misses a moment of it, however
 * busy the host. A lesson that waits costs nothing, and thirty of them have no timers.
 */
export class LessonClock implements Clock {
	readonly speed = 1;
	#now = 0;
	readonly #sleepers = new Set<Sleeper>();

	readonly now = (): number => this.#now;

	readonly sleep = (seconds: number, signal?: AbortSignal): Promise<void> =>
		new Promise((resolve) => {
			if (signal?.aborted) return resolve();
			const wake = () => {
				this.#sleepers.delete(sleeper);
				signal?.removeEventListener('abort', wake);
				resolve();
			};
			const sleeper = { due: this.#now + seconds, wake };
			this.#sleepers.add(sleeper);
			signal?.addEventListener('abort', wake, { once: true });
		});

	readonly every = (seconds: number, task: () => void): (() => void) => {
		const stop = new AbortController();
		const repeat = async () => {
			for (;;) {
				await this.sleep(seconds, stop.signal);
				if (stop.signal.aborted) return;
				task();
			}
		};
		void repeat();
		return () => stop.abort();
	};

	/** Lets time pass: each sleeper wakes at its own moment, and does what it will before the next one. */
	async advance(seconds: number): Promise<void> {
		const end = this.#now + seconds;
		await settled();
		for (;;) {
			const next = this.#next();
			if (!next || next.due > end) break;
			this.#now = Math.max(this.#now, next.due);
			next.wake();
			await settled();
		}
		this.#now = end;
	}

	#next(): Sleeper | undefined {
		let next: Sleeper | undefined;
		for (const sleeper of this.#sleepers) if (!next || sleeper.due < next.due) next = sleeper;
		return next;
	}
}

/** What was woken has done all that it can do without time; the image that a loader receives is a file. */
async function settled(): Promise<void> {
	const end = performance.now() + longestOnDisk;
	for (let round = 0; ; round++) {
		for (let turn = 0; turn < turns; turn++) await nextTurn();
		if (!hasFilesToWaitFor() || performance.now() > end) return;
		// A disk that takes long is not asked all the time.
		if (round > quickRounds) await wait(1);
	}
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const hasFilesToWaitFor = () =>
	process.getActiveResourcesInfo().some((name) => /^FSReq|^CloseReq/.test(name));
