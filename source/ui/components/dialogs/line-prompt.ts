import type { Appearance } from '../../text/appearance.ts';
import { cut, fitLeft, type Size } from '../../text/lines.ts';
import { TextInput } from '../text-input.ts';
import type { Close, Overlay } from './overlay.ts';

export type LineOptions = {
	readonly lead: string;
	readonly text: string;
	/** Said under the line while it is typed. */
	readonly says: (typed: string) => string;
	/** With every change of the line. */
	readonly typed: (text: string) => void;
	readonly done: (text: string) => void;
	/** Esc: as it was before. */
	readonly left: () => void;
};

/** A line at the foot of the screen, so that what it searches or filters stays in sight. */
export class LinePrompt implements Overlay {
	readonly atBottom = true;
	readonly #options: LineOptions;
	readonly #close: Close;
	readonly #input: TextInput;

	constructor(options: LineOptions, close: Close) {
		this.#options = options;
		this.#close = close;
		this.#input = new TextInput(options.text);
	}

	draw(appearance: Appearance, { width }: Size): string[] {
		const { lead, says } = this.#options;
		return [
			fitLeft(this.#input.row(appearance, ` ${appearance.paint.strong(lead)} `, width), width),
			fitLeft(appearance.paint.dim(cut(` ${says(this.#input.text)}`, width)), width),
		];
	}

	key(key: string): void {
		if (key === 'esc') {
			this.#close();
			this.#options.left();
		} else if (key === 'enter') {
			this.#close();
			this.#options.done(this.#input.text);
		} else if (this.#input.key(key)) this.#options.typed(this.#input.text);
	}

	paste(text: string): void {
		this.#input.paste(text);
		this.#options.typed(this.#input.text);
	}
}
