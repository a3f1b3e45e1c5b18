/** A file that is open to be read, without `node:fs/promises`: that loads for longer than most files are read. */
import {
	type BigIntStats,
	closeSync,
	fstatSync,
	openSync,
	read,
	readSync,
	statSync,
} from 'node:fs';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';

export type OpenFile = {
	readonly fd: number;
	/** As it was when it was opened. */
	readonly stats: BigIntStats;
	/** Bytes. */
	readonly size: number;
	/** Fills the buffer from an offset; says how many bytes came. */
	read(buffer: Buffer, offset: number): Promise<number>;
	close(): Promise<void>;
};

/** Bytes that are there before another thread could be asked for them. */
const little = 4096;

/** What is open as `fd`. It is closed once all reads have ended: its number may be another file's then. */
export function fileOf(fd: number, close: () => void | Promise<void>): OpenFile {
	const stats = fstatSync(fd, { bigint: true });
	const running = new Set<Promise<number>>();
	let isClosed = false;
	const inThread = (buffer: Buffer, offset: number) =>
		new Promise<number>((resolve, reject) => {
			read(fd, buffer, 0, buffer.length, offset, (error, length) =>
				error ? reject(error) : resolve(length),
			);
		});
	return {
		fd,
		stats,
		size: Number(stats.size),
		async read(buffer, offset) {
			if (isClosed) throw new Error('the file is closed');
			if (buffer.length <= little) return readSync(fd, buffer, 0, buffer.length, offset);
			const reading = inThread(buffer, offset);
			running.add(reading);
			return reading.finally(() => running.delete(reading));
		},
		async close() {
			if (isClosed) return;
			isClosed = true;
			await Promise.allSettled(running);
			await close();
		},
	};
}

/** Throws a `Problem` when it is not there, is no file, or may not be read. */
export async function openFile(path: string): Promise<OpenFile> {
	const shown = sanitize(path);
	try {
		// Asked before it is opened: opening a pipe would wait for its writer.
		if (!statSync(path).isFile()) throw notAFile(shown);
		const fd = openSync(path, 'r');
		return fileOf(fd, () => closeSync(fd));
	} catch (error) {
		throw problemOf(error, shown);
	}
}

const notAFile = (shown: string) =>
	new Problem(exitCode.fileRejected, `${shown} is not a file.`, {
		next: 'name the firmware file itself.',
	});

export function problemOf(error: unknown, shown: string): unknown {
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
