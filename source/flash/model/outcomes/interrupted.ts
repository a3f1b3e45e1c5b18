/** How a flash that ended badly, or whose process died, left the modem. */
import { type ExitCode, exitCode, Problem } from '../../../problem.ts';
import type { ResumeMode, ResumePoint } from '../resume.ts';
import type { Ways } from '../ways.ts';
import { type BatchPosition, halfWritten, partAccepted, resume } from './states.ts';

export type LeftState = {
	readonly exit: ExitCode;
	readonly modem: string;
	readonly mode: ResumeMode;
	/** Where the mode `rest` begins. */
	readonly resume?: ResumePoint | undefined;
	/** A clause: what to do now. */
	readonly next: string;
};

export const died = (phase: string | undefined, pid: number, isRecorded: boolean): string => {
	const where = phase === undefined ? 'before its first phase' : `in the phase "${phase}"`;
	const much = isRecorded ? '' : ' or later: its recording broke off';
	return `The flash process died ${where}${much} (process ${pid}).`;
};

export const leftUntouched: LeftState = {
	exit: exitCode.failed,
	modem: 'Nothing was written. The modem may hold in its boot loader.',
	mode: 'flash',
	next: `${resume}, or power cycle it to start the firmware that it has`,
};

export const leftHalfWritten = (ways: Ways): LeftState => ({
	exit: exitCode.failedDuringWrite,
	modem: halfWritten,
	mode: 'flash',
	next: `${resume}; when its boot loader is gone, ${ways.in} first`,
});

/** In the data of a file: a loader that is the same one waits for the rest of it. */
export const leftInData = (ways: Ways, point: ResumePoint | undefined): LeftState => ({
	...leftHalfWritten(ways),
	...(point ? { mode: 'feed', resume: point, next: `leave it its power and ${resume}` } : {}),
});

/** Between two files; with a point to resume at, where the session is known to be the same one. */
export const leftBetweenFiles = (
	ways: Ways,
	position: BatchPosition,
	point: ResumePoint | undefined,
): LeftState => ({
	...leftHalfWritten(ways),
	modem: partAccepted(position),
	...(point ? { mode: 'rest', resume: point, next: `leave it its power and ${resume}` } : {}),
});

export const leftInCommit: LeftState = {
	exit: exitCode.failedDuringWrite,
	modem:
		'Every byte was sent; the modem goes on writing its flash memory by itself and then waits to be reset.',
	mode: 'reset',
	next: `leave it its power for five minutes, then ${resume}`,
};

export const leftBeforeReset: LeftState = {
	exit: exitCode.writtenButUnchecked,
	modem: 'The new firmware was written and accepted; the modem was not seen to restart.',
	mode: 'reset',
	next: resume,
};

export const leftUnchecked: LeftState = {
	exit: exitCode.writtenButUnchecked,
	modem: 'The new firmware was written and accepted, and the modem restarted.',
	mode: 'verify',
	next: resume,
};

export const leftUnknown: LeftState = {
	exit: exitCode.failedDuringWrite,
	modem: 'How far it came was not recorded: the modem may hold part of the new firmware.',
	mode: 'flash',
	next: resume,
};

/** A set of partitions goes from its start, by the chip's own loader. */
export const toEmergencyFirst = (ways: Ways, state: LeftState): LeftState => ({
	...state,
	next: `${ways.in}, then ${resume}`,
});

/** For whoever followed a flash that ended without a word. */
export const endedBadly = ({
	says,
	exit,
	modem,
	next,
}: Pick<LeftState, 'exit' | 'modem' | 'next'> & { readonly says: string }) =>
	new Problem(exit, says, { modem, next });
