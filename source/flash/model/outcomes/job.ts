/** Outcomes of a flash that does not begin: its plan, its lock, its record, its process. */
import * as v from 'valibot';
import { type ExitCode, exitCode, Problem } from '../../../problem.ts';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import { freeTheDisk, unwritten } from './states.ts';

export const noFile = () => new Problem(exitCode.usage, 'There is no file to flash.');

/** `override` names the check that a person may set aside. */
export const planRefused = (
	why: string,
	exit: ExitCode = exitCode.fileRejected,
	override?: string,
) =>
	new Problem(exit, `Not flashed: ${why}.`, {
		modem: unwritten,
		next: override && `mend it, or flash all the same with --override ${override}.`,
	});

/** Who flashes a modem now, or resets it out of its loader; process 0 where it does not say. */
export type Holder = {
	readonly pid: number;
	readonly model: string;
	readonly path: string;
	readonly leaves?: boolean | undefined;
};

export function alreadyRuns({ model, path, pid, leaves }: Holder): Problem {
	const name = `${sanitize(model)} at ${sanitize(path)}`;
	const by = `process ${pid || 'unknown'}`;
	return leaves
		? new Problem(exitCode.noAccess, `The boot loader of ${name} is being left (${by}).`, {
				modem: 'Nothing was sent by this one.',
				next: 'wait until it is done.',
			})
		: new Problem(exitCode.noAccess, `A flash of ${name} runs already (${by}).`, {
				modem: 'Nothing was written by this one.',
				next: 'follow it with "modemscope flash --follow".',
			});
}

export const recordNotKept = (folder: string, cause: NodeJS.ErrnoException) =>
	new Problem(exitCode.failed, `Nothing can be kept in ${folder}: the disk says ${cause.code}.`, {
		modem: unwritten,
		next: freeTheDisk,
		cause,
	});

export const requestNotRead = (cause: unknown) =>
	new Problem(exitCode.usage, 'What came is no request for a flash.', {
		modem: unwritten,
		next: 'start a flash with "modemscope flash FILE".',
		cause,
	});

/** The files of a job are not those that its plan was made of. */
export const filesChanged = () =>
	new Problem(exitCode.fileRejected, 'The files were changed after the plan was made.', {
		modem: unwritten,
		next: 'wait until their copy or download is done, and plan it again.',
	});

export const cannotRecord = (cause: unknown) =>
	new Problem(exitCode.failed, cause instanceof Error ? cause.message : String(cause), {
		modem: 'Nothing was written to the modem: a flash without a recording is not begun.',
		next: freeTheDisk,
		cause,
	});

const refusal = v.object({
	type: v.literal('error'),
	message: v.string(),
	modem: v.optional(v.string()),
	next: v.optional(v.string()),
});

/** `said` is what its process said last: an error of ours, or whatever ended it. */
export function didNotStart(said: string, exit: ExitCode = exitCode.failed): Problem {
	const ours = v.safeParse(v.pipe(v.string(), v.parseJson(), refusal), said);
	if (ours.success) return new Problem(exit, ours.output.message, ours.output);
	return new Problem(
		exit || exitCode.failed,
		said || 'The flash process did not start. Nothing was written.',
	);
}

export const modemManagerInTheWay = (why: string) =>
	new Problem(exitCode.noAccess, `ModemManager could not be kept off this modem: ${why}.`, {
		modem: unwritten,
		next: 'sudo systemctl stop ModemManager, and flash again; or run modemscope with sudo.',
	});
