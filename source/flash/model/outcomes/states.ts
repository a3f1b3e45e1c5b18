/** The states that a flash leaves a modem in, and the next steps that several outcomes share. */
import { type ExitCode, exitCode } from '../../../problem.ts';
import type { Ways } from '../ways.ts';

export const unwritten = 'Nothing was written.';
export const untouched = 'Nothing was written; the modem is as it was.';
export const holding = 'Nothing was written; the modem holds in its boot loader.';
export const halfWritten =
	'The modem may hold part of the new firmware, and may not start until it is flashed again.';
export const written = 'The new firmware was written and accepted.';
export const running = 'The modem runs its application.';
export const notKnown = 'The state of the modem is not known.';

export const resume = 'go on with "modemscope flash --continue"';
export const flashAgain = (ways: Ways): string => `${ways.in} and flash again.`;
export const freeTheDisk = 'free the disk, or set XDG_STATE_HOME to a folder that may be written.';

/** How many files go in one session, and how many of them the modem has accepted. */
export type BatchPosition = {
	readonly accepted: number;
	readonly of: number;
	/** What they are, where they are no files. */
	readonly what?: string;
};

export const partAccepted = ({ accepted, of, what = 'files' }: BatchPosition): string =>
	`${accepted} of ${of} ${what} are written and accepted; they may not run without the rest.`;

/** How a flash ends before a byte of the next file is sent, and the state of the modem. */
export const beforeFile = (position: BatchPosition): readonly [ExitCode, string] =>
	position.accepted === 0
		? [exitCode.refusedBeforeWrite, holding]
		: [exitCode.failedDuringWrite, partAccepted(position)];
