/** What a terminal was told to be: the other screen, no cursor, bracketed paste, the mouse. */

const mode = /\u001b\[(?:\?(\d+)([hl])|([<>])(\d*)u)/g;
const cursor = '25';
const synchronized = '2026';

export class TerminalModes {
	/** In the order in which they were set. */
	readonly #on = new Set<string>();
	#cursorHidden = false;
	#kitty: string | undefined;

	/** Notes the modes that these bytes set and reset. */
	see(bytes: Buffer): void {
		if (!bytes.includes(0x1b)) return;
		for (const [, number, set, stack, flags] of bytes.toString('latin1').matchAll(mode)) {
			if (stack) this.#kitty = stack === '>' ? flags : undefined;
			else if (number === cursor) this.#cursorHidden = set === 'l';
			else if (number && set === 'h') this.#on.add(number);
			else if (number) this.#on.delete(number);
		}
	}

	/** The sequences that make it a terminal for anybody again; empty when it is one. */
	get off(): string {
		const modes = [...this.#on].reverse().map((number) => `\u001b[?${number}l`);
		const keys = this.#kitty === undefined ? '' : '\u001b[<u';
		return keys + modes.join('') + (this.#cursorHidden ? '\u001b[?25h' : '');
	}

	/** The sequences that set again what is on. */
	get on(): string {
		const modes = [...this.#on].filter((number) => number !== synchronized);
		const keys = this.#kitty === undefined ? '' : `\u001b[>${this.#kitty}u`;
		return modes.map((number) => `\u001b[?${number}h`).join('') + keys;
	}
}
