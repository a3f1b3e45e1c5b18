import { type BigIntStats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { FileChanged, sealOf } from '../cwe/seal.ts';
import { type OpenFile, openFile, problemOf } from './open-file.ts';

/** A file that is sent to a modem, whatever is in it. */
export type PlainFile = {
	readonly path: string;
	/** The last part of the path, safe to show. */
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** Of all its bytes, once they were hashed. */
	readonly digest?: string | undefined;
	/**
	 * Up to `length` bytes at an offset; fewer at the end of the file. Throws FileChanged when they are
	 * not those that were hashed.
	 */
	readBytes(offset: number, length: number): Promise<Buffer>;
	/** SHA-256 of such a reading, hexadecimal, where it is known: it was compared when it was read. */
	hashOf?(offset: number, length: number): string | undefined;
	close(): Promise<void>;
};

/** Opens it and hashes all of it. Throws a `Problem` when it is not there, is no file, or may not be read. */
export const openPlain = async (path: string): Promise<PlainFile> =>
	sealedFile(await openFile(path), path);

/** An open file, once all of it was hashed. */
export async function sealedFile(file: OpenFile, path: string): Promise<PlainFile> {
	const { size } = file;
	const name = sanitize(basename(path));
	const read = readerOf(file);
	const seal = await sealOf(read, size);
	return {
		path,
		name,
		size,
		digest: seal.digest,
		readBytes: seal.guard(name, read),
		hashOf: (offset, length) => seal.hashOf(offset, length),
		close: file.close,
	};
}

/** Reads within the size that the file had when it was opened. */
export const readerOf =
	({ read, size }: OpenFile): PlainFile['readBytes'] =>
	async (offset, length) => {
		const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
		return buffer.subarray(0, buffer.length && (await read(buffer, offset)));
	};

/** Throws FileChanged when another file is there than the one that was opened, or it was written to since. */
export async function demandSame(path: string, opened: BigIntStats): Promise<void> {
	const now = statsOf(path);
	const telling = ['dev', 'ino', 'size', 'mtimeNs'] as const;
	if (telling.some((key) => now[key] !== opened[key]))
		throw new FileChanged(sanitize(basename(path)));
}

function statsOf(path: string): BigIntStats {
	try {
		return statSync(path, { bigint: true });
	} catch (error) {
		throw problemOf(error, sanitize(path));
	}
}
