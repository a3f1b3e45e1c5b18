import { isAscii } from 'node:buffer';

/** The longest line that is read, bytes. The longest event that is written is far below. */
export const longestLine = 4 * 1024 * 1024;

export type Line = {
	/** Counted from 1. */
	readonly number: number;
	/** Without its line end; empty when the line was too long to be kept. */
	readonly text: string;
	/** False for a last line that nothing ended. */
	readonly ended: boolean;
	readonly tooLong: boolean;
};

const foreign = /[\x80-\xff]/g;
const newline = 0x0a;
const carriageReturn = 0x0d;

/** Cuts bytes into lines, however they arrive, and never holds more than the longest line. */
export class LineSplitter {
	#parts: Buffer[] = [];
	#size = 0;
	#number = 0;
	readonly #longest: number;

	constructor(longest = longestLine) {
		this.#longest = longest;
	}

	/**
	 * Lines that these bytes complete, to be walked over to the end while the bytes are what they are. All at
	 * once they would outlive what is made of them, and be looked at by the collector again and again.
	 */
	*push(chunk: Buffer): Generator<Line> {
		const end = chunk.lastIndexOf(newline);
		let from = 0;
		if (this.#size > 0 && end >= 0) {
			from = chunk.indexOf(newline) + 1;
			this.#hold(chunk.subarray(0, from - 1));
			yield this.#take(true);
		}
		if (end >= from) yield* this.#split(chunk.subarray(from, end + 1));
		this.#hold(chunk.subarray(end + 1));
	}

	/**
	 * Whole lines are decoded at once: each is a piece of one text then, and not copied. One that is not
	 * ASCII is decoded by itself, or all others would take two bytes a character.
	 */
	*#split(bytes: Buffer): Generator<Line> {
		const text = bytes.toString('latin1');
		foreign.lastIndex = 0;
		let next = isAscii(bytes) || !foreign.test(text) ? Infinity : foreign.lastIndex - 1;
		for (let from = 0; from < text.length; ) {
			const end = text.indexOf('\n', from);
			const tooLong = end - from > this.#longest;
			const last = text.charCodeAt(end - 1) === carriageReturn && end > from ? end - 1 : end;
			let line = tooLong ? '' : text.slice(from, last);
			if (next < end) {
				if (!tooLong) line = bytes.toString('utf8', from, last);
				foreign.lastIndex = end;
				next = foreign.test(text) ? foreign.lastIndex - 1 : Infinity;
			}
			yield { number: ++this.#number, text: line, ended: true, tooLong };
			from = end + 1;
		}
	}

	/** What is left after the last line end, if anything. */
	rest(): Line | undefined {
		return this.#size > 0 ? this.#take(false) : undefined;
	}

	#hold(part: Buffer): void {
		this.#size += part.length;
		if (this.#size > this.#longest) this.#parts = [];
		// Copied: the reader that gave the chunk may use its memory again.
		else if (part.length > 0) this.#parts.push(Buffer.from(part));
	}

	#take(ended: boolean): Line {
		const tooLong = this.#size > this.#longest;
		const text = Buffer.concat(this.#parts).toString('utf8').replace(/\r$/, '');
		this.#parts = [];
		this.#size = 0;
		return { number: ++this.#number, text, ended, tooLong };
	}
}

/** The lines that may have a word in them; most of the others are not even made. Their numbers mean nothing. */
export function* linesNear(chunks: Iterable<Buffer>, word: string): Generator<Line> {
	yield* linesOf(partsNear(chunks, word));
}

/** The chunks without the whole lines of those that do not have the word. */
function* partsNear(chunks: Iterable<Buffer>, word: string): Generator<Buffer> {
	for (const chunk of chunks) {
		const first = chunk.indexOf(newline) + 1;
		const last = chunk.lastIndexOf(newline) + 1;
		if (first === last || chunk.subarray(first, last).includes(word)) yield chunk;
		else yield* [chunk.subarray(0, first), chunk.subarray(last)];
	}
}

export function* linesOf(chunks: Iterable<Buffer>): Generator<Line> {
	const splitter = new LineSplitter();
	for (const chunk of chunks) yield* splitter.push(chunk);
	const rest = splitter.rest();
	if (rest) yield rest;
}
