/** What a port says, made safe for a terminal: as text that goes on, or in hex beside its text. */

const [backspace, lineFeed, carriageReturn] = [0x08, 0x0a, 0x0d];
const bytesInRow = 16;

export class RawText {
	isHex = false;
	hasTimes = false;
	/** Whether control characters that only move back within a line may be used. */
	readonly #isTerminal: boolean;
	readonly #time: () => string;
	#column = 0;
	/** A CR came: LF may follow, and CR LF ends a line once. */
	#returned = false;

	/** `time` is that of now, as it stands in front of a line. */
	constructor(time: () => string, { isTerminal = true }: { isTerminal?: boolean } = {}) {
		this.#time = time;
		this.#isTerminal = isTerminal;
	}

	/** What ends the line that was begun, if one was. */
	endLine(): string {
		const end = this.#column > 0 ? '\n' : '';
		this.#column = 0;
		this.#returned = false;
		return end;
	}

	/** `dir` tells in hex who said them. */
	show(bytes: Uint8Array, dir: 'in' | 'out'): string {
		return this.isHex ? this.#hexRows(bytes, dir) : this.#text(bytes);
	}

	#hexRows(bytes: Uint8Array, dir: 'in' | 'out'): string {
		let rows = this.endLine();
		for (let at = 0; at < bytes.length; at += bytesInRow) {
			const row = [...bytes.subarray(at, at + bytesInRow)];
			const hex = row
				.map(hexByte)
				.join(' ')
				.padEnd(bytesInRow * 3 - 1);
			const text = row.map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '.'));
			rows += `${this.#lead()}${dir === 'in' ? '<' : '>'} ${hex}  ${text.join('')}\n`;
		}
		return rows;
	}

	/** Printable ASCII as it is, line ends as one, and all else by its number: no byte can drive a terminal. */
	#text(bytes: Uint8Array): string {
		let text = '';
		for (const byte of bytes) {
			if (this.#returned) {
				if (byte === carriageReturn) continue;
				text += this.#newLine();
				if (byte === lineFeed) continue;
			}
			if (byte === carriageReturn) this.#returned = true;
			else if (byte === lineFeed) text += this.#newLine();
			else if (byte === backspace && this.#isTerminal && this.#column > 0) {
				// An echo takes back what was typed: within its line only.
				this.#column -= 1;
				text += '\b';
			} else text += this.#put(isPrintable(byte) ? String.fromCharCode(byte) : numbered(byte));
		}
		return text;
	}

	#put(sign: string): string {
		const lead = this.#column === 0 ? this.#lead() : '';
		this.#column += sign.length;
		return lead + sign;
	}

	#newLine(): string {
		this.#column = 0;
		this.#returned = false;
		return '\n';
	}

	#lead(): string {
		return this.hasTimes ? `[${this.#time()}] ` : '';
	}
}

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;
const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');
const numbered = (byte: number): string => (byte === 0x09 ? ' ' : `\\x${hexByte(byte)}`);
