/**
 * Writes a recording while it happens. Nobody waits for the disk: events are queued and written in
 * batches; a disk that fails is said once, and the rest goes unrecorded.
 */
import {
	close as closeFile,
	constants,
	fdatasync,
	fstat,
	openSync,
	write as writeFile,
	writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import type { Event, Header } from '../../events.ts';
import { exitCode, Problem } from '../../problem.ts';
import { recordLine } from '../log/record.ts';
import { nameOf } from './reader.ts';

const write = promisify(writeFile);
const close = promisify(closeFile);
const status = promisify(fstat);
const sync = promisify(fdatasync);

/** Wall milliseconds that an event may wait in memory. */
const batchEvery = 50;
/** Characters queued for a disk that hangs, before the recording is given up. */
const mostQueued = 32 * 1024 * 1024;

export type RecordingWriter = {
	readonly path: string;
	/** Never waits and never throws. */
	append(event: Event): void;
	/** Resolves when everything appended so far has been given to the disk, or has failed. */
	flush(): Promise<void>;
	close(): Promise<void>;
};

/**
 * Creates the file, readable by its owner only, with the header in it. What is still queued when
 * the process exits is written then. Throws `Problem` when the file exists or cannot be made;
 * later failures are told once to `onFailure`.
 */
export function createWriter(
	path: string,
	header: Header,
	onFailure: (problem: Problem) => void = () => {},
): RecordingWriter {
	const fd = create(path);
	const queue: string[] = [recordLine(header)];
	let queued = 0;
	/** The batch that is being written, and where in the file it starts. */
	let batch: Buffer | undefined;
	let position = 0;
	let timer: NodeJS.Timeout | undefined;
	let writing: Promise<void> | undefined;
	let state: 'open' | 'failed' | 'closed' = 'open';

	const fail = (why: string, cause?: unknown) => {
		if (state !== 'open') return;
		state = 'failed';
		queue.length = 0;
		const next = 'free the disk or choose another folder, and start a new recording.';
		onFailure(
			new Problem(exitCode.failed, `The recording ${nameOf(path)} ends here: ${why}.`, {
				next,
				cause,
			}),
		);
	};
	const takeBatch = () => {
		queued = 0;
		return Buffer.from(queue.splice(0).join(''));
	};
	const writeQueue = async () => {
		while (queue.length > 0) {
			batch = takeBatch();
			for (let done = 0; done < batch.length; ) {
				done += (await write(fd, batch, done, batch.length - done, position + done)).bytesWritten;
			}
			position += batch.length;
			batch = undefined;
			// Writes to a file without a name succeed, and are lost.
			if ((await status(fd)).nlink === 0) fail('its file was removed');
		}
	};
	const flush = async () => {
		clearTimeout(timer);
		timer = undefined;
		while (writing || queue.length > 0) {
			writing ??= writeQueue()
				.catch((error: NodeJS.ErrnoException) => fail(`the disk says ${error.code}`, error))
				.finally(() => {
					writing = undefined;
				});
			await writing;
		}
	};
	const schedule = () => {
		timer ??= setTimeout(() => void flush(), batchEvery).unref();
	};
	const writeAtExit = () => {
		if (state !== 'open') return;
		// A batch under way is written again, to the same place: nobody waits for the other write.
		const rest = Buffer.concat([batch ?? Buffer.alloc(0), takeBatch()]);
		try {
			for (let done = 0; done < rest.length; ) {
				done += writeSync(fd, rest, done, rest.length - done, position + done);
			}
		} catch {
			// The process is ending; there is nobody left to tell.
		}
	};

	process.once('exit', writeAtExit);
	schedule();
	return {
		path,
		append: (event) => {
			if (state !== 'open') return;
			const line = recordLine(event);
			queue.push(line);
			queued += line.length;
			if (queued > mostQueued) fail('the disk does not keep up');
			else schedule();
		},
		flush,
		close: async () => {
			if (state === 'closed') return;
			await flush();
			state = 'closed';
			process.off('exit', writeAtExit);
			await sync(fd).catch(() => {});
			await close(fd).catch(() => {});
		},
	};
}

function create(path: string): number {
	try {
		const { O_CREAT, O_EXCL, O_WRONLY } = constants;
		return openSync(path, O_CREAT | O_EXCL | O_WRONLY, 0o600);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const exists = code === 'EEXIST';
		throw new Problem(
			exitCode.failed,
			exists
				? `${nameOf(path)} exists already, and a recording never replaces a file.`
				: `The recording ${nameOf(path)} cannot be made (${code}).`,
			{
				next: exists ? 'choose another name.' : 'choose a folder that may be written.',
				cause: error,
			},
		);
	}
}
