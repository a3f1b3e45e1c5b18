import type { Host } from '../../host.ts';
import { type LockedHost, lockDevice } from './device-lock.ts';
import { isAlive, startTimeOf } from './process-start.ts';
import { allRecords, createRecord, type Job, recordOf } from './record.ts';

/**
 * Takes the lock of a modem for this process, under each name that its connector has, writes the
 * job's record, and returns it with how to give the lock back. Throws a Problem that names the
 * holder when another flash has it.
 */
export async function takeLock(
	wanted: Omit<Job, 'pid' | 'startTime' | 'rehearsal'>,
	host: LockedHost,
	peer?: string,
): Promise<{ job: Job; release(): Promise<void> }> {
	const job: Job = {
		...wanted,
		...(host.rehearsal === undefined ? {} : { rehearsal: host.rehearsal }),
		pid: process.pid,
		startTime: (await startTimeOf(process.pid)) ?? '',
	};
	const { pid, model, path } = job;
	const paths = peer === undefined ? [path] : [path, peer];
	const release = await lockDevice(paths, host, { pid, model, path });
	try {
		await createRecord(job);
		return { job, release };
	} catch (error) {
		await release();
		throw error;
	}
}

/** Every flash that this user runs now. */
export async function runningJobs(): Promise<Job[]> {
	const jobs = await allRecords();
	const alive = await Promise.all(jobs.map(isRunning));
	return jobs.filter((_, index) => alive[index]);
}

export const isRunning = async (job: Job): Promise<boolean> =>
	job.ended === undefined && (await isAlive(job));

/** The flash that runs on this modem, if this user runs one. */
export async function jobOf(host: Host, path: string): Promise<Job | undefined> {
	const job = await recordOf(host, path);
	return job && (await isRunning(job)) ? job : undefined;
}
