/**
 * A recording on disk, piece by piece. Nothing of it is held: a piece is read again when it is wanted,
 * from the file that was opened, also when another one has taken its name.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Event, Header } from '../../events.ts';
import { type Line, linesOf } from './lines.ts';
import { type MarksBeside, marksBeside } from './marks.ts';
import { eventOf, Notes, sizeOfFile, streamRecording, unreadable } from './reader.ts';

/** Events that were read, and how they are read again; `extra` are the marks beside them. */
export type ReadPiece = {
	readonly events: readonly Event[];
	/** Undefined when other bytes stand there now. */
	readonly again: () => readonly Event[] | undefined;
	readonly extra: { readonly at: number; readonly event: Event }[];
	/** The file has no more. */
	readonly isLast: boolean;
};

/** Whole lines of the file, where they stand in bytes, and what they were when they were read first. */
type Piece = { readonly from: number; readonly to: number; readonly crc: number };

/** Bytes of a piece, where no line is longer. */
const usualLength = 64 * 1024;

const newline = 0x0a;

export class RecordingPieces {
	readonly header: Header;
	readonly #file: number;
	/** Somebody may be writing it: it is read up to where it ended when it was opened. */
	readonly #size: number;
	readonly #marks: MarksBeside;
	readonly #marksBefore: ReturnType<MarksBeside['inTurn']>;
	readonly #notes = new Notes();
	readonly #buffer = Buffer.allocUnsafe(usualLength);
	/** What was read so far, in bytes and in lines. */
	#at = 0;
	#lines = 0;

	/** Throws `Problem` when it is no recording. */
	static async open(path: string): Promise<RecordingPieces> {
		const { header } = await streamRecording(path);
		const size = await sizeOfFile(path);
		const marks = await marksBeside(path);
		try {
			return new RecordingPieces(header, openSync(path, 'r'), size, marks);
		} catch (error) {
			throw unreadable(path, error as NodeJS.ErrnoException);
		}
	}

	private constructor(header: Header, file: number, size: number, marks: MarksBeside) {
		this.#marks = marks;
		this.#marksBefore = marks.inTurn();
		this.header = header;
		this.#file = file;
		this.#size = size;
	}

	/** What was wrong with the pieces so far, in sentences. */
	get notes(): readonly string[] {
		return [...this.#notes.all(), ...this.#marks.notes];
	}

	/** The next piece; undefined at the end. */
	next(): ReadPiece | undefined {
		const from = this.#at;
		const to = this.#endOfPiece(from);
		if (to === from) return this.#marksLeft();
		this.#at = to;
		const before = this.#lines;
		const { events, crc } = this.#read(from, to, (line) => {
			this.#lines = before + line.number;
			const numbered = { ...line, number: before + line.number };
			return eventOf(numbered, (note) => this.#notes.say(note));
		});
		const isLast = to >= this.#size;
		const extra: ReadPiece['extra'] = [];
		for (const [index, { t }] of events.entries())
			for (const event of this.#marksBefore(t)) extra.push({ at: index + extra.length, event });
		return { events, again: () => this.#again({ from, to, crc }), extra, isLast };
	}

	#marksLeft(): ReadPiece | undefined {
		const events = this.#marksBefore();
		return events.length > 0
			? { events, again: () => events, extra: [], isLast: false }
			: undefined;
	}

	close(): void {
		closeSync(this.#file);
	}

	#again({ from, to, crc }: Piece): Event[] | undefined {
		const read = this.#read(from, to, (line) => eventOf(line, () => {}));
		return read.crc === crc ? read.events : undefined;
	}

	#read(from: number, to: number, take: (line: Line) => Event | undefined) {
		let crc = 0;
		const chunks = this.#chunks(from, to, (chunk) => {
			crc = crc32(chunk, crc);
		});
		const events: Event[] = [];
		for (const line of linesOf(chunks)) {
			const isHeader = from === 0 && line.number === 1;
			const event = isHeader ? undefined : take(line);
			if (event) events.push(event);
		}
		return { events, crc };
	}

	*#chunks(from: number, to: number, see: (chunk: Buffer) => void): Generator<Buffer> {
		for (let at = from; at < to; ) {
			const read = this.#readAt(at, Math.min(usualLength, to - at));
			if (read === 0) return;
			const chunk = this.#buffer.subarray(0, read);
			see(chunk);
			yield chunk;
			at += read;
		}
	}

	/** None where the file ends, or cannot be read any more. */
	#readAt(at: number, length: number): number {
		try {
			return readSync(this.#file, this.#buffer, 0, length, at);
		} catch (error) {
			this.#notes.say(`It cannot be read on (${(error as NodeJS.ErrnoException).code}).`);
			return 0;
		}
	}

	/** Behind the last whole line of the usual length, or the first one that is longer. */
	#endOfPiece(from: number): number {
		let at = from;
		for (const chunk of this.#chunks(from, this.#size, () => {})) {
			const isFirst = at === from;
			if (isFirst && at + chunk.length === this.#size) return this.#size;
			const end = isFirst ? chunk.lastIndexOf(newline) : chunk.indexOf(newline);
			if (end >= 0) return at + end + 1;
			at += chunk.length;
		}
		return at;
	}
}
