import { createWriteStream } from 'node:fs';
import { hostname } from 'node:os';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';

/** Writes a file that is not there yet, readable by its owner only. Throws a Problem when it cannot. */
export async function writeNewFile(
	path: string,
	pieces: Iterable<string | Buffer>,
	through: readonly Transform[] = [],
): Promise<void> {
	const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
	try {
		await pipeline([Readable.from(pieces), ...through, file]);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === undefined) throw error;
		throw unwritable(path, error as NodeJS.ErrnoException);
	}
}

function unwritable(path: string, error: NodeJS.ErrnoException): Problem {
	if (error.code === 'EEXIST') {
		return new Problem(exitCode.failed, `${sanitize(path)} is there already.`, {
			next: 'name another file, or remove that one.',
			cause: error,
		});
	}
	const exit = error.code === 'EACCES' ? exitCode.noAccess : exitCode.failed;
	return new Problem(exit, `${sanitize(path)} cannot be written (${error.code}).`, {
		cause: error,
	});
}

/** Names that are masked though nothing in a text gives them away. */
export const thisMachine = () => ({
	host: hostname(),
	user: process.env.LOGNAME ?? process.env.USER,
});
