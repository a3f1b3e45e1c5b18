/** What a flash that ended badly, or whose process died, left behind, by its recording. */
import type { Event, FlashPhase } from '../../events.ts';
import type { Host } from '../../host.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { readRecording } from '../../recording/file/reader.ts';
import { goOn, halfWritten as halfWrittenSays, partAccepted } from '../download/write-progress.ts';
import { FlashProgress } from '../model/progress.ts';
import type { ResumeMode, ResumePoint } from '../model/resume.ts';
import { isRunning } from './lock.ts';
import { allRecords, type Job } from './record.ts';

export type InterruptedFlash = {
	readonly job: Job;
	/** What happened, one sentence. */
	readonly says: string;
	readonly exit: ExitCode;
	/** The state that it left the modem in. */
	readonly modem: string;
	readonly mode: ResumeMode;
	/** Where the mode `rest` begins. */
	readonly resume?: ResumePoint | undefined;
	/** What to do now. */
	readonly next: string;
	/** The recording that tells how the modem was left; undefined when nothing was written. */
	readonly recording: string | undefined;
};

/** Every flash of this host that nobody runs any more and that did not come to a good end, newest first. */
export async function interruptedFlashes(
	host: Pick<Host, 'rehearsal'>,
): Promise<InterruptedFlash[]> {
	const jobs = (await allRecords()).filter(({ rehearsal }) => rehearsal === host.rehearsal);
	const found = await Promise.all(
		jobs.map(async (job) => ((await isRunning(job)) ? undefined : readInterrupted(job))),
	);
	return found
		.filter((entry) => entry !== undefined)
		.filter(({ exit }) => exit !== exitCode.done)
		.toSorted((a, b) => b.job.recording.localeCompare(a.job.recording));
}

/** Reads the recording of a job that runs no more. */
export async function readInterrupted(job: Job): Promise<InterruptedFlash> {
	const progress = new FlashProgress();
	const recorded = await readRecording(job.recording).catch((error: unknown) => {
		if (error instanceof Problem) return undefined;
		throw error;
	});
	const events = recorded?.events ?? [];
	for (const event of events) progress.add(event);
	const whole = recorded !== undefined && job.unrecorded === undefined;
	const state = leftBehind(progress, loaderIn(events), whole);
	const own: Left = {
		...(job.programmer === undefined ? state : byProgrammer(state, progress)),
		recording: job.recording,
	};
	// Who wrote nothing left the modem as the flash before did.
	const before =
		own.mode === 'flash' && own.exit === exitCode.failed ? await previousFlash(job) : own;
	const end = progress.ended ?? job.ended;
	if (!end) return { job, says: diedIn(progress, job), ...before, next: `${before.next}.` };
	const { message, modem, exit, next = `${before.next}.` } = end;
	const left = before === own ? { ...own, modem, exit: exit as ExitCode } : before;
	return { job, says: message, ...left, next };
}

async function previousFlash({ earlier: recording, ...job }: Job): Promise<Left> {
	if (recording === undefined) return { ...untouched, recording };
	// How that one ended stands in its recording.
	const { exit, modem, mode, resume, next, ...told } = await readInterrupted({
		...job,
		recording,
		unrecorded: undefined,
		ended: undefined,
	});
	return { exit, modem, mode, resume, next: next.replace(/\.$/, ''), recording: told.recording };
}

/** The recording that tells how the modem at `path` was left, when it was left half flashed. */
export const interruptedRecording = async (host: Pick<Host, 'rehearsal'>, path: string) =>
	(await interruptedFlashes(host)).find(({ job }) => job.path === path)?.recording;

function diedIn(progress: FlashProgress, { pid, unrecorded }: Job): string {
	const phase = progress.current?.phase;
	const where = phase === undefined ? 'before its first phase' : `in the phase "${phase}"`;
	const much = unrecorded === undefined ? '' : ' or later: its recording broke off';
	return `The flash process died ${where}${much} (process ${pid}).`;
}

type Left = Pick<InterruptedFlash, 'exit' | 'modem' | 'mode' | 'resume' | 'next' | 'recording'>;
type State = Omit<Left, 'recording'>;

/** The device number of what was there at the end; undefined when nothing was, or that was not told. */
function loaderIn(events: readonly Event[]): number | undefined {
	const last = events.findLast(({ type }) => /^usb-(?:came|changed|went)$/.test(type));
	return last && 'device' in last ? last.device.number : undefined;
}

function leftBehind(progress: FlashProgress, loader: number | undefined, whole: boolean): State {
	const stateOf = (name: FlashPhase) =>
		progress.phases.find(({ phase }) => phase === name)?.state ?? 'waiting';
	const begun = (name: FlashPhase) => stateOf(name) !== 'waiting';
	if (stateOf('reboot') === 'done' || begun('check')) return unchecked;
	if (progress.isBetweenFiles) return betweenFiles(progress, loader, whole);
	// A file that was not sent yet is not there, however well the ones before it were taken.
	if (begun('write') && !begun('reboot') && progress.sent < progress.total) return halfWritten;
	if (stateOf('commit') === 'done' || begun('reboot')) return notReset;
	if (stateOf('commit') === 'running') return inCommit;
	if (begun('write')) return halfWritten;
	return whole ? untouched : unknown;
}

/** A set of partitions goes from its start: patches may follow after every byte was sent. */
function byProgrammer(state: State, { phases }: FlashProgress): State {
	const waits = phases.some(({ phase, state }) => phase === 'reboot' && state === 'waiting');
	const left = waits && state.mode !== 'flash' ? halfWritten : state;
	if (left.mode !== 'flash') return left;
	return { ...left, next: `bring it to its emergency loader again (05c6:9008), then ${goOn}` };
}

const untouched: State = {
	exit: exitCode.failed,
	modem: 'Nothing was written. The modem may hold in its boot loader.',
	mode: 'flash',
	next: `${goOn}, or power cycle it to start the firmware that it has`,
};
const halfWritten: State = {
	exit: exitCode.failedDuringWrite,
	modem: halfWrittenSays,
	mode: 'flash',
	next: `${goOn}; when its boot loader is gone, power cycle it with TP1 low first`,
};
/** The session is gone on with where it is known to be the same one, and nothing in it failed. */
function betweenFiles(progress: FlashProgress, loader: number | undefined, whole: boolean): State {
	const { accepted, files: of, total: size, phases } = progress;
	const isSound = whole && !phases.some(({ state }) => state === 'failed');
	return {
		...halfWritten,
		modem: partAccepted({ accepted, of }),
		...(isSound && loader !== undefined
			? { mode: 'rest', resume: { accepted, size, loader }, next: `leave it its power and ${goOn}` }
			: {}),
	};
}
const inCommit: State = {
	exit: exitCode.failedDuringWrite,
	modem:
		'Every byte was sent; the modem goes on writing its flash memory by itself and then waits to be reset.',
	mode: 'reset',
	next: `leave it its power for five minutes, then ${goOn}`,
};
const notReset: State = {
	exit: exitCode.writtenButUnchecked,
	modem: 'The new firmware was written and accepted; the modem was not seen to restart.',
	mode: 'reset',
	next: goOn,
};
const unchecked: State = {
	exit: exitCode.writtenButUnchecked,
	modem: 'The new firmware was written and accepted, and the modem restarted.',
	mode: 'verify',
	next: goOn,
};
const unknown: State = {
	exit: exitCode.failedDuringWrite,
	modem: 'How far it came was not recorded: the modem may hold part of the new firmware.',
	mode: 'flash',
	next: goOn,
};
