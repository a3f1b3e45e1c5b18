/** What every download shares while bytes go to the modem. */
import { exitCode, Problem } from '../problem.ts';
import type { FlashContext } from './report.ts';

export const holding = 'Nothing was written; the modem holds in its boot loader.';
export const halfWritten =
	'The modem may hold part of the new firmware, and may not start until it is flashed again.';
export const flashAgain = 'power cycle it with TP1 low, or catch it again, and flash it.';
/** After this, nothing more is sent to a modem whose first file was accepted. */
export const partAccepted = (accepted: number, of: number) =>
	`${accepted} of ${of} files are written and accepted; they may not run without the rest.`;

/** Seconds of silence in which a modem checks an image and writes its flash memory. */
export const commitWait = 300;
/** Seconds between two reports of progress. */
const reportEvery = 0.5;

/** Counts the bytes of all files that the modem's port has taken, and says so now and then. */
export class Taken {
	readonly #context: FlashContext;
	readonly #total: number;
	#sent = 0;
	#reported: number;

	constructor(context: FlashContext, total: number) {
		this.#context = context;
		this.#total = total;
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

/** The safe point between two blocks. */
export function stopBetweenBlocks({ stop }: FlashContext): void {
	if (stop.aborted) throw failed('Stopped during the write, as asked.');
}

/** What fails once bytes have been sent. */
export const failed = (what: string) =>
	new Problem(exitCode.failedDuringWrite, what, { modem: halfWritten, next: flashAgain });
