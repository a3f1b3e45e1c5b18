import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Event, Header } from '../../events.ts';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { knownTexts } from '../import/importers.ts';
import { parseEvent, parseHeader, type Recording } from '../log/record.ts';
import { type Line, linesOf } from './lines.ts';

/** A file that goes on is cut here: what does not fit in memory cannot be replayed. */
const mostEvents = 1_000_000;
const mostCharacters = 256 * 1024 * 1024;
/** Bad lines that get a note of their own. */
const mostNotes = 20;

/** The file's name for a sentence. */
export const nameOf = (path: string): string =>
	path === '-' ? 'Standard input' : sanitize(basename(path));

/** Throws `Problem` when `path` is not a plain file that can be read. Answers its size, bytes. */
export async function sizeOfFile(path: string): Promise<number> {
	const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
		throw unreadable(path, error);
	});
	if (!found.isFile()) {
		throw new Problem(exitCode.failed, `${nameOf(path)} is not a file.`, {
			next: 'name a recording or a log.',
		});
	}
	return found.size;
}

export function unreadable(path: string, error: NodeJS.ErrnoException): Problem {
	const more = { cause: error };
	if (error.code === 'ENOENT') {
		return new Problem(exitCode.failed, `There is no file ${sanitize(path)}.`, {
			...more,
			next: 'check the name; modemscope lists recordings in its view 5.',
		});
	}
	if (error.code === 'EACCES') {
		return new Problem(exitCode.noAccess, `${nameOf(path)} may not be read.`, {
			...more,
			next: 'ask its owner, or read it as the user who recorded it.',
		});
	}
	return new Problem(exitCode.failed, `${nameOf(path)} cannot be read (${error.code}).`, more);
}

export function notARecording(path: string, why: string): Problem {
	return new Problem(
		exitCode.fileRejected,
		`${nameOf(path)} is neither a recording nor a log that modemscope knows: ${why}.`,
		{ next: `give it a recording, or the text of one of these: ${knownTexts.join('; ')}.` },
	);
}

/** Reads a recording of which all bytes are there. Throws `Problem` when it is none. */
export const recordingIn = (path: string, bytes: Buffer): Promise<Recording> =>
	readLines(path, linesOf(Readable.from([bytes])));

/**
 * Reads a recording. Lines that are no events are skipped, and a file that was cut is read up to
 * the cut; `notes` says so. Throws `Problem` when it is no recording at all.
 */
export async function readRecording(path: string): Promise<Recording> {
	await sizeOfFile(path);
	const chunks = createReadStream(path) as AsyncIterable<Buffer>;
	try {
		return await readLines(path, linesOf(chunks));
	} catch (error) {
		if (error instanceof Problem) throw error;
		throw unreadable(path, error as NodeJS.ErrnoException);
	}
}

async function readLines(path: string, lines: AsyncIterable<Line>): Promise<Recording> {
	let header: Header | undefined;
	const events: Event[] = [];
	const notes = new Notes();
	let characters = 0;
	for await (const line of lines) {
		if (!header) {
			header = headerOf(path, line);
			continue;
		}
		characters += line.text.length;
		if (events.length >= mostEvents || characters > mostCharacters) {
			notes.say(
				`The recording is longer than can be held: it is read up to line ${line.number - 1}.`,
			);
			break;
		}
		const event = eventOf(line, (note) => notes.say(note));
		if (event) events.push(event);
	}
	if (!header) throw notARecording(path, 'it is empty');
	return { header, events, notes: notes.all() };
}

function headerOf(path: string, { text, tooLong, ended }: Line): Header {
	if (tooLong) throw notARecording(path, 'its first line has no end');
	// A byte order mark comes with text that went through some editors.
	const parsed = parseHeader(text.replace(/^\ufeff/, ''));
	if ('value' in parsed) return parsed.value;
	const cut = !ended && text.startsWith('{"modemscope"');
	throw notARecording(path, cut ? 'it ends in the middle of its first line' : parsed.why);
}

/** The event in a line, or undefined; `say` hears why. */
export function eventOf(line: Line, say: (note: string) => void): Event | undefined {
	const { number, text, ended, tooLong } = line;
	if (tooLong) {
		say(`Line ${number} is too long to be an event and was skipped.`);
		return undefined;
	}
	if (text.trim() === '') return undefined;
	const parsed = parseEvent(text);
	if ('value' in parsed) return parsed.value;
	say(
		ended
			? `Line ${number} is not an event and was skipped (${parsed.why}).`
			: `The recording ends in the middle of line ${number}: it was cut there; everything before it is here.`,
	);
	return undefined;
}

/** The first notes, and how many more there would be. */
class Notes {
	readonly #said: string[] = [];
	#unsaid = 0;

	say(note: string): void {
		if (this.#said.length < mostNotes) this.#said.push(note);
		else this.#unsaid++;
	}

	all(): string[] {
		const more =
			this.#unsaid > 0 ? [`${this.#unsaid} more lines have the same kind of fault.`] : [];
		return [...this.#said, ...more];
	}
}
