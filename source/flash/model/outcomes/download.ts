/** Outcomes while files are sent. */
import { LinkLost } from '../../../link/link.ts';
import { WriteTimeout } from '../../../link/write-timeout.ts';
import { exitCode, Problem } from '../../../problem.ts';
import type { Ways } from '../ways.ts';
import {
	type BatchPosition,
	beforeFile,
	flashAgain,
	halfWritten,
	partAccepted,
	resume,
	unwritten,
	written,
} from './states.ts';

/** The loader refused, `why`, before a byte of this file was sent; it has accepted those before. */
export function refusedBeforeFile(
	ways: Ways,
	position: BatchPosition,
	what: string,
	why: string,
): Problem {
	const [exit, modem] = beforeFile(position);
	const sentence = `The loader refused ${what}: ${why.replace(/\.$/, '')}.`;
	return new Problem(exit, sentence, { modem, next: flashAgain(ways) });
}

export function noKnownQdl(ways: Ways, position: BatchPosition, why: string): Problem {
	const [exit, modem] = beforeFile(position);
	const what = `The loader speaks no known QDL: ${why}`;
	return new Problem(exit, what, { modem, next: flashAgain(ways) });
}

export function sectorOverBlock(position: BatchPosition, block: number, sector: number): Problem {
	const [exit, modem] = beforeFile(position);
	const what = `The loader takes ${block} bytes at once, but its sectors have ${sector}.`;
	return new Problem(exit, what, { modem });
}

export const stoppedBetweenFiles = (position: BatchPosition) =>
	new Problem(
		exitCode.failedDuringWrite,
		`Stopped between two ${position.what ?? 'files'}, as asked.`,
		{ modem: partAccepted(position), next: `${resume}.` },
	);

/** What fails once bytes of a file have been sent. */
export const failedInWrite = (ways: Ways, what: string) =>
	new Problem(exitCode.failedDuringWrite, what, { modem: halfWritten, next: flashAgain(ways) });

export const stoppedInWrite = (ways: Ways) =>
	failedInWrite(ways, 'Stopped during the write, as asked.');

export const brokenOff = (ways: Ways, why: string) =>
	failedInWrite(ways, `The modem broke the download off in the middle: ${why.replace(/\.$/, '')}.`);

/** `sent` is `Every byte` or one part of the file; `why` what was answered to it. */
export const refusedAfter = (ways: Ways, sent: string, why: string) =>
	failedInWrite(ways, `${sent} was sent, but the modem refused it: ${why.replace(/\.$/, '')}.`);

export const silentAfter = (ways: Ways, sent: string, seconds: number) =>
	failedInWrite(ways, `${sent} was sent, but the modem said nothing for ${seconds} s.`);

export const notClosed = (ways: Ways, name: string, why: string) =>
	failedInWrite(ways, `Every byte of ${name} was sent, but UFCLOSE failed: ${why}`);

export const chunkSkipped = (ways: Ways, answered: number, sent: number) =>
	failedInWrite(ways, `The modem answered chunk ${answered} instead of ${sent}.`);

export const stepRefused = (ways: Ways, verb: string, why: string) =>
	failedInWrite(ways, `The loader refused <${verb}>: ${why}.`);

export const fileGotShorter = (ways: Ways, name: string) =>
	new Problem(exitCode.failedDuringWrite, `${name} got shorter while it was sent.`, {
		modem: halfWritten,
		next: `bring the whole file back; then ${flashAgain(ways)}`,
	});

/** Where a flash was when something failed that is none of its own outcomes: a lost port, a defect. */
export type Where = 'before' | 'between files' | 'in write' | 'after commit';

export function failedAt(
	ways: Ways,
	where: Where,
	position: BatchPosition,
	cause: unknown,
): Problem {
	const why = cause instanceof Error ? cause.message : String(cause);
	if (where === 'after commit') {
		return new Problem(exitCode.writtenButUnchecked, `${why}.`, {
			modem: written,
			next: 'power cycle the modem if it does not start by itself, and read its version with ATI.',
			cause,
		});
	}
	const isGone = cause instanceof LinkLost && !(cause instanceof WriteTimeout);
	const what = isGone ? `The port was lost: ${why}.` : `${why}.`;
	const next = `wait for its boot loader, or ${flashAgain(ways)}`;
	if (where === 'before')
		return new Problem(exitCode.noDevice, what, { modem: unwritten, next, cause });
	const modem = where === 'between files' ? partAccepted(position) : halfWritten;
	return new Problem(exitCode.failedDuringWrite, what, { modem, next, cause });
}

/** The file on the disk is no longer the one that was checked. */
export const fileChangedAt = (
	ways: Ways,
	where: Where,
	position: BatchPosition,
	cause: Problem,
): Problem =>
	new Problem(exitCode.failedDuringWrite, cause.message, {
		modem: where === 'between files' ? partAccepted(position) : halfWritten,
		next: `bring the whole file back; then ${flashAgain(ways)}`,
		cause,
	});
