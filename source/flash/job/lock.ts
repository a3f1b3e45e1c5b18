import { readFile } from 'node:fs/promises';
import type { Host } from '../../host.ts';
import { lockDevice } from './device-lock.ts';
import { allRecords, createRecord, type Job, recordOf } from './record.ts';

/** The start of a process that runs, clock ticks after boot; undefined when none of that number does. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
	try {
		const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
		// The name, in brackets, may hold blanks; the state is field 3, the start time field 22.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		// What is dead and waits for its parent to notice runs no more.
		return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
	} catch {
		return undefined;
	}
}

export const isAlive = async ({
	pid,
	startTime,
}: Pick<Job, 'pid' | 'startTime'>): Promise<boolean> => (await startTimeOf(pid)) === startTime;

/**
 * Takes the lock of a modem for this process, under each name that its connector has, writes the
 * job's record, and returns it with how to give the lock back. Throws a Problem that names the
 * holder when another flash has it.
 */
export async function takeLock(
	wanted: Omit<Job, 'pid' | 'startTime'>,
	peer?: string,
): Promise<{ job: Job; release(): Promise<void> }> {
	const job: Job = {
		...wanted,
		pid: process.pid,
		startTime: (await startTimeOf(process.pid)) ?? '',
	};
	const { pid, model, path, rehearsal } = job;
	const paths = peer === undefined ? [path] : [path, peer];
	const release = await lockDevice(paths, rehearsal, { pid, model, path });
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
