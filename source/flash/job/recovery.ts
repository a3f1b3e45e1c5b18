/** What a flash that ended badly, or whose process died, left behind, by its recording. */
import type { FlashPhase } from '../../events.ts';
import type { Host } from '../../host.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { eachEvent, streamRecording } from '../../recording/file/reader.ts';
import {
	died,
	type LeftState,
	leftBeforeReset,
	leftBetweenFiles,
	leftHalfWritten,
	leftInCommit,
	leftInData,
	leftUnchecked,
	leftUnknown,
	leftUntouched,
	toEmergencyFirst,
} from '../model/outcomes/interrupted.ts';
import { FlashProgress } from '../model/progress.ts';
import { emergencyWays, type Ways, waysOf } from '../model/ways.ts';
import { isRunning } from './lock.ts';
import { allRecords, type Job } from './record.ts';

/** `next` is a sentence here. */
export type InterruptedFlash = LeftState & {
	readonly job: Job;
	/** What happened, one sentence. */
	readonly says: string;
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
	const { progress, loader, isRead } = await followed(job.recording);
	const whole = isRead && job.unrecorded === undefined;
	const ways = job.programmer === undefined ? waysOf(job.model) : emergencyWays;
	const state = leftBehind(ways, progress, loader, whole);
	const own: Left = {
		...(job.programmer === undefined ? state : afterProgrammer(ways, state, progress)),
		recording: job.recording,
	};
	// Who wrote nothing left the modem as the flash before did.
	const before =
		own.mode === 'flash' && own.exit === exitCode.failed ? await previousFlash(job) : own;
	const end = progress.ended ?? job.ended;
	if (!end)
		return {
			job,
			says: died(progress.current?.phase, job.pid, job.unrecorded === undefined),
			...before,
			next: `${before.next}.`,
		};
	const { message, modem, exit, next = `${before.next}.` } = end;
	const left = before === own ? { ...own, modem, exit: exit as ExitCode } : before;
	return { job, says: message, ...left, next };
}

async function previousFlash({ previous: recording, ...job }: Job): Promise<Left> {
	if (recording === undefined) return { ...leftUntouched, recording };
	// The recording tells how that one ended.
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

type Left = LeftState & Pick<InterruptedFlash, 'recording'>;

/**
 * A recording of any length, from its start to its end; the number of the device at the end is
 * undefined when there was none, or the recording has no number.
 */
async function followed(recording: string) {
	const progress = new FlashProgress();
	let loader: number | undefined;
	try {
		await eachEvent(await streamRecording(recording), (event) => {
			progress.add(event);
			if (/^usb-(?:came|changed|went)$/.test(event.type)) {
				loader = 'device' in event ? event.device.number : undefined;
			}
		});
		return { progress, loader, isRead: true };
	} catch (error) {
		if (error instanceof Problem) return { progress, loader, isRead: false };
		throw error;
	}
}

function leftBehind(
	ways: Ways,
	progress: FlashProgress,
	loader: number | undefined,
	whole: boolean,
): LeftState {
	const stateOf = (name: FlashPhase) =>
		progress.phases.find(({ phase }) => phase === name)?.state ?? 'waiting';
	const begun = (name: FlashPhase) => stateOf(name) !== 'waiting';
	if (stateOf('reboot') === 'done' || begun('check')) return leftUnchecked;
	if (progress.isBetweenFiles) return betweenFiles(ways, progress, loader, whole);
	// A file that was not sent yet is not there, however well the ones before it were taken.
	if (begun('write') && !begun('reboot') && progress.sent < progress.total) {
		const { accepted, total: size } = progress;
		const isSound = whole && loader !== undefined;
		return leftInData(ways, isSound ? { accepted, size, loader } : undefined);
	}
	if (stateOf('commit') === 'done' || begun('reboot')) return leftBeforeReset;
	if (stateOf('commit') === 'running') return leftInCommit;
	if (begun('write')) return leftHalfWritten(ways);
	return whole ? leftUntouched : leftUnknown;
}

/** A set of partitions goes from its start: patches may follow after every byte was sent. */
function afterProgrammer(ways: Ways, state: LeftState, { phases }: FlashProgress): LeftState {
	const waits = phases.some(({ phase, state }) => phase === 'reboot' && state === 'waiting');
	const left = waits && state.mode !== 'flash' ? leftHalfWritten(ways) : state;
	return left.mode === 'flash' ? toEmergencyFirst(ways, left) : left;
}

/** The session is resumed where it is known to be the same one, and nothing in it failed. */
function betweenFiles(
	ways: Ways,
	{ accepted, files: of, total: size, phases }: FlashProgress,
	loader: number | undefined,
	whole: boolean,
): LeftState {
	const isSound = whole && !phases.some(({ state }) => state === 'failed');
	const point = isSound && loader !== undefined ? { accepted, size, loader } : undefined;
	return leftBetweenFiles(ways, { accepted, of }, point);
}
