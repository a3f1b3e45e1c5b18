import { exitCode } from '../../problem.ts';
import { recordingsFolder } from '../../recording/file/places.ts';
import { removeOldest, retentionSet } from '../../recording/file/retention.ts';
import { allRecords } from './record.ts';

/**
 * Makes room for a new recording; those of a flash that runs, or did not end well, stay. Never throws:
 * returns the names of what was removed.
 */
export async function pruneRecordings(): Promise<string[]> {
	try {
		const jobs = await allRecords();
		const keep = jobs
			.filter(({ ended }) => ended?.exit !== exitCode.done)
			.flatMap(({ recording, previous }) => [recording, previous ?? []].flat());
		return removeOldest(recordingsFolder(), new Set(keep), retentionSet());
	} catch {
		// No folder yet, or one that is not to be read: there is nothing to remove.
		return [];
	}
}
