import type { Range } from './range.ts';

/** Numbers the items of a list that grows at its end and loses its oldest: each keeps its number. */
export class Numbered<T extends object> {
	#last: T | undefined;
	#end = 0;

	range(items: readonly T[]): Range {
		const known = this.#last ? items.lastIndexOf(this.#last) : -1;
		this.#end = known < 0 ? items.length : this.#end + items.length - 1 - known;
		this.#last = items.at(-1);
		return { first: this.#end - items.length, end: this.#end };
	}
}
