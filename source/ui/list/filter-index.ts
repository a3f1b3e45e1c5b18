import { partitionPoint } from '../../partition-point.ts';
import type { Range } from './range.ts';

/** Items that one draw looks at: a long list is sifted in steps, so that no key has to wait. */
const step = 4000;

/**
 * The places of a list's items when a filter lets only some of them through. Each item is looked at
 * once, however often the list is drawn; without a filter an item's place is its number.
 */
export class FilterIndex {
	#matches: unknown;
	#source: unknown;
	/** Items that came through, in order; the first of them has the place `#base`. */
	#matching: number[] = [];
	#base = 0;
	#gone = 0;
	#end = 0;
	#isBehind = false;

	/** There is more to look at, in the next draw. */
	get isBehind(): boolean {
		return this.#isBehind;
	}

	/** The places there are now. `matches` and `source` are compared: another one starts anew. */
	update(
		{ first, end }: Range,
		matches: unknown,
		source: unknown,
		test: (item: number) => boolean,
	): Range {
		if (matches !== this.#matches || source !== this.#source || end < this.#end) {
			this.#matches = matches;
			this.#source = source;
			this.#matching = [];
			this.#base = this.#gone = this.#end = 0;
		}
		this.#isBehind = false;
		if (matches === undefined) return { first, end };
		const from = Math.max(this.#end, first);
		const to = Math.min(end, from + step);
		for (let item = from; item < to; item++) if (test(item)) this.#matching.push(item);
		this.#end = to;
		this.#isBehind = to < end;
		while (this.#matching[this.#gone - this.#base]! < first) this.#gone += 1;
		this.#tidy();
		return { first: this.#gone, end: this.#base + this.#matching.length };
	}

	itemAt(place: number): number {
		return this.#matches === undefined ? place : this.#matching[place - this.#base]!;
	}

	/** The place of an item, or of the last one before it that came through. */
	indexOf(item: number): number {
		if (this.#matches === undefined) return item;
		const { length } = this.#matching;
		const later = partitionPoint(0, length, (place) => this.#matching[place]! <= item);
		return this.#base + later - 1;
	}

	#tidy(): void {
		const dropped = this.#gone - this.#base;
		if (dropped < 4096 || dropped < this.#matching.length / 2) return;
		this.#matching = this.#matching.slice(dropped);
		this.#base = this.#gone;
	}
}
