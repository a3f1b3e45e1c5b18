/** What every download shares while bytes go to the modem. */
import { type FlashContext, phase, stopIfRequested } from '../model/context.ts';
import { stoppedBetweenFiles, stoppedInWrite } from '../model/outcomes/download.ts';
import type { BatchPosition } from '../model/outcomes/states.ts';

/** The detail of a phase: which file is under way. */
export const fileName = ({ accepted, of }: BatchPosition, name: string) =>
	of > 1 ? `file ${accepted + 1} of ${of}: ${name}` : name;

/** About how many bytes a line of the recording tells, and the shortest write has. */
export const pieceSize = 64 * 1024;
/** Bytes: some host controllers want the memory for a write in one piece. */
const longestWrite = 512 * 1024;
/** Seconds that a write may take: between two come progress and a stop. */
const quick = 0.05;
const slow = 0.2;
/** Seconds between two reports of progress. */
const reportEvery = 0.5;

/** Counts the bytes of all files that the modem's port has taken, and says so now and then. */
export class WriteProgress {
	readonly #context: FlashContext;
	readonly #total: number;
	#sent: number;
	#reported: number;
	#added: number;
	/** Bytes of the next write: as many as go soon, for each costs several turns between threads. */
	size = pieceSize;

	/** The first `before` of the files were accepted earlier. */
	constructor(context: FlashContext, files: readonly { size: number }[], before: number) {
		const sizeOf = (some: typeof files) => some.reduce((sum, { size }) => sum + size, 0);
		this.#context = context;
		this.#total = sizeOf(files);
		this.#sent = sizeOf(files.slice(0, before));
		this.#reported = context.clock.now();
		this.#added = this.#reported;
		this.#report();
	}

	add(bytes: number): void {
		this.#sent += bytes;
		const now = this.#context.clock.now();
		const took = now - this.#added;
		this.#added = now;
		if (took < quick && bytes >= this.size / 2) this.size = Math.min(longestWrite, 2 * this.size);
		if (took > slow) this.size = Math.max(pieceSize, this.size / 2);
		if (now - this.#reported < reportEvery && this.#sent < this.#total) return;
		this.#reported = now;
		this.#report();
	}

	#report() {
		this.#context.emit('flash', { type: 'flash-progress', sent: this.#sent, total: this.#total });
	}
}

/**
 * Whoever dies in what follows leaves a loader that waits for the rest of an image: the recording, by
 * which a flash is gone on with, has it on the disk before.
 */
export async function beginWrite(context: FlashContext, detail: string): Promise<void> {
	phase(context, 'write', 'running', detail);
	await context.recorded?.();
}

/** The safe point before a file: a stop leaves a modem with those before it. */
export function stopBeforeFile(context: FlashContext, position: BatchPosition): void {
	if (position.accepted === 0) stopIfRequested(context);
	if (context.stop.aborted) throw stoppedBetweenFiles(position);
}

/** The safe point between two blocks. */
export function stopBetweenBlocks(context: FlashContext): void {
	if (context.stop.aborted) throw stoppedInWrite(context.ways);
}
