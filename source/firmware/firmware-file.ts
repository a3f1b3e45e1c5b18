import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/sanitize.ts';
import { type Check, checkImages } from './checks.ts';
import { type ImageNode, readImages } from './image-tree.ts';
import { mustBeFirmware } from './not-firmware.ts';
import { isRehearsal } from './rehearsal-mark.ts';
import type { Progress } from './running-crc.ts';
import { type Versions, versionConflicts, versionsOf } from './versions.ts';

export type FirmwareFile = {
	readonly path: string;
	/** The last part of the path, safe to show. */
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** The top images; one, unless files were joined. */
	readonly images: readonly ImageNode[];
	readonly versions: Versions;
	/** Sentences: where the file’s name tells another version than its headers. */
	readonly versionConflicts: readonly string[];
	/** Made for the rehearsal: noise under right CRCs, which must never reach a real modem. */
	readonly rehearsal: boolean;
	/** Up to `length` bytes at an offset; fewer at the end of the file. */
	readBytes(offset: number, length: number): Promise<Buffer>;
	/**
	 * Every check, in one pass over the file. Rejects with the signal's reason when it aborts, with
	 * a `Problem` when the file gets shorter meanwhile.
	 */
	verify(onProgress?: Progress, signal?: AbortSignal): Promise<Check[]>;
	close(): Promise<void>;
};

/** Opens a firmware file and reads its headers; throws a `Problem` when it is not whole firmware. */
export async function openFirmware(path: string): Promise<FirmwareFile> {
	const handle = await openFile(path);
	try {
		return await readFirmware(path, handle);
	} catch (error) {
		await handle.close();
		throw error;
	}
}

async function readFirmware(path: string, handle: FileHandle): Promise<FirmwareFile> {
	const { size } = await handle.stat();
	const name = sanitize(basename(path));
	const read = async (buffer: Buffer, offset: number) =>
		(await handle.read(buffer, 0, buffer.length, offset)).bytesRead;
	const readBytes = async (offset: number, length: number) => {
		const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
		return buffer.subarray(0, buffer.length && (await read(buffer, offset)));
	};
	await mustBeFirmware(name, size, readBytes);
	const { images, rest } = await readImages(readBytes, 0, size);
	const versions = versionsOf(images, name);
	return {
		path,
		name,
		size,
		images,
		versions,
		versionConflicts: versionConflicts(versions, name),
		rehearsal: images.some(isRehearsal),
		readBytes,
		verify: (onProgress, signal) => checkImages({ images, rest, size, read }, onProgress, signal),
		close: () => handle.close(),
	};
}

async function openFile(path: string): Promise<FileHandle> {
	const shown = sanitize(path);
	try {
		// Asked before it is opened: opening a pipe would wait for its writer.
		if (!(await stat(path)).isFile()) throw notAFile(shown);
		return await open(path);
	} catch (error) {
		throw problemOf(error, shown);
	}
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
