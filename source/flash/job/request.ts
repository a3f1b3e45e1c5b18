/** What the process of a flash is asked to do. It crosses to that process in a file that only its user reads. */
import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Host } from '../../host.ts';
import { ownFolder } from '../../own-files.ts';
import { Problem } from '../../problem.ts';
import { locksFolder } from '../../recording/file/places.ts';
import { recordNotKept, requestNotRead } from '../model/outcomes/job.ts';
import type { Plan } from '../model/plan.ts';
import { protocols } from '../model/protocol.ts';
import { resumeModes } from '../model/resume.ts';
import { transports } from '../model/transport.ts';

const text = v.string();
const texts = v.pipe(v.array(text), v.readonly());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const jobRequest = v.object({
	/** The USB port path of the modem, and the folder of the rehearsal that plays it. */
	path: text,
	rehearsal: v.optional(text),
	/** What a person typed to start it. */
	model: text,
	/** The first file, those that are sent after it, and the maker's programmer that sends them. */
	file: text,
	others: v.optional(texts),
	programmer: v.optional(text),
	/** Of the bytes that were planned: no others are sent. */
	digest: v.optional(text),
	/** The version in the modem before, where it was asked. */
	from: v.optional(text),
	mode: v.optional(v.picklist(resumeModes)),
	resume: v.optional(v.object({ accepted: count, size: count, loader: count })),
	protocol: v.optional(v.picklist(protocols)),
	transport: v.optional(v.picklist(transports)),
	/** Names of refusals that a person set aside. */
	overrides: v.optional(texts),
	/** Modem seconds that the modem must run without a reset to pass the check. */
	settle: v.optional(v.pipe(v.number(), v.minValue(0))),
	/** No plan was made before: the process tells its own, before it carries it out. */
	unplanned: v.optional(v.literal(true)),
	/** The path of the recording, which must not exist yet. */
	recording: text,
});
export type JobRequest = v.InferOutput<typeof jobRequest>;

/** What of it decides how its plan is made. */
export type PlanChoices = Pick<
	JobRequest,
	'from' | 'mode' | 'resume' | 'protocol' | 'transport' | 'overrides'
>;

export const usualSettle = 60;

/** Carries a plan out as it was made. */
export const requestOf = (
	{ rehearsal }: Pick<Host, 'rehearsal'>,
	plan: Plan,
	recording: string,
	settle = usualSettle,
): JobRequest =>
	v.parse(jobRequest, {
		...plan,
		rehearsal,
		others: plan.others.length > 0 ? plan.others : undefined,
		overrides: plan.checks.filter(({ overridden }) => overridden).map(({ name }) => name),
		settle,
		recording,
	});

/** Writes a request into a new file and returns its path. Throws a Problem where the disk takes none. */
export async function writeRequest(request: JobRequest): Promise<string> {
	const path = join(locksFolder(), `${randomUUID()}.request`);
	try {
		ownFolder(locksFolder());
		await writeFile(path, JSON.stringify(request), { mode: 0o600, flag: 'wx' });
		return path;
	} catch (error) {
		if (error instanceof Problem) throw error;
		await removeRequest(path);
		throw recordNotKept(locksFolder(), error as NodeJS.ErrnoException);
	}
}

/** Reads a request and removes its file. Throws a Problem when it is none, and leaves it alone. */
export async function takeRequest(path: string): Promise<JobRequest> {
	try {
		const request = v.parse(jobRequest, JSON.parse(await readFile(path, 'utf8')));
		await removeRequest(path);
		return request;
	} catch (error) {
		throw requestNotRead(path, error);
	}
}

export const removeRequest = (path: string): Promise<void> =>
	rm(path, { force: true }).catch(() => {});
