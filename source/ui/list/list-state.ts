/** Where a person is in a list, and what is searched, filtered, selected and frozen there. */
import { type About, type Filter, parseFilter } from './filter.ts';
import { FilterIndex } from './filter-index.ts';
import type { Range } from './range.ts';

/** What a list knows of its items; keys work on it. */
export type ListItems = Range & {
	/** What search and filter look at; a list without it has neither. */
	readonly about?: (item: number) => About;
	readonly copy?: (item: number) => string;
	/** The names of the fields that `about` has. */
	readonly fields?: readonly string[];
	/** When this changes, the items are others, whatever their numbers. */
	readonly source?: unknown;
};

export class ListState {
	at = 0;
	/** Words that are marked wherever they stand in a row. */
	query = '';
	readonly #follows: boolean;
	readonly #index = new FilterIndex();
	#atEnd: boolean;
	#items: ListItems | undefined;
	#places: Range = { first: 0, end: 0 };
	#place = 0;
	#height = 1;
	#top = 0;
	#filter = '';
	#matches: Filter | undefined;
	#anchor: number | undefined;
	#frozenAt: number | undefined;
	#isUpdated = false;
	/** Moves that came before the list knew its items and its height; undefined from then on. */
	#pendingMoves: (() => void)[] | undefined = [];

	/** `follow`: stays on the newest item until it is moved away from it. */
	constructor({ follow = false } = {}) {
		this.#follows = follow;
		this.#atEnd = follow;
	}

	get following(): boolean {
		return this.#atEnd;
	}

	get filter(): string {
		return this.#filter;
	}

	set filter(typed: string) {
		this.#filter = typed.trim();
		this.#matches = parseFilter(typed);
		this.#anchor = undefined;
		if (this.#items) this.update(this.#items);
	}

	/** Its items are known, and there are none. */
	get isEmpty(): boolean {
		return this.#isUpdated && this.count === 0;
	}

	/** Items that the filter lets through. */
	get count(): number {
		return this.#places.end - this.#places.first;
	}

	/** Not all items have been looked at yet. */
	get isFiltering(): boolean {
		return this.#index.isBehind;
	}

	get fields(): readonly string[] {
		return this.#items?.fields ?? [];
	}

	get isFrozen(): boolean {
		return this.#frozenAt !== undefined;
	}

	/** Places from the first to before the last that are selected. */
	get selection(): Range | undefined {
		if (this.#anchor === undefined) return undefined;
		const anchor = this.#index.indexOf(this.#anchor);
		return {
			first: Math.max(this.#places.first, Math.min(anchor, this.#place)),
			end: Math.max(anchor, this.#place) + 1,
		};
	}

	/** The rows that it is shown in. */
	get height(): number {
		return this.#height;
	}

	itemAt(place: number): number {
		return this.#index.itemAt(place);
	}

	/** The places that a viewport of so many rows shows now. */
	visible(height: number): Range {
		const { first, end } = this.#places;
		const rows = Math.max(1, height);
		const around = Math.max(this.#place - rows + 1, Math.min(this.#top, this.#place));
		const top = Math.max(first, Math.min(around, Math.max(first, end - rows)));
		return { first: top, end: Math.max(top, Math.min(end, top + height)) };
	}

	/** Takes the list as it is now. */
	update(items: ListItems): void {
		this.#items = items;
		const { about, source } = items;
		const matches = about && this.#matches;
		const test = (item: number) => !about || !matches || matches(about(item));
		this.#places = this.#index.update(this.#held(items), matches, source, test);
		this.#isUpdated = true;
		this.#go(this.#atEnd ? this.#places.end - 1 : this.#index.indexOf(this.at));
	}

	/** The list is shown in so many rows: it stays scrolled as it is, as far as it can. */
	setViewport(height: number): void {
		this.#height = Math.max(1, height);
		const pending = this.#pendingMoves ?? [];
		this.#pendingMoves = undefined;
		for (const move of pending) move();
		this.#top = this.visible(this.#height).first;
	}

	move(by: number): void {
		if (!this.#isUpdated || this.#pendingMoves?.length) {
			this.#pendingMoves?.push(() => this.move(by));
			return;
		}
		this.#go(this.#place + by);
		this.#atEnd = this.#follows && this.#place >= this.#places.end - 1;
	}

	page(by: number): void {
		if (this.#pendingMoves) this.#pendingMoves.push(() => this.page(by));
		else this.move(by * this.#height);
	}

	toStart(): void {
		this.move(Number.NEGATIVE_INFINITY);
	}

	toEnd(): void {
		this.move(Number.POSITIVE_INFINITY);
	}

	/** To an item by its number, or to the last before it. */
	goTo(item: number): void {
		this.at = item;
		if (!this.#isUpdated) this.#atEnd = false;
		else this.move(this.#index.indexOf(item) - this.#place);
	}

	/** To the next (1) or previous (-1) row that has the words searched for; false when there is none. */
	find(by: 1 | -1): boolean {
		const { about } = this.#items ?? {};
		const wanted = this.query.toLowerCase();
		if (!about || wanted === '') return false;
		const { first, end } = this.#places;
		for (let step = 1; step <= end - first; step++) {
			const place = first + modulo(this.#place - first + step * by, end - first);
			if (!about(this.itemAt(place)).text.toLowerCase().includes(wanted)) continue;
			this.move(place - this.#place);
			return true;
		}
		return false;
	}

	/** Begins a selection at the chosen row, or lets go of it. */
	selectRange(on = this.#anchor === undefined): void {
		if (!on) this.#anchor = undefined;
		else this.#anchor ??= this.at;
		if (on) this.#atEnd = false;
	}

	freeze(on = !this.isFrozen): void {
		this.#frozenAt = on ? this.#items?.end : undefined;
	}

	/** The rows that are selected, or the chosen one, as they are copied. */
	copied(): string[] {
		const { copy } = this.#items ?? {};
		if (!copy || this.count === 0) return [];
		const { first, end } = this.selection ?? { first: this.#place, end: this.#place + 1 };
		return Array.from({ length: end - first }, (_, index) => copy(this.itemAt(first + index)));
	}

	/** Esc: lets go of the selection, the search or the filter; false when there is none. */
	back(): boolean {
		if (this.#anchor !== undefined) this.#anchor = undefined;
		else if (this.query !== '') this.query = '';
		else if (this.#filter !== '') this.filter = '';
		else return false;
		return true;
	}

	#held({ first, end }: Range): Range {
		// What was frozen and is gone, or not there yet in a replay that went back, holds nothing.
		if (this.#frozenAt !== undefined && (this.#frozenAt <= first || this.#frozenAt > end)) {
			this.#frozenAt = undefined;
		}
		return { first, end: this.#frozenAt ?? end };
	}

	#go(to: number): void {
		const { first, end } = this.#places;
		if (end <= first) {
			this.#place = first;
			if (this.#matches === undefined) this.at = first;
			return;
		}
		this.#place = Math.max(first, Math.min(to, end - 1));
		this.at = this.#index.itemAt(this.#place);
	}
}

const modulo = (value: number, by: number) => ((value % by) + by) % by;
