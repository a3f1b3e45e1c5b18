import type { Appearance } from '../../text/appearance.ts';
import { type Size, wrap } from '../../text/lines.ts';
import { TextInput } from '../text-input.ts';
import { type Close, type Overlay, overlayBox, roomIn } from './overlay.ts';

export type TypedOptions = {
	readonly title: string;
	/** Paragraphs. */
	readonly says: readonly string[];
	/** Stands before what is typed. */
	readonly prompt: string;
	/** Why what was typed will not do; undefined when it will. */
	readonly refuse: (typed: string) => string | undefined;
	readonly run: (typed: string) => void;
};

/** Asks for a word: a path, a note, or the name of a thing that must not happen by accident. */
export class TypedDialog implements Overlay {
	readonly #options: TypedOptions;
	readonly #close: Close;
	readonly #input = new TextInput();
	#refusal = '';

	constructor(options: TypedOptions, close: Close) {
		this.#options = options;
		this.#close = close;
	}

	draw(appearance: Appearance, size: Size): string[] {
		const { title, says, prompt } = this.#options;
		const width = roomIn(size);
		const words = says.flatMap((paragraph) => [...wrap(paragraph, width), '']);
		const refusal = wrap(this.#refusal, width).map((row) => appearance.paint.bad(row));
		const rows = [
			...words.slice(0, Math.max(0, size.height - 7)),
			this.#input.row(appearance, `${prompt} `, width),
			...refusal,
		];
		return overlayBox(
			appearance,
			size,
			title,
			rows,
			`${appearance.symbols.enter} go on  Esc leave it`,
		);
	}

	key(key: string): void {
		if (key === 'esc') this.#close();
		else if (key === 'enter') this.#goOn();
		else {
			this.#refusal = '';
			this.#input.key(key);
		}
	}

	#goOn(): void {
		const typed = this.#input.text.trim();
		this.#refusal = this.#options.refuse(typed) ?? '';
		if (this.#refusal !== '') return;
		this.#close();
		this.#options.run(typed);
	}

	paste(text: string): void {
		this.#input.paste(text);
	}
}

/** Refuses everything but one word. */
export const onlyWord =
	(word: string) =>
	(typed: string): string | undefined =>
		typed.toUpperCase() === word.toUpperCase()
			? undefined
			: `That is not ${word}. Nothing was sent.`;
