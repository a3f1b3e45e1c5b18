/** Where a person is in a list, and what is searched, filtered, selected and frozen there. */

import { type About, type Filter, parseFilter } from './filter.ts';
import { FilterIndex } from './filter-index.ts';
import type { Range } from './range.ts';

/** What a list says of its items when it is drawn; the keys that follow work on it. */
export type ListItems = Range & {
	readonly about: (item: number) => About;
	readonly copy: (item: number) => string;
	readonly fields: readonly string[];
	/** When this changes, the items are others, whatever their numbers. */
	readonly source: unknown;
};

export class ListState {
	at = 0;
	/** Words that are marked wherever they stand in a row. */
	query = '';
	readonly #follows: boolean;
	readonly #index = new FilterIndex();
	#atEnd: boolean;
	#listed: ListItems | undefined;
	#places: Range = { first: 0, end: 0 };
	#place = 0;
	#page = 1;
	#top = 0;
	#filter = '';
	#matches: Filter | undefined;
	#anchor: number | undefined;
	#frozenAt: number | undefined;
	/** Moves that came before the list was first drawn; undefined from then on. */
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
		if (this.#listed) this.layout(this.#listed, this.#page, this.#listed);
	}

	/** It was drawn, and there is nothing in it. */
	get isEmpty(): boolean {
		return !this.#pendingMoves && this.count === 0;
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
		return this.#listed?.fields ?? [];
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

	itemAt(place: number): number {
		return this.#index.itemAt(place);
	}

	/** Takes the list as it is now and says which place is the uppermost in `height` rows. */
	layout(range: Range, height: number, listed?: ListItems): number {
		this.#listed = listed;
		const { first, end } = this.#held(range);
		const test = (item: number) => this.#matches?.(listed!.about(item)) ?? true;
		const matches = listed && this.#matches;
		const places = this.#index.update({ first, end }, matches, listed?.source, test);
		this.#places = places;
		this.#page = Math.max(1, height);
		this.#go(this.#atEnd ? places.end - 1 : this.#index.indexOf(this.at));
		const lowest = Math.max(places.first, places.end - this.#page);
		const around = Math.max(this.#place - this.#page + 1, Math.min(this.#top, this.#place));
		this.#top = Math.max(places.first, Math.min(around, lowest));
		const pendingMoves = this.#pendingMoves;
		if (!pendingMoves) return this.#top;
		this.#pendingMoves = undefined;
		for (const move of pendingMoves) move();
		return pendingMoves.length === 0 ? this.#top : this.layout(range, height, listed);
	}

	/** There is no list to be in. */
	clear(): void {
		this.layout({ first: 0, end: 0 }, 1);
	}

	get placesEnd(): number {
		return this.#places.end;
	}

	move(by: number): void {
		if (this.#pendingMoves) {
			this.#pendingMoves.push(() => this.move(by));
			return;
		}
		this.#go(this.#place + by);
		this.#atEnd = this.#follows && this.#place >= this.#places.end - 1;
	}

	page(by: number): void {
		if (this.#pendingMoves) this.#pendingMoves.push(() => this.page(by));
		else this.move(by * this.#page);
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
		if (this.#pendingMoves) this.#atEnd = false;
		else this.move(this.#index.indexOf(item) - this.#place);
	}

	/** To the next (1) or previous (-1) row that has the words searched for; false when there is none. */
	find(by: 1 | -1): boolean {
		const listed = this.#listed;
		const wanted = this.query.toLowerCase();
		if (!listed || wanted === '') return false;
		const { first, end } = this.#places;
		for (let step = 1; step <= end - first; step++) {
			const place = first + modulo(this.#place - first + step * by, end - first);
			if (!listed.about(this.itemAt(place)).text.toLowerCase().includes(wanted)) continue;
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
		this.#frozenAt = on ? this.#listed?.end : undefined;
	}

	/** The rows that are selected, or the chosen one, as they are copied. */
	copied(): string[] {
		const listed = this.#listed;
		if (!listed || this.count === 0) return [];
		const { first, end } = this.selection ?? { first: this.#place, end: this.#place + 1 };
		return Array.from({ length: end - first }, (_, index) =>
			listed.copy(this.itemAt(first + index)),
		);
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
