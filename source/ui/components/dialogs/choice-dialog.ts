import { ListState } from '../../list/list-state.ts';
import type { Appearance } from '../../text/appearance.ts';
import { type Size, shorten, wrap } from '../../text/lines.ts';
import { listRows, moveBy } from '../list.ts';
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
	readonly #list = new ListState();

	constructor(title: string, says: string, choices: readonly Choice[], close: Close) {
		this.#title = title;
		this.#says = says;
		this.#choices = choices;
		this.#close = close;
	}

	draw(appearance: Appearance, size: Size): string[] {
		const width = roomIn(size);
		const says = this.#says === '' ? [] : [...wrap(this.#says, width), ''];
		const explained = wrap(this.#choices[this.#list.at]?.says ?? '', width);
		const height = Math.min(this.#choices.length, size.height - says.length - 8);
		const list = listRows(appearance, {
			list: this.#list,
			first: 0,
			end: this.#choices.length,
			size: { width, height: Math.max(1, height) },
			focused: true,
			row: (index) => shorten(this.#choices[index]!.label, width - 1),
		});
		const hint = `${appearance.symbols.upDown} choose  ${appearance.symbols.enter} take it  Esc none`;
		// The sentence always takes the same room, so that the box does not jump.
		const sentence = Array.from({ length: 3 }, (_, index) => explained[index] ?? '');
		return overlayBox(appearance, size, this.#title, [...says, ...list, '', ...sentence], hint);
	}

	key(key: string): void {
		if (key === 'k') this.#list.move(-1);
		else if (key === 'j') this.#list.move(1);
		else if (key === 'g') this.#list.toStart();
		else if (key === 'G') this.#list.toEnd();
		else if (moveBy(this.#list, key)) return;
		else if (key === 'esc') this.#close();
		else if (key === 'enter') {
			this.#close();
			this.#choices[this.#list.at]?.run();
		}
	}
}
