/**
 * What a file held when it was checked: a hash of every block. Another program may write over it
 * meanwhile (cp, rsync --inplace, NFS), so every block is compared again before it goes anywhere.
 */
import { createHash, type Hash } from 'node:crypto';
import { exitCode, Problem } from '../../problem.ts';

/** Reads up to `length` bytes at an offset; fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

/** It has other bytes than those that were checked. */
export class FileChanged extends Problem {
	constructor(name: string) {
		super(exitCode.fileRejected, `${name} was changed after it was checked.`, {
			modem: 'Nothing was written.',
			next: 'wait until its copy or download is done, and begin again.',
		});
	}
}

const algorithm = 'sha256';
const block = 65_536;

export class Seal {
	readonly #hashes: Buffer[] = [];
	#running: Hash = createHash(algorithm);
	#length = 0;

	/** Takes the next bytes, however they are cut. */
	add(bytes: Uint8Array): void {
		for (let from = 0; from < bytes.length; ) {
			const to = Math.min(bytes.length, from + block - (this.#length % block));
			this.#running.update(bytes.subarray(from, to));
			this.#length += to - from;
			from = to;
			if (this.#length % block === 0) this.#next();
		}
	}

	/** No more bytes come. */
	end(): this {
		if (this.#length % block > 0) this.#next();
		return this;
	}

	#next(): void {
		this.#hashes.push(this.#running.digest());
		this.#running = createHash(algorithm);
	}

	/** One for the whole file: the hash of all hashes, hexadecimal. */
	get digest(): string {
		const whole = createHash(algorithm);
		for (const hash of this.#hashes) whole.update(hash);
		return whole.digest('hex');
	}

	/** The hash of this piece, hexadecimal, where the piece is a block of them. */
	hashOf(offset: number, length: number): string | undefined {
		const whole = Math.min(block, this.#length - offset);
		if (offset % block !== 0 || length !== whole) return undefined;
		return this.#hashes[offset / block]?.toString('hex');
	}

	/** The same reading, of whole blocks that are compared first; it throws FileChanged. */
	guard(name: string, read: ReadAt): ReadAt {
		return async (offset, length) => {
			const to = Math.min(offset + length, this.#length);
			if (to <= offset) return Buffer.alloc(0);
			const first = Math.floor(offset / block);
			const end = Math.min(Math.ceil(to / block) * block, this.#length);
			const bytes = await read(first * block, end - first * block);
			for (let at = 0; at < end - first * block; at += block) {
				const hash = createHash(algorithm)
					.update(bytes.subarray(at, at + block))
					.digest();
				if (!hash.equals(this.#hashes[first + at / block]!)) throw new FileChanged(name);
			}
			return bytes.subarray(offset - first * block, to - first * block);
		};
	}
}

/** Reads all of it once. */
export async function sealOf(read: ReadAt, size: number): Promise<Seal> {
	const seal = new Seal();
	for (let at = 0; at < size; ) {
		const bytes = await read(at, 16 * block);
		if (bytes.length === 0) break;
		seal.add(bytes);
		at += bytes.length;
	}
	return seal.end();
}

/** One digest for several files, in their order; undefined while one is not sealed. */
export function digestOf(
	files: readonly { readonly digest?: string | undefined }[],
): string | undefined {
	const whole = createHash(algorithm);
	for (const { digest } of files) {
		if (digest === undefined) return undefined;
		whole.update(digest);
	}
	return whole.digest('hex');
}
