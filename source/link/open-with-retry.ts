import type { Clock } from '../clock.ts';
import { exitCode, Problem } from '../problem.ts';
import type { Link } from './link.ts';
import { type OpenOptions, openPort } from './open.ts';

/** How often a port that cannot be opened yet is tried, and how long, seconds. */
const retryEvery = 0.02;
/** Its node may come after its device. */
const missingTimeout = 2;
/** It gets its group from udev after it came, and ModemManager looks into each new one for some seconds. */
const busyTimeout = 10;

/**
 * Opens a port that has just come, as `openPort` does, and waits until it may be opened. Throws the
 * last Problem when it may not in time, or when `signal` aborts.
 */
export async function openWithRetry(
	path: string,
	clock: Clock,
	{ signal, ...options }: OpenOptions & { readonly signal?: AbortSignal } = {},
): Promise<Link> {
	const began = clock.now();
	for (;;) {
		try {
			return await openPort(path, clock, options);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			const patience = error.exit === exitCode.noAccess ? busyTimeout : missingTimeout;
			if (signal?.aborted || clock.now() - began >= patience) throw error;
			await clock.sleep(retryEvery, signal);
		}
	}
}
