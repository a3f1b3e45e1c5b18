import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Host } from '../host.ts';
import { exitCode, Problem } from '../problem.ts';
import { locksFolder } from '../recording/places.ts';

const job = v.object({
	pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
	/** When that process started, clock ticks after boot: a pid alone may be another one's by now. */
	born: v.string(),
	/** The USB port path of the modem. */
	path: v.string(),
	rehearsal: v.optional(v.string()),
	file: v.string(),
	model: v.string(),
	recording: v.string(),
});
/** A flash that runs in a process of its own. */
export type Job = v.InferOutput<typeof job>;

/** One lock a modem, whatever its node is called today. */
const lockPath = ({ path, rehearsal }: Pick<Job, 'path' | 'rehearsal'>) =>
	join(locksFolder(), `${`${rehearsal ?? 'usb'}-${path}`.replace(/[^\w.-]+/g, '-')}.json`);

export async function bornOf(pid: number): Promise<string | undefined> {
	try {
		const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
		// The name, in brackets, may hold blanks; the start time is field 22.
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
	} catch {
		return undefined;
	}
}

export const isAlive = async ({ pid, born }: Pick<Job, 'pid' | 'born'>): Promise<boolean> =>
	(await bornOf(pid)) === born;

/**
 * Takes the lock of a modem for this process and returns how to give it back. Throws a Problem that
 * names the holder when another flash has it.
 */
export async function takeLock(wanted: Omit<Job, 'pid' | 'born'>): Promise<() => Promise<void>> {
	await mkdir(locksFolder(), { recursive: true, mode: 0o700 });
	const mine: Job = { ...wanted, pid: process.pid, born: (await bornOf(process.pid)) ?? '' };
	const path = lockPath(mine);
	const draft = `${path}.${randomUUID()}`;
	await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
	try {
		for (;;) {
			try {
				// link() takes the name with its content in one step, or fails.
				await link(draft, path);
				return () => rm(path, { force: true });
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
				const holder = await readJob(path);
				if (holder && (await isAlive(holder))) throw alreadyRuns(holder);
				await rm(path, { force: true });
			}
		}
	} finally {
		await rm(draft, { force: true });
	}
}

export const alreadyRuns = ({ model, path, pid }: Job) =>
	new Problem(exitCode.noAccess, `A flash of ${model} at ${path} runs already (process ${pid}).`, {
		next: 'follow it with "modemscope flash --follow".',
	});

/** Every flash that runs now. */
export async function runningJobs(): Promise<Job[]> {
	const names = await readdir(locksFolder()).catch((): string[] => []);
	const jobs = await Promise.all(
		names
			.filter((name) => name.endsWith('.json'))
			.map((name) => readJob(join(locksFolder(), name))),
	);
	const alive = await Promise.all(jobs.map((entry) => entry !== undefined && isAlive(entry)));
	return jobs.filter((entry, index): entry is Job => entry !== undefined && alive[index] === true);
}

/** The flash that runs on this modem, if one does. */
export async function jobOf(host: Host, path: string): Promise<Job | undefined> {
	return (await runningJobs()).find(
		(entry) => entry.path === path && entry.rehearsal === host.rehearsal,
	);
}

async function readJob(path: string): Promise<Job | undefined> {
	try {
		const read = v.safeParse(job, JSON.parse(await readFile(path, 'utf8')));
		return read.success ? read.output : undefined;
	} catch {
		return undefined;
	}
}
