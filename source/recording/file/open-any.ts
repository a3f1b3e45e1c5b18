import { open, readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { exitCode, Problem } from '../../problem.ts';
import { isGzip, longestCase, openCase } from '../case/open-case.ts';
import { isCapture } from '../import/captures/packets.ts';
import { readCapture } from '../import/captures/read-capture.ts';
import { readText } from '../import/read-text.ts';
import { textOf } from '../import/text/encoding.ts';
import type { Recording, RecordingStream } from '../log/record.ts';
import { withMarks } from './marks.ts';
import { RecordingPieces } from './pieces.ts';
import {
	nameOf,
	notARecording,
	readRecording,
	recordingIn,
	sizeOfFile,
	streamRecording,
	unreadable,
} from './reader.ts';

/** The longest log that is imported, bytes. */
const longestLog = 64 * 1024 * 1024;
/** The path that stands for standard input. */
export const standardInput = '-';
/** What stands in a sentence where a file's name would. */
const pasted = 'The pasted text';
const recordingBegins = /^\ufeff?\s*\{\s*"modemscope"/;
const objectBegins = /^\ufeff?\s*\{/;

/**
 * Reads a recording, as far as memory holds it, or any log that an importer knows, with the marks beside it. Throws `Problem`
 * for anything else.
 */
export const openAny = (path: string): Promise<Recording> => openAs(path, readRecording);

/** The same, of a recording on disk piece by piece: a screen need not wait for its end, nor hold it. */
export const openInPieces = async (path: string): Promise<Recording | RecordingPieces> =>
	path !== standardInput && (await isRecording(path)) ? RecordingPieces.open(path) : openAny(path);

/** The same of a recording of any length. */
export const streamAny = (path: string): Promise<RecordingStream> => openAs(path, streamRecording);

async function openAs<T extends RecordingStream>(
	path: string,
	read: (path: string) => Promise<T>,
): Promise<T | Recording> {
	if (path === standardInput) {
		return openBytes(path, await readStandardInput());
	}
	return withMarks(path, (await isRecording(path)) ? await read(path) : await readLog(path));
}

async function isRecording(path: string): Promise<boolean> {
	if ((await sizeOfFile(path)) === 0) throw notARecording(path, 'it is empty');
	return recordingBegins.test(headOf(await firstBytes(path)));
}

/** Reads what a person pasted, as it would be read from a file. Throws `Problem` when nothing in it is known. */
export const openPasted = (text: string | Buffer): Promise<Recording> =>
	openBytes(pasted, Buffer.from(text));

/** The recording of a case; what else is in it, "modemscope case --unpack" shows. */
function recordingOfCase(path: string, bytes: Buffer): Promise<Recording> {
	const opened = openCase(bytes);
	if ('why' in opened) throw notARecording(path, opened.why);
	return recordingIn(path, opened.files.get('recording.ndjson')!);
}

const openBytes = (path: string, bytes: Buffer): Promise<Recording> =>
	recordingBegins.test(headOf(bytes)) ? recordingIn(path, bytes) : importBytes(path, bytes);

/** Imports a log. Throws `Problem` when no importer knows it. */
export async function readLog(path: string): Promise<Recording> {
	if (path !== standardInput && (await sizeOfFile(path)) > longestLog) throw tooLong(path);
	return importBytes(path, await bytesOf(path));
}

const headOf = (bytes: Buffer) => bytes.toString('utf8', 0, 64);

async function firstBytes(path: string): Promise<Buffer> {
	const file = await open(path).catch((error) => {
		throw unreadable(path, error);
	});
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

async function importBytes(path: string, bytes: Buffer): Promise<Recording> {
	if (bytes.length === 0) throw notARecording(path, 'it is empty');
	const isFile = path !== standardInput && path !== pasted;
	if (isGzip(bytes) && bytes.length <= longestCase) return recordingOfCase(path, bytes);
	const title = isFile ? basename(path, extname(path)) : 'a pasted text';
	if (isCapture(bytes)) {
		const capture = readCapture(bytes, title);
		if ('why' in capture) throw notARecording(path, capture.why);
		return capture;
	}
	const text = textOf(bytes);
	const found = text === undefined ? undefined : readText(text, title);
	if (found) return found.recording;
	// What is wrong with a JSON object is said of a recording.
	if (objectBegins.test(headOf(bytes))) return recordingIn(path, bytes);
	throw notARecording(path, text === undefined ? 'it is not text' : 'nothing in it is known');
}

async function bytesOf(path: string): Promise<Buffer> {
	if (path === standardInput) return readStandardInput();
	return readFile(path).catch((error) => {
		throw unreadable(path, error);
	});
}

async function readStandardInput(): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > longestLog) throw tooLong(standardInput);
	}
	return Buffer.concat(chunks);
}

const tooLong = (path: string) =>
	new Problem(exitCode.fileRejected, `${nameOf(path)} is too long for a log (64 MB).`, {
		next: 'cut out the part that matters.',
	});
