import type { Clock } from '../../source/clock.ts';

type Waiting = { due: number; wake: () => void };

/**
 * A clock whose time passes only when nothing else is left to do: no second is waited for, and none
 * is missed on a busy machine. It waits for files, and not for sockets.
 */
export function steppingClock(): Clock {
	let now = 0;
	let stepping = false;
	const waiting = new Set<Waiting>();
	const step = () => {
		if (stepping) return;
		stepping = true;
		// Two turns, for what the first one may still set going.
		setImmediate(() => setImmediate(advance));
	};
	const advance = () => {
		if (process.getActiveResourcesInfo().some((name) => /^FSReq|^CloseReq/.test(name))) {
			return setImmediate(() => setImmediate(advance));
		}
		stepping = false;
		const next = [...waiting].sort((a, b) => a.due - b.due)[0];
		if (!next) return;
		waiting.delete(next);
		now = next.due;
		next.wake();
		step();
	};
	const sleep: Clock['sleep'] = (seconds, signal) =>
		new Promise((resolve) => {
			if (signal?.aborted) return resolve();
			const entry = { due: now + seconds, wake: resolve };
			waiting.add(entry);
			signal?.addEventListener(
				'abort',
				() => {
					waiting.delete(entry);
					resolve();
				},
				{ once: true },
			);
			step();
		});
	return {
		speed: 1,
		now: () => now,
		sleep,
		every: (seconds, task) => {
			const stop = new AbortController();
			const repeat = async () => {
				while (!stop.signal.aborted) {
					await sleep(seconds, stop.signal);
					if (!stop.signal.aborted) task();
				}
			};
			void repeat();
			return () => stop.abort();
		},
	};
}
