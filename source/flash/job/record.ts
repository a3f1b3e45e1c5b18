/**
 * What is known of a flash outside its recording: who does it, and, where the recording could not
 * say it, how it ended. A file of one size that is written over in place: a disk that is full by
 * then still takes it.
 */

import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Host } from '../../host.ts';
import { ownFolder, replaceFile } from '../../own-files.ts';
import { Problem } from '../../problem.ts';
import { locksFolder } from '../../recording/file/places.ts';
import { recordNotKept } from '../model/outcomes/job.ts';
import { jobRequest } from './request.ts';

/** A request, and what became of it. */
const job = v.object({
	...jobRequest.entries,
	pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
	/** When that process started, clock ticks after boot: a pid alone may be another one's by now. */
	startTime: v.string(),
	/** The recording of the flash before, when that one left the modem half written. */
	previous: v.optional(v.string()),
	/** Why the recording is not whole, when it is not. */
	unrecorded: v.optional(v.string()),
	/** How it ended, as its recording says too, if that is whole. */
	ended: v.optional(
		v.object({
			exit: v.pipe(v.number(), v.integer()),
			message: v.string(),
			modem: v.string(),
			next: v.optional(v.string()),
		}),
	),
});
/** A flash in a process of its own. */
export type Job = v.InferOutput<typeof job>;

/** Bytes; what a record says is cut to fit. */
const recordSize = 8192;
const longestText = 1000;

const recordPath = ({ path, rehearsal }: Pick<Job, 'path' | 'rehearsal'>) =>
	join(locksFolder(), `${`${rehearsal ?? 'usb'}-${path}`.replace(/[^\w.-]+/g, '-')}.json`);

const padded = (record: Job) => `${JSON.stringify(record).padEnd(recordSize - 1)}\n`;

/** Puts a new record in the place of the last one of this modem, whole or not at all. */
export async function createRecord(record: Job): Promise<void> {
	const path = recordPath(record);
	try {
		ownFolder(locksFolder());
		replaceFile(path, padded(record));
	} catch (error) {
		if (error instanceof Problem) throw error;
		throw recordNotKept(locksFolder(), error as NodeJS.ErrnoException);
	}
}

/** Says more in a record that is there. Never throws: a flash does not end for it. */
export async function updateRecord(record: Job): Promise<void> {
	const cut = JSON.parse(
		JSON.stringify(record, (_, value) =>
			typeof value === 'string' ? value.slice(0, longestText) : value,
		),
	) as Job;
	try {
		const file = await open(recordPath(record), 'r+');
		try {
			await file.write(padded(cut), 0);
		} finally {
			await file.close();
		}
	} catch {
		// Whoever follows sees that the process is gone, and reads the recording.
	}
}

export const removeRecord = (record: Job): Promise<void> =>
	rm(recordPath(record), { force: true }).catch(() => {});

/** The record of the last flash on this modem, if there is one. */
export const recordOf = (host: Pick<Host, 'rehearsal'>, path: string): Promise<Job | undefined> =>
	readRecord(recordPath({ path, rehearsal: host.rehearsal }));

export async function allRecords(): Promise<Job[]> {
	const names = await readdir(locksFolder()).catch((): string[] => []);
	const jobs = await Promise.all(
		names
			.filter((name) => name.endsWith('.json'))
			.map((name) => readRecord(join(locksFolder(), name))),
	);
	return jobs.filter((entry) => entry !== undefined);
}

async function readRecord(path: string): Promise<Job | undefined> {
	try {
		const read = v.safeParse(job, JSON.parse(await readFile(path, 'utf8')));
		return read.success ? read.output : undefined;
	} catch {
		return undefined;
	}
}
