import { closeSync, openSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import type { Event, Header } from '../../events.ts';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { knownTexts } from '../import/importers.ts';
import { parseEvent, parseHeader, type Recording, type RecordingStream } from '../log/record.ts';
import { type Line, linesNear, linesOf } from './lines.ts';

type Bounds = { readonly events: number; readonly characters: number };
/** What is held is cut here: it is to fit into the 256 MB that a small gateway's Node has. */
const memory: Bounds = { events: 250_000, characters: 64 * 1024 * 1024 };
const endless: Bounds = { events: Infinity, characters: Infinity };
/** Bytes that are read at once, and events between two turns of the event loop. */
const chunkLength = 256 * 1024;
const eventsAtOnce = 2000;
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
	held(streamOf(path, () => [bytes], memory));

/**
 * Reads what memory holds of a recording, from its start. Lines that are no events are skipped, and
 * a file that was cut is read up to the cut; `notes` says so. Throws `Problem` when it is no
 * recording at all.
 */
export const readRecording = async (path: string): Promise<Recording> =>
	held(await streamRecording(path, memory));

/** A recording on disk as a stream, up to where it ends now: somebody may be writing it. */
export async function streamRecording(path: string, bounds = endless): Promise<RecordingStream> {
	const size = await sizeOfFile(path);
	return streamOf(path, () => chunksOf(path, size), bounds);
}

function* chunksOf(path: string, size: number): Generator<Buffer> {
	let file: number | undefined;
	try {
		file = openSync(path, 'r');
		const buffer = Buffer.allocUnsafe(chunkLength);
		for (let at = 0; at < size; ) {
			const read = readSync(file, buffer, 0, Math.min(chunkLength, size - at), at);
			if (read === 0) return;
			yield buffer.subarray(0, read);
			at += read;
		}
	} catch (error) {
		throw unreadable(path, error as NodeJS.ErrnoException);
	} finally {
		if (file !== undefined) closeSync(file);
	}
}

function streamOf(path: string, chunks: () => Iterable<Buffer>, bounds: Bounds): RecordingStream {
	const [first] = linesOf(chunks());
	if (!first) throw notARecording(path, 'it is empty');
	const header = headerOf(path, first);
	let told: readonly string[] = [];
	function* withWord(word: string): Generator<Event> {
		for (const line of linesNear(chunks(), word)) {
			const event = line.text.includes(word) ? eventOf(line, () => {}) : undefined;
			if (event) yield event;
		}
	}
	function* walk(): Generator<Event> {
		const notes = new Notes();
		let [events, characters] = [0, 0];
		try {
			for (const line of linesOf(chunks())) {
				if (line.number === 1) continue;
				characters += line.text.length;
				if (events >= bounds.events || characters > bounds.characters) {
					notes.say(
						`The recording is longer than can be held: what follows line ${line.number - 1} is left out here. modemscope replay reads all of it.`,
					);
					return;
				}
				const event = eventOf(line, (note) => notes.say(note));
				if (!event) continue;
				events++;
				yield event;
			}
		} finally {
			told = notes.all();
		}
	}
	return {
		header,
		events: { [Symbol.iterator]: walk },
		withWord,
		get notes() {
			return told;
		},
	};
}

/** Shows each event, and lets others have their turn meanwhile. */
export async function eachEvent(
	{ events }: RecordingStream,
	see: (event: Event) => void,
): Promise<void> {
	let seen = 0;
	for (const event of events) {
		see(event);
		if (++seen % eventsAtOnce === 0) await breath();
	}
}

async function held(stream: RecordingStream): Promise<Recording> {
	const events: Event[] = [];
	await eachEvent(stream, (event) => events.push(event));
	return { header: stream.header, events, notes: stream.notes };
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
	if (text === '' || text.trim() === '') return undefined;
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
export class Notes {
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
