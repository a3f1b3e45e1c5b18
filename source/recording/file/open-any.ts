import { open, readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { exitCode, Problem } from '../../problem.ts';
import { importers } from '../import/importers.ts';
import { nameOf, notARecording, readRecording, sizeOfFile, unreadable } from './reader.ts';
import type { Recording } from './record.ts';

/** The longest log that is imported, bytes. */
const longestLog = 64 * 1024 * 1024;
/** An importer decides by the first lines. */
const linesToRecogniseBy = 200;

/** Reads a recording, or any log that an importer knows. Throws `Problem` for anything else. */
export async function openAny(path: string): Promise<Recording> {
	if ((await sizeOfFile(path)) === 0) throw notARecording(path, 'it is empty');
	return /^(?:\ufeff)?\s*\{/.test(await firstCharacters(path))
		? readRecording(path)
		: readLog(path);
}

/** Imports a log. Throws `Problem` when no importer knows it. */
export async function readLog(path: string): Promise<Recording> {
	const size = await sizeOfFile(path);
	if (size > longestLog) {
		throw new Problem(exitCode.fileRejected, `${nameOf(path)} is too long for a log (64 MB).`, {
			next: 'cut out the part that matters.',
		});
	}
	const text = await readFile(path, 'utf8').catch((error) => {
		throw unreadable(path, error);
	});
	const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
	const firstLines = lines.slice(0, linesToRecogniseBy);
	const importer = importers.find(({ recognise }) => recognise(firstLines));
	if (!importer) {
		throw notARecording(path, text.includes('\0') ? 'it is not text' : 'nothing in it is known');
	}
	return importer.read(lines, basename(path, extname(path)));
}

async function firstCharacters(path: string): Promise<string> {
	const file = await open(path).catch((error) => {
		throw unreadable(path, error);
	});
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
		return buffer.toString('utf8', 0, bytesRead);
	} finally {
		await file.close();
	}
}
