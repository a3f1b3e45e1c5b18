import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { kill } from 'node:process';
import type { Event, Header } from '../events.ts';
import type { Host } from '../host.ts';
import { exitCode, Problem } from '../problem.ts';
import { followRecording } from '../recording/follow.ts';
import { newRecordingPath } from '../recording/places.ts';
import { isAlive, type Job, jobOf } from './lock.ts';
import type { Plan } from './plan.ts';

/** How this program is started again: the executable and the arguments before the command. */
export type Self = readonly [string, ...string[]];
export const self: Self = [process.execPath, process.argv[1] ?? 'modemscope'];

/** Seconds on the wall for a job to take its lock. */
const startWait = 10;

/**
 * Starts the planned flash as a process in its own session, which no closing terminal reaches, and
 * returns when it runs. Its recording is its only channel.
 */
export async function startJob(host: Host, plan: Plan, settle: number): Promise<Job> {
	const recording = newRecordingPath(`flash-${plan.model}`);
	const [command, ...first] = self;
	const child = spawn(
		command,
		[
			...first,
			'flash',
			plan.file,
			`--device=${plan.path}`,
			`--yes-flash=${plan.model}`,
			`--job=${recording}`,
			`--settle=${settle}`,
			...(plan.from === undefined ? [] : [`--from=${plan.from}`]),
			...(host.rehearsal === undefined ? [] : [`--rehearsal=${host.rehearsal}`]),
		],
		{ detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
	);
	let said = '';
	child.stderr?.on('data', (chunk: Buffer) => {
		said = (said + chunk.toString('utf8')).slice(-2000);
	});
	let ended: number | undefined;
	child.on('exit', (code) => {
		ended = code ?? exitCode.failed;
	});
	for (let waited = 0; waited < startWait; waited += 0.05) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		const job = await jobOf(host, plan.path);
		if (job?.recording === recording && existsSync(recording)) {
			child.stderr?.destroy();
			child.unref();
			return job;
		}
		if (ended !== undefined) break;
	}
	// It may have ended before it was seen: what it says stands in its recording.
	if (existsSync(recording)) return endedJob(host, plan, recording, child.pid);
	throw new Problem(exitCode.failed, said.trim() || 'The flash process did not start.', {
		modem: 'Nothing was written.',
	});
}

const endedJob = (host: Host, plan: Plan, recording: string, pid = 0): Job => ({
	pid,
	born: '',
	path: plan.path,
	file: plan.file,
	model: plan.model,
	recording,
	...(host.rehearsal === undefined ? {} : { rehearsal: host.rehearsal }),
});

/** Asks a flash to stop at its next safe point; one that has ended already needs no asking. */
export function stopJob({ pid }: Job): void {
	try {
		kill(pid, 'SIGTERM');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

export type Followed = { onHeader(header: Header): void; onEvent(event: Event): void };

/**
 * Follows a flash to its end and returns its exit code; undefined when `leave` aborts before. A
 * process that died without a word is told apart from one that ended.
 */
export async function followJob(
	job: Job,
	{ onHeader, onEvent }: Followed,
	leave: AbortSignal,
): Promise<number | undefined> {
	const end = new AbortController();
	leave.addEventListener('abort', () => end.abort(), { once: true });
	let exit: number | undefined;
	let phase = 'before its first phase';
	let wrote = false;
	const see = (event: Event) => {
		if (event.type === 'flash-phase') {
			phase = `in the phase "${event.phase}"`;
			wrote ||= event.phase === 'write';
		}
		if (event.type === 'flash-ended') {
			exit = event.exit;
			end.abort();
		}
		onEvent(event);
	};
	const watchProcess = setInterval(async () => {
		if (await isAlive(job)) return;
		// What it wrote last may still be on its way to us.
		setTimeout(() => end.abort(), 500);
		clearInterval(watchProcess);
	}, 500);
	try {
		await followRecording(job.recording, onHeader, see, end.signal);
	} finally {
		clearInterval(watchProcess);
	}
	if (exit !== undefined || leave.aborted) return exit;
	const what = `The flash process died ${phase}.`;
	if (!wrote) {
		throw new Problem(exitCode.failed, what, {
			modem: 'Nothing was written.',
			next: 'flash again.',
		});
	}
	throw new Problem(exitCode.failedDuringWrite, what, {
		modem: 'The modem may hold part of the new firmware.',
		next: 'wait for its boot loader, or power cycle it with TP1 low, and flash again.',
	});
}
