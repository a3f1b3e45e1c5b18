/** What every download shares while bytes go to the modem. */
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import type { FlashContext } from '../model/context.ts';
import { stopIfRequested } from '../model/context.ts';

export const holding = 'Nothing was written; the modem holds in its boot loader.';
export const halfWritten =
	'The modem may hold part of the new firmware, and may not start until it is flashed again.';
export const goOn = 'go on with "modemscope flash --continue"';
export const flashAgain = 'power cycle it with TP1 low, or catch it again, and flash it.';
/** The same for the chip's own loader. */
export const toEmergency =
	'bring it to its emergency loader again (05c6:9008: a power cycle, with its test point if need be), and flash it.';

/** How many files go in one session, and how many of them the modem has accepted. */
export type BatchPosition = {
	readonly accepted: number;
	readonly of: number;
	/** What they are, where they are no files. */
	readonly what?: string;
};
export const partAccepted = ({ accepted, of, what = 'files' }: BatchPosition) =>
	`${accepted} of ${of} ${what} are written and accepted; they may not run without the rest.`;
/** How a flash ends before a byte of the next file is sent, and the state of the modem. */
export const beforeFile = (position: BatchPosition): readonly [ExitCode, string] =>
	position.accepted === 0
		? [exitCode.refusedBeforeWrite, holding]
		: [exitCode.failedDuringWrite, partAccepted(position)];
/** What is told of the file under way. */
export const fileName = ({ accepted, of }: BatchPosition, name: string) =>
	of > 1 ? `file ${accepted + 1} of ${of}: ${name}` : name;

/** Seconds of silence in which a modem checks an image and writes its flash memory. */
export const commitWait = 300;
/** Bytes that are given to the port at once, about: progress, a stop and a line of the recording stand between two. */
export const pieceSize = 64 * 1024;
/** Seconds between two reports of progress. */
const reportEvery = 0.5;

/** Counts the bytes of all files that the modem's port has taken, and says so now and then. */
export class WriteProgress {
	readonly #context: FlashContext;
	readonly #total: number;
	#sent: number;
	#reported: number;

	/** The first `before` of the files were accepted earlier. */
	constructor(context: FlashContext, files: readonly { size: number }[], before: number) {
		const sizeOf = (some: typeof files) => some.reduce((sum, { size }) => sum + size, 0);
		this.#context = context;
		this.#total = sizeOf(files);
		this.#sent = sizeOf(files.slice(0, before));
		this.#reported = context.clock.now();
		this.#report();
	}

	add(bytes: number): void {
		this.#sent += bytes;
		const now = this.#context.clock.now();
		if (now - this.#reported < reportEvery && this.#sent < this.#total) return;
		this.#reported = now;
		this.#report();
	}

	#report() {
		this.#context.emit('flash', { type: 'flash-progress', sent: this.#sent, total: this.#total });
	}
}

/** The safe point before a file: a stop leaves a modem with those before it. */
export function stopBeforeFile(context: FlashContext, position: BatchPosition): void {
	if (position.accepted === 0) stopIfRequested(context);
	if (!context.stop.aborted) return;
	throw new Problem(
		exitCode.failedDuringWrite,
		`Stopped between two ${position.what ?? 'files'}, as asked.`,
		{
			modem: partAccepted(position),
			next: `${goOn}.`,
		},
	);
}

/** The safe point between two blocks. */
export function stopBetweenBlocks(context: FlashContext): void {
	if (context.stop.aborted) throw failed('Stopped during the write, as asked.', context);
}

/** What fails once bytes have been sent. */
export const failed = (what: string, { again = flashAgain }: Pick<FlashContext, 'again'> = {}) =>
	new Problem(exitCode.failedDuringWrite, what, { modem: halfWritten, next: again });
