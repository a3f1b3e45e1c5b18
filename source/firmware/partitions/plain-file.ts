import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { FileChanged, sealOf } from '../cwe/seal.ts';

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
export async function sealedFile(handle: FileHandle, path: string): Promise<PlainFile> {
	const { size } = await handle.stat();
	const name = sanitize(basename(path));
	const read = readerOf(handle, size);
	const seal = await sealOf(read, size);
	return {
		path,
		name,
		size,
		digest: seal.digest,
		readBytes: seal.guard(name, read),
		hashOf: (offset, length) => seal.hashOf(offset, length),
		close: () => handle.close(),
	};
}

/** Reads within the size that the file had when it was opened. */
export const readerOf =
	(handle: FileHandle, size: number): PlainFile['readBytes'] =>
	async (offset, length) => {
		const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
		if (buffer.length === 0) return buffer;
		const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
		return buffer.subarray(0, bytesRead);
	};

export async function openFile(path: string): Promise<FileHandle> {
	const shown = sanitize(path);
	try {
		// Asked before it is opened: opening a pipe would wait for its writer.
		if (!(await stat(path)).isFile()) throw notAFile(shown);
		return await open(path);
	} catch (error) {
		throw problemOf(error, shown);
	}
}

/** Throws FileChanged when another file is there than the one that was opened, or it was written to since. */
export async function demandSame(path: string, opened: BigIntStats): Promise<void> {
	const now = await stat(path, { bigint: true }).catch((error: unknown) => {
		throw problemOf(error, sanitize(path));
	});
	const telling = ['dev', 'ino', 'size', 'mtimeNs'] as const;
	if (telling.some((key) => now[key] !== opened[key]))
		throw new FileChanged(sanitize(basename(path)));
}

const notAFile = (shown: string) =>
	new Problem(exitCode.fileRejected, `${shown} is not a file.`, {
		next: 'name the firmware file itself.',
	});

function problemOf(error: unknown, shown: string): unknown {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (typeof code !== 'string') return error;
	const [exit, what, next] = refusals[code] ?? [
		exitCode.failed,
		`The system cannot read %s: ${code}.`,
		'copy the file to another place and try again.',
	];
	return new Problem(
		exit,
		what.replace('%s', () => shown),
		{ next, cause: error },
	);
}

const missing = [
	exitCode.failed,
	'There is no file %s.',
	'look at the name and the folder.',
] as const;
const forbidden = [
	exitCode.noAccess,
	'You may not read %s.',
	'ask its owner, or copy it to a place of your own.',
] as const;
const refusals: Readonly<Record<string, readonly [ExitCode, string, string]>> = {
	ENOENT: missing,
	ENOTDIR: missing,
	ENAMETOOLONG: missing,
	EACCES: forbidden,
	EPERM: forbidden,
};
