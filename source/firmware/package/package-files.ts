/** The files of a firmware package, in a folder or in a ZIP archive. */
import type { Readable } from 'node:stream';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { PlainFile } from '../partitions/plain-file.ts';

export type PackageFiles = {
	/** Bytes of each, by its path in the package, with forward slashes. */
	readonly sizes: ReadonlyMap<string, number>;
	/** Its bytes from the first to the last. It fails with a Problem where they cannot be had. */
	stream(name: string): Promise<Readable>;
	open(name: string): Promise<PlainFile>;
	close(): Promise<void>;
};

/** Real packages have some dozens of files, and a NAND has at most a few GiB. */
export const mostFiles = 4096;
export const mostBytes = 4 * 1024 ** 3;

export const packageRefused = (name: string, why: string, cause?: unknown): Problem =>
	new Problem(exitCode.fileRejected, `${sanitize(name)} ${sanitize(why)}.`, {
		modem: 'Nothing was written.',
		next: 'get the package from the modem’s maker again.',
		cause,
	});
