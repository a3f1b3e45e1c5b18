/** A place in a list that may grow at its end and lose its oldest items, and the rows around it. */
import type { Look } from '../look.ts';
import { cut, fitLeft, type Size } from '../rows.ts';

/** Items are numbered; those from `first` to before `end` can be shown. */
export type Range = { readonly first: number; readonly end: number };

export class Cursor {
	at = 0;
	readonly #follows: boolean;
	#atEnd: boolean;
	#range: Range = { first: 0, end: 0 };
	#page = 1;
	#top = 0;

	/** `follow`: stays on the newest item until it is moved away from it. */
	constructor({ follow = false } = {}) {
		this.#follows = follow;
		this.#atEnd = follow;
	}

	get following(): boolean {
		return this.#atEnd;
	}

	/** Takes the list as it is now and says which item is the uppermost in `height` rows. */
	place(range: Range, height: number): number {
		this.#range = range;
		this.#page = Math.max(1, height);
		this.#go(this.#atEnd ? range.end - 1 : this.at);
		const lowest = Math.max(range.first, range.end - this.#page);
		const around = Math.max(this.at - this.#page + 1, Math.min(this.#top, this.at));
		this.#top = Math.max(range.first, Math.min(around, lowest));
		return this.#top;
	}

	move(by: number): void {
		this.#go(this.at + by);
		this.#atEnd = this.#follows && this.at >= this.#range.end - 1;
	}

	page(by: number): void {
		this.move(by * this.#page);
	}

	toStart(): void {
		this.move(this.#range.first - this.at);
	}

	toEnd(): void {
		this.move(this.#range.end - 1 - this.at);
	}

	#go(to: number): void {
		this.at = Math.max(this.#range.first, Math.min(to, this.#range.end - 1));
	}
}

export type ListOptions = Range & {
	readonly cursor: Cursor;
	readonly size: Size;
	/** Without the sign of the chosen row, which the list draws. */
	readonly row: (index: number) => string;
	/** Whether keys move this list now. */
	readonly focused: boolean;
};

export function listRows(look: Look, options: ListOptions): string[] {
	const { cursor, first, end, size, row, focused } = options;
	const top = cursor.place({ first, end }, size.height);
	const count = Math.max(0, Math.min(end - top, size.height));
	return Array.from({ length: count }, (_, offset) => {
		const index = top + offset;
		const chosen = index === cursor.at;
		const text = fitLeft(`${chosen ? '>' : ' '}${cut(row(index), size.width - 1)}`, size.width);
		return chosen && focused ? look.paint.selected(text) : text;
	});
}
