import { noResult } from './results.ts';

/** A modem that sends this much without a line end is not answering AT, bytes. */
const longestLine = 8192;
/** Zero bytes after which nothing else is waited for. */
const enoughZeros = 512;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** Bytes of an AT port to lines, however they are cut; and what they look like where they are none. */
export class Lines {
	#rest = '';
	#zeros = 0;
	#binary = false;

	add(bytes: Uint8Array): void {
		// Zeros are no text anywhere: a port that wakes up says some before its first line.
		const text = Buffer.from(bytes.filter((byte) => byte !== 0)).toString('latin1');
		this.#zeros += bytes.length - text.length;
		this.#rest += text;
	}

	/** Takes the next whole line off what has arrived; it may be empty. Binary is none, and is passed over. */
	next(): string | undefined {
		let end = 0;
		while (end < this.#rest.length && !isEnd(this.#rest.charCodeAt(end))) end++;
		if (end === this.#rest.length) return undefined;
		const line = this.#rest.slice(0, end).trim();
		this.#rest = this.#rest.slice(end + 1);
		if (!isBinary(line)) return line;
		this.#binary = true;
		return '';
	}

	/** Takes everything that has arrived, the last line without its end too. */
	take(): string[] {
		const lines = this.#rest.slice(0, longestLine).split(/[\r\n]+/);
		this.clear();
		return lines.map((line) => line.trim()).filter((line) => line !== '' && !isBinary(line));
	}

	clear(): void {
		this.#rest = '';
		this.#zeros = 0;
		this.#binary = false;
	}

	get holdsText(): boolean {
		return /[^\r\n]/.test(this.#rest);
	}

	/** `> ` at the end, with nothing before it on its line (27.005, 3.5.1). */
	get isPrompt(): boolean {
		return /^[\r\n]*> ?$/.test(this.#rest);
	}

	get isFlood(): boolean {
		return this.#rest.length > longestLine || this.#zeros > enoughZeros;
	}

	/** What arrived instead of AT. */
	get strange(): string | undefined {
		if (this.#binary || isBinary(this.#rest)) return noResult.binary;
		return this.#zeros > 0 && !this.holdsText ? noResult.zeros : undefined;
	}
}

const isEnd = (code: number) => code === carriageReturn || code === lineFeed;

/** More than a quarter of it is no text. */
const isBinary = (text: string) =>
	text.replace(/[\t\r\n\x1a\x1b\x20-\x7e]/g, '').length * 4 > text.length;
