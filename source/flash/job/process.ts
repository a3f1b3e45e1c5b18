/** The process of a flash: the lock, the recording that is its only channel, and how it ends. */
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isoTime } from '../../clock.ts';
import type { Emit } from '../../events.ts';
import type { Host } from '../../host.ts';
import { ownFolder } from '../../own-files.ts';
import { exitCode, type Problem } from '../../problem.ts';
import { createWriter } from '../../recording/file/writer.ts';
import { peerOf } from '../../usb/scan/peer.ts';
import { cannotRecord } from '../model/outcomes/job.ts';
import type { Plan } from '../model/plan.ts';
import { type Load, runFlash } from '../run/run.ts';
import { takeLock } from './lock.ts';
import { createRecord, type Job, recordOf, removeRecord, updateRecord } from './record.ts';
import { interruptedRecording } from './recovery.ts';
import { type JobRequest, usualSettle } from './request.ts';

/** Wall milliseconds that a flash waits for its recording before it begins to write. */
const slowDisk = 3000;

/** A closing terminal changes nothing. SIGINT and SIGTERM stop the flash at its next safe point. */
export function stopOnSignals(): AbortSignal {
	const stop = new AbortController();
	process.on('SIGHUP', () => {});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
	return stop.signal;
}

export type JobOptions = {
	readonly host: Host;
	/** Where the facts come from, for the recording's header. */
	readonly origin: string;
	/** Files in the order in which they are sent. */
	readonly load: Load;
	/** Made from the request, in this process. */
	readonly plan: Plan;
	readonly request: JobRequest;
	readonly stop: AbortSignal;
};

/**
 * Carries a plan out, and returns the exit code. Throws a Problem, with nothing sent to the modem,
 * when another flash has it or nothing can be recorded. A recording that breaks later breaks
 * nothing else: the job's record says it, and how the flash ended.
 */
export async function runJob(options: JobOptions): Promise<number> {
	const { host, load, plan, request, stop } = options;
	const previous = await interruptedRecording(host, plan.path);
	const last = await recordOf(host, plan.path);
	const taken = await takeLock(
		{ ...request, ...(previous === undefined ? {} : { previous }) },
		host,
		peerOf(host.sysfs, plan.path),
	);
	let job = taken.job;
	const change = (more: Partial<Job>) => {
		job = { ...job, ...more };
		return updateRecord(job);
	};
	try {
		const recorder = await record(options, (why) => void change({ unrecorded: why }));
		const emit: Emit = (source, fact, t) => {
			recorder.emit(source, fact, t);
			if (fact.type === 'flash-ended') {
				const { exit, message, modem, next } = fact;
				job = { ...job, ended: { exit, message, modem, ...(next === undefined ? {} : { next }) } };
			}
		};
		const { settle = usualSettle } = request;
		const { recorded } = recorder;
		const context = { clock: host.clock, emit, stop, recorded };
		const code = await runFlash(host, load, plan, settle, context);
		await recorder.close();
		if (isOver(job)) await removeRecord(job);
		else await updateRecord(job);
		return code;
	} catch (error) {
		if (last) await createRecord(last);
		else await removeRecord(job);
		throw error;
	} finally {
		await taken.release();
	}
}

/** Nothing is left to go on with, and whoever follows has read its end in the recording. */
function isOver({ unrecorded, previous, ended }: Job): boolean {
	if (unrecorded !== undefined) return false;
	if (ended?.exit === exitCode.done) return true;
	const { failedDuringWrite, writtenButUnchecked } = exitCode;
	return (
		previous === undefined &&
		ended?.exit !== failedDuringWrite &&
		ended?.exit !== writtenButUnchecked
	);
}

async function record(
	{ host: { clock }, request: { model, recording }, origin }: JobOptions,
	broken: (why: string) => void,
) {
	let failed: Problem | undefined;
	try {
		ownFolder(dirname(recording));
		const started = isoTime(Date.now() - (clock.now() / clock.speed) * 1000);
		const title = `flash of ${model}`;
		const header = { modemscope: 1, started, title, origin, speed: clock.speed } as const;
		const writer = createWriter(recording, header, (problem) => {
			failed = problem;
			broken(problem.message);
		});
		const emit: Emit = (source, fact, t = clock.now()) => writer.append({ t, source, ...fact });
		// The header on the disk is the proof that it takes a recording.
		await writer.flush();
		if (failed) throw failed;
		const recorded = async () => {
			const late = new AbortController();
			await Promise.race([
				writer.flush(),
				wait(slowDisk, undefined, { signal: late.signal }).catch(() => {}),
			]);
			late.abort();
		};
		return { emit, recorded, close: () => writer.close() };
	} catch (error) {
		throw cannotRecord(error);
	}
}
