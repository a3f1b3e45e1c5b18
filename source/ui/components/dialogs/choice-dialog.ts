import type { Look } from '../../text/appearance.ts';
import { type Size, shorten, wrap } from '../../text/lines.ts';
import { Cursor, listRows, moveBy } from '../list.ts';
import { type Close, type Overlay, overlayBox, roomIn } from './overlay.ts';

export type Choice = {
	readonly label: string;
	/** What happens when it is chosen, and what it costs. */
	readonly says: string;
	readonly run: () => void;
};

/** Several ways to go on; arrows choose, Enter takes one, Esc none. */
export class ChoiceDialog implements Overlay {
	readonly #title: string;
	readonly #says: string;
	readonly #choices: readonly Choice[];
	readonly #close: Close;
	readonly #cursor = new Cursor();

	constructor(title: string, says: string, choices: readonly Choice[], close: Close) {
		this.#title = title;
		this.#says = says;
		this.#choices = choices;
		this.#close = close;
	}

	draw(look: Look, size: Size): string[] {
		const width = roomIn(size);
		const says = this.#says === '' ? [] : [...wrap(this.#says, width), ''];
		const explained = wrap(this.#choices[this.#cursor.at]?.says ?? '', width);
		const height = Math.min(this.#choices.length, size.height - says.length - 8);
		const list = listRows(look, {
			cursor: this.#cursor,
			first: 0,
			end: this.#choices.length,
			size: { width, height: Math.max(1, height) },
			focused: true,
			row: (index) => shorten(this.#choices[index]!.label, width - 1),
		});
		const hint = `${look.signs.upDown} choose  ${look.signs.enter} take it  Esc none`;
		// The sentence always takes the same room, so that the box does not jump.
		const sentence = Array.from({ length: 3 }, (_, index) => explained[index] ?? '');
		return overlayBox(look, size, this.#title, [...says, ...list, '', ...sentence], hint);
	}

	key(key: string): void {
		if (key === 'k') this.#cursor.move(-1);
		else if (key === 'j') this.#cursor.move(1);
		else if (key === 'g') this.#cursor.toStart();
		else if (key === 'G') this.#cursor.toEnd();
		else if (moveBy(this.#cursor, key)) return;
		else if (key === 'esc') this.#close();
		else if (key === 'enter') {
			this.#close();
			this.#choices[this.#cursor.at]?.run();
		}
	}
}
