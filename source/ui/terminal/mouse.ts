/**
 * The mouse, off unless asked for: while a program has it, the terminal's own selection is gone.
 * What can be clicked is told by the rows themselves, so that it is right wherever they end up.
 */
import type { ListState } from '../list/list-state.ts';
import { widthOf } from '../text/lines.ts';

const on = '\u001b[?1000h\u001b[?1006h';
const off = '\u001b[?1006l\u001b[?1000l';

/** Reads as a change of colour, so that it takes no width; it never reaches the terminal. */
const mark = /\u001b\[999;(\d+);(\d+);(\d+)m/g;

export type Target = { readonly list: ListState; readonly item: number };

export class MouseMap {
	readonly #write: (sequence: string) => void;
	#isOn = false;
	#lists: ListState[] = [];
	#rows: { from: number; to: number; target: Target }[][] = [];

	constructor(write: (sequence: string) => void) {
		this.#write = write;
	}

	get isOn(): boolean {
		return this.#isOn;
	}

	toggle(): void {
		this.#isOn = !this.#isOn;
		this.#write(this.#isOn ? on : off);
	}

	/** Gives the terminal its own selection back. */
	end(): void {
		if (this.#isOn) this.toggle();
	}

	readonly sign = (list: ListState, item: number, width: number): string => {
		if (!this.#isOn) return '';
		let number = this.#lists.indexOf(list);
		if (number < 0) number = this.#lists.push(list) - 1;
		return `\u001b[999;${number};${item};${width}m`;
	};

	/** Takes the signs out of a screen and remembers where they stood. */
	take(screen: readonly string[]): string[] {
		if (!this.#isOn) return [...screen];
		const lists = this.#lists;
		this.#lists = [];
		this.#rows = [];
		return screen.map((row, index) => {
			this.#rows[index] = [...row.matchAll(mark)].map(
				({ index: at, 1: number, 2: item, 3: width }) => {
					const from = widthOf(row.slice(0, at));
					const target = { list: lists[Number(number)]!, item: Number(item) };
					return { from, to: from + Number(width), target };
				},
			);
			return row.replace(mark, '');
		});
	}

	at(row: number, column: number): Target | undefined {
		const found = this.#rows[row]?.findLast(({ from, to }) => column >= from && column < to);
		return found?.target;
	}
}
