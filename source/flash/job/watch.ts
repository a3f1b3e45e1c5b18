import type { Host } from '../../host.ts';
import { ownFolder } from '../../own-files.ts';
import { isBegun, watchIfPossible } from '../../recording/file/follow.ts';
import { locksFolder } from '../../recording/file/places.ts';
import { runningJobs } from './lock.ts';
import type { Job } from './record.ts';

/** Wall milliseconds from a change among the locks to the look at them: a recording begins after its lock. */
const lookAfter = 100;

/**
 * Tells of the flash that runs on this host, and of those that begin while it looks, whoever starts
 * them; of one that runs it may tell again. Returns how to stop it. Where the system gives no watch,
 * only what runs already is told.
 */
export async function watchJobs(
	{ rehearsal }: Host,
	found: (job: Job) => void,
): Promise<() => void> {
	let timer: NodeJS.Timeout | undefined;
	let isOver = false;
	const look = async () => {
		timer = undefined;
		const here = (await runningJobs()).filter((job) => job.rehearsal === rehearsal);
		if (isOver) return;
		for (const job of here) {
			if (isBegun(job.recording)) found(job);
			else lookSoon();
		}
	};
	const lookSoon = () => {
		timer ??= setTimeout(() => void look(), lookAfter);
	};
	const watcher = watchLocks(lookSoon);
	await look();
	return () => {
		isOver = true;
		clearTimeout(timer);
		watcher?.close();
	};
}

function watchLocks(changed: () => void) {
	const folder = locksFolder();
	try {
		ownFolder(folder);
	} catch {
		// A flash could not take its lock there either.
	}
	return watchIfPossible(folder, changed);
}
