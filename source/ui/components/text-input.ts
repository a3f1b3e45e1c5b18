import type { Appearance } from '../text/appearance.ts';
import { textOf } from '../text/key-labels.ts';
import { cut, widthOf } from '../text/lines.ts';

/** One line that a person types. */
export class TextInput {
	#text: string[];
	#cursor: number;

	constructor(text = '') {
		this.#text = [...text];
		this.#cursor = this.#text.length;
	}

	get text(): string {
		return this.#text.join('');
	}

	set text(text: string) {
		this.#text = [...text];
		this.#cursor = this.#text.length;
	}

	/** True when the key was for the line. */
	key(key: string): boolean {
		switch (key) {
			case 'left':
				this.#cursor = Math.max(0, this.#cursor - 1);
				return true;
			case 'right':
				this.#cursor = Math.min(this.#text.length, this.#cursor + 1);
				return true;
			case 'home':
				this.#cursor = 0;
				return true;
			case 'end':
				this.#cursor = this.#text.length;
				return true;
			// Terminals send one or the other for the key above Enter.
			case 'backspace':
			case 'delete':
				if (this.#cursor > 0) this.#text.splice(--this.#cursor, 1);
				return true;
			case 'ctrl-u':
				this.#text.splice(0, this.#cursor);
				this.#cursor = 0;
				return true;
			case 'ctrl-w':
				this.#dropWord();
				return true;
			default:
				return this.#type(textOf(key));
		}
	}

	/** Takes pasted text; line ends become spaces, so that a paste never sends anything. */
	paste(text: string): void {
		const line = text.trim().replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
		for (const character of line) this.#type(character);
	}

	/** The end of the line that fits, with the cursor as a block. */
	row(appearance: Appearance, lead: string, width: number): string {
		const before = this.#text.slice(0, this.#cursor).join('');
		const under = this.#text[this.#cursor] ?? ' ';
		const after = this.#text.slice(this.#cursor + 1).join('');
		let shown = before;
		const room = width - widthOf(lead) - 1;
		while (widthOf(shown) > room && shown !== '') shown = shown.slice(1);
		return cut(`${lead}${shown}${appearance.paint.selected(under)}${after}`, width);
	}

	#type(text: string | undefined): boolean {
		if (text === undefined) return false;
		this.#text.splice(this.#cursor++, 0, text);
		return true;
	}

	#dropWord(): void {
		const before = this.#text.slice(0, this.#cursor).join('');
		const kept = [...before.replace(/\S+\s*$/, '')];
		this.#text.splice(0, this.#cursor, ...kept);
		this.#cursor = kept.length;
	}
}
