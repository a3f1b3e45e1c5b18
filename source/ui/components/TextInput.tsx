import { Box } from 'ink';
import type { Appearance } from '../text/appearance.ts';
import { textOf } from '../text/key-labels.ts';
import { cut, widthOf } from '../text/lines.ts';
import { useAppearance } from './console-hooks.ts';
import { Lines } from './Lines.tsx';

/** One line that a person types. */
export class TextInputState {
	#text: string[];
	#cursor: number;
	#isSelected = false;

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

	/** The same line, with a star for every character. */
	get hidden(): TextInputState {
		const line = new TextInputState('*'.repeat(this.#text.length));
		line.#cursor = this.#cursor;
		return line;
	}

	/** What is typed next takes the place of it all, until another key says otherwise. */
	selectAll(): void {
		this.#isSelected = this.#text.length > 0;
	}

	get isSelected(): boolean {
		return this.#isSelected;
	}

	/** True when the key was for the line. */
	key(key: string): boolean {
		const replaces = this.#isSelected && ['backspace', 'delete'].includes(key);
		if (replaces || (this.#isSelected && textOf(key) !== undefined)) this.text = '';
		this.#isSelected = false;
		if (replaces) return true;
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
		if (this.#isSelected) this.text = '';
		this.#isSelected = false;
		const line = text.trim().replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
		for (const character of line) this.#type(character);
	}

	/** What stands before the cursor, under it and behind it. */
	get parts(): readonly [before: string, under: string, after: string] {
		const before = this.#text.slice(0, this.#cursor).join('');
		return [before, this.#text[this.#cursor] ?? ' ', this.#text.slice(this.#cursor + 1).join('')];
	}

	#type(text: string | undefined): boolean {
		if (text === undefined) return false;
		this.#text.splice(this.#cursor++, 0, text);
		return true;
	}

	#dropWord(): void {
		const before = this.#text.slice(0, this.#cursor).join('');
		const kept = [...before.replace(/(?<!\S)\S+\s*$/, '')];
		this.#text.splice(0, this.#cursor, ...kept);
		this.#cursor = kept.length;
	}
}

/** The end of the line that fits, with the cursor as a block. */
export function textInputRow(
	{ paint }: Appearance,
	input: TextInputState,
	lead: string,
	width: number,
): string {
	const [before, under, after] = input.parts;
	let shown = before;
	const room = width - widthOf(lead) - 1;
	while (widthOf(shown) > room && shown !== '') shown = shown.slice(1);
	if (input.isSelected) shown = paint.selected(shown);
	return cut(`${lead}${shown}${paint.selected(under)}${after}`, width);
}

type TextInputProps = {
	readonly input: TextInputState;
	readonly lead: string;
	readonly width: number;
};

/** A line that is typed, behind what leads it. */
export function TextInput({ input, lead, width }: TextInputProps) {
	const line = textInputRow(useAppearance(), input, lead, width);
	return (
		<Box height={1} flexShrink={0} aria-role="textbox">
			<Lines lines={[line]} size={{ width, height: 1 }} />
		</Box>
	);
}
