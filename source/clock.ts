/**
 * The one clock of a process. Everything that waits or stamps a time asks it, so that a rehearsal
 * can run faster than life: `speed` is how many modem seconds pass in one second of the wall.
 */
export type Clock = {
	readonly speed: number;
	/** Seconds since this clock was made, on the modem's time; to the microsecond, as recordings keep them. */
	now(): number;
	/** Waits `seconds` of the modem's time; returns early, without an error, when `signal` aborts. */
	sleep(seconds: number, signal?: AbortSignal): Promise<void>;
	/** Calls `task` every `seconds` of the modem's time until the returned function is called. */
	every(seconds: number, task: () => void): () => void;
};

/**
 * Wall milliseconds: a timer that rings so late belongs to a process that was stopped (SIGSTOP), or had no
 * turn; and how long it then waits for what came meanwhile, which Node looks at after its timers.
 */
const late = 200;
const catchUp = 50;

export function createClock(speed = 1): Clock {
	const start = performance.now();
	const wallMilliseconds = (seconds: number) => (seconds * 1000) / speed;
	return {
		speed,
		now: () => Math.round((performance.now() - start) * 1000 * speed) / 1e6,
		sleep: (seconds, signal) =>
			new Promise((resolve) => {
				if (signal?.aborted) return resolve();
				const done = () => {
					clearTimeout(timer);
					signal?.removeEventListener('abort', done);
					resolve();
				};
				const due = performance.now() + wallMilliseconds(seconds);
				const ring = () => {
					if (performance.now() - due < late) return done();
					timer = setTimeout(done, catchUp);
				};
				let timer = setTimeout(ring, wallMilliseconds(seconds));
				signal?.addEventListener('abort', done, { once: true });
			}),
		every: (seconds, task) => {
			const timer = setInterval(task, wallMilliseconds(seconds));
			return () => clearInterval(timer);
		},
	};
}

/**
 * A wall time as `Date.toISOString` writes it, which asks V8 for the name of the local time zone, though it
 * says none: 1 MB of ICU.
 */
export function isoTime(wall = Date.now()): string {
	const at = new Date(wall);
	const digits = (value: number, count = 2) => String(value).padStart(count, '0');
	const date = [
		digits(at.getUTCFullYear(), 4),
		digits(at.getUTCMonth() + 1),
		digits(at.getUTCDate()),
	];
	const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map((part) =>
		digits(part),
	);
	return `${date.join('-')}T${time.join(':')}.${digits(at.getUTCMilliseconds(), 3)}Z`;
}
