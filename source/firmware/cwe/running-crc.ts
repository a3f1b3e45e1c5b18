import { givePagesBack, inOwnPages } from '../../pages.ts';
import { exitCode, Problem } from '../../problem.ts';
import { crcOfTail, cweCrc, emptyCrc } from './crc.ts';

/** Reads into a buffer from an offset of the file; says how many bytes came. */
export type ReadInto = (buffer: Buffer, offset: number) => Promise<number>;
export type Progress = (done: number, total: number) => void;

const chunk = 1 << 20;

/**
 * The CRC of any stretch between two cuts, from one pass over the file: the running CRC is kept at
 * every cut, and the CRC of a stretch follows from the two at its ends, however images are nested.
 */
export class RunningCrc {
	readonly #at = new Map<number, number>([[0, emptyCrc]]);

	/** @param end the first cut is 0, the pass ends here or at the last cut; bytes */
	static async over(
		read: ReadInto,
		cuts: readonly number[],
		end: number,
		onProgress?: Progress,
		signal?: AbortSignal,
	): Promise<RunningCrc> {
		const running = new RunningCrc();
		const left = [...new Set(cuts)].filter((cut) => cut > 0).sort((a, b) => b - a);
		let crc = emptyCrc;
		for await (const { offset, bytes } of chunks(read, end, signal)) {
			let from = 0;
			while (left.length && left.at(-1)! <= offset + bytes.length) {
				const cut = left.pop()!;
				crc = cweCrc(bytes.subarray(from, cut - offset), crc);
				running.#at.set(cut, crc);
				from = cut - offset;
			}
			crc = cweCrc(bytes.subarray(from), crc);
			onProgress?.(offset + bytes.length, end);
		}
		return running;
	}

	/** The CRC of the bytes between two cuts. */
	between(from: number, to: number): number {
		const [head, whole] = [this.#at.get(from), this.#at.get(to)];
		if (head === undefined || whole === undefined) throw new RangeError(`no cut at ${from}, ${to}`);
		return crcOfTail(whole, head, to - from);
	}
}

/** The file in order; the next chunk is being read while the reader works on this one. */
async function* chunks(read: ReadInto, end: number, signal: AbortSignal | undefined) {
	const length = Math.min(chunk, end);
	const buffers = [inOwnPages(length), inOwnPages(length)] as const;
	let [now, next] = buffers;
	const start = (buffer: Buffer, offset: number) => read(buffer.subarray(0, end - offset), offset);
	let coming = start(now, 0);
	try {
		for (let offset = 0; offset < end; ) {
			const bytes = now.subarray(0, await coming);
			signal?.throwIfAborted();
			if (!bytes.length) throw shrunk(offset, end);
			if (offset + bytes.length < end) coming = start(next, offset + bytes.length);
			// A read that fails is met at the next await; until then it must not count as unhandled.
			coming.catch(() => {});
			yield { offset, bytes };
			[now, next] = [next, now];
			offset += bytes.length;
		}
	} finally {
		// One that is still being read is written to.
		await coming.catch(() => {});
		for (const buffer of buffers) givePagesBack(buffer);
	}
}

const shrunk = (offset: number, end: number) =>
	new Problem(
		exitCode.failed,
		`The file ended at byte ${offset} of ${end} while it was read: something shortened it.`,
		{ next: 'wait until its download or copy is done, and open it again.' },
	);
