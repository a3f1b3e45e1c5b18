import { kill } from 'node:process';
import type { Event, Header } from '../../events.ts';
import type { Host } from '../../host.ts';
import { type ExitCode, exitCode } from '../../problem.ts';
import { followRecording, isBegun } from '../../recording/file/follow.ts';
import { newRecordingPath } from '../../recording/file/places.ts';
import { windowWait } from '../loader/enter.ts';
import { endedBadly } from '../model/outcomes/interrupted.ts';
import { didNotStart } from '../model/outcomes/job.ts';
import type { Plan } from '../model/plan.ts';
import { jobOf } from './lock.ts';
import { isAlive } from './process-start.ts';
import { pruneRecordings } from './prune-recordings.ts';
import { type Job, recordOf } from './record.ts';
import { readInterrupted } from './recovery.ts';
import { type JobRequest, requestOf } from './request.ts';
import { takeWaiting } from './waiting-job.ts';

/** Seconds on the wall for a job to take its lock: it waits for the next window of a loop before. */
const startWait = windowWait + 10;

/**
 * Starts the planned flash as a process in its own session, which no closing terminal reaches, and
 * returns when it runs. Its recording is its only channel.
 */
export function startJob(host: Host, plan: Plan, settle?: number): Promise<Job> {
	const recording = newRecordingPath(`flash-${plan.model}`);
	return startRequest(host, requestOf(host, plan, recording, settle), () => {});
}

/** What is asked for where no question is left to ask: the process of the flash makes the plan itself. */
export type Unplanned = Omit<JobRequest, 'rehearsal' | 'unplanned' | 'recording'>;

/** The same without a plan: `show` is given the one that its process made. */
export function startUnplanned(
	host: Host,
	wanted: Unplanned,
	show: (plan: Plan) => void,
): Promise<Job> {
	const { rehearsal } = host;
	const recording = newRecordingPath(`flash-${wanted.model}`);
	return startRequest(host, { ...wanted, rehearsal, unplanned: true, recording }, show);
}

async function startRequest(
	host: Host,
	request: JobRequest,
	show: (plan: Plan) => void,
): Promise<Job> {
	await pruneRecordings();
	const { path, recording } = request;
	const child = takeWaiting();
	child.stdin.end(`${JSON.stringify(request)}\n`);
	let told: string | undefined = '';
	child.stdout.on('data', (chunk: Buffer) => {
		if (told === undefined) return;
		told += chunk.toString('latin1');
		if (!told.endsWith('\n')) return;
		show(JSON.parse(Buffer.from(told, 'latin1').toString('utf8')));
		told = undefined;
	});
	let output = '';
	child.stderr.on('data', (chunk: Buffer) => {
		output = (output + chunk.toString('utf8')).slice(-2000);
	});
	let ended: number | undefined;
	child.on('close', (code) => {
		ended = code === null || code < 0 ? exitCode.failed : code;
	});
	for (let waited = 0; waited < startWait; waited += 0.05) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		const job = await jobOf(host, path);
		if (job?.recording === recording && isBegun(recording)) {
			child.stdout.destroy();
			child.stderr.destroy();
			child.unref();
			return job;
		}
		if (ended !== undefined) break;
	}
	// Nobody would follow it any more.
	if (ended === undefined) child.kill();
	const why = output.trim();
	// It may have ended between two polls: its recording tells how.
	if (why === '' && isBegun(recording)) {
		return { ...request, pid: child.pid ?? 0, startTime: '' };
	}
	throw didNotStart(why, ended as ExitCode | undefined);
}

/** Asks a flash to stop at its next safe point; one that has ended already needs no asking. */
export async function stopJob(job: Job): Promise<void> {
	// By now the number may be another process's.
	if (!(await isAlive(job))) return;
	try {
		kill(job.pid, 'SIGTERM');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

export type Followed = { onHeader(header: Header): void; onEvent(event: Event): void };

/** Wall milliseconds that a flash has to release its locks after its last event. */
const exitTimeout = 3000;

/** Until then it counts as one that runs: who goes on at once would find nothing left to do. */
async function waitForExit(job: Job): Promise<void> {
	for (
		const end = performance.now() + exitTimeout;
		performance.now() < end && (await isAlive(job));
	) {
		await new Promise((wake) => setTimeout(wake, 20));
	}
}

/**
 * Follows a flash to its end and returns its exit code; undefined when `leave` aborts before. Throws
 * a Problem that says what is left behind when it died without a word. A recording that breaks is
 * said, and the end is then taken from the job's record.
 */
export async function followJob(
	job: Job,
	{ onHeader, onEvent }: Followed,
	leave: AbortSignal,
): Promise<number | undefined> {
	const end = new AbortController();
	leave.addEventListener('abort', () => end.abort(), { once: true });
	let exit: number | undefined;
	let last = 0;
	let latest = job;
	const see = (event: Event) => {
		last = event.t;
		if (event.type === 'flash-ended') {
			exit = event.exit;
			end.abort();
		}
		onEvent(event);
	};
	const watchProcess = setInterval(async () => {
		const alive = await isAlive(job);
		const record = await recordOf({ rehearsal: job.rehearsal }, job.path);
		if (record?.recording === job.recording) {
			const isNews = record.unrecorded !== undefined && latest.unrecorded === undefined;
			latest = record;
			const text = `${record.unrecorded} The flash goes on; its end will be said here.`;
			if (isNews && alive) onEvent({ t: last, source: 'log', type: 'note', text });
		}
		if (alive) return;
		// What it wrote last may still be on its way to us.
		setTimeout(() => end.abort(), 500);
		clearInterval(watchProcess);
	}, 500);
	try {
		await followRecording(job.recording, onHeader, see, end.signal);
	} finally {
		clearInterval(watchProcess);
	}
	if (exit !== undefined) await waitForExit(job);
	if (exit !== undefined || leave.aborted) return exit;
	if (latest.ended) {
		onEvent({ t: last, source: 'flash', type: 'flash-ended', ...latest.ended });
		return latest.ended.exit;
	}
	throw endedBadly(await readInterrupted(latest));
}
