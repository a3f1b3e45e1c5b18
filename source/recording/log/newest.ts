/**
 * The newest items of a list, which never changes: one more makes another list, and both share what they
 * have in common. Of a long recording there are hundreds, some items apart.
 */
type Link<T> = { readonly item: T; readonly before: Link<T> | undefined };

export class Newest<T> {
	readonly #most: number;
	readonly #last: Link<T> | undefined;
	/** Links to the first one, which may be more than are kept. */
	readonly #length: number;
	#items: readonly T[] | undefined;

	constructor(most: number, last?: Link<T>, length = 0) {
		this.#most = most;
		this.#last = last;
		this.#length = length;
	}

	/** Oldest first. */
	get items(): readonly T[] {
		if (this.#items) return this.#items;
		const items: T[] = [];
		for (let link = this.#last; link && items.length < this.#most; link = link.before)
			items.push(link.item);
		this.#items = items.reverse();
		return this.#items;
	}

	with(item: T): Newest<T> {
		const [before, length] =
			this.#length < 2 * this.#most ? [this.#last, this.#length] : linked(this.items);
		return new Newest(this.#most, { item, before }, length + 1);
	}

	/** The same with another item in the place of one. */
	swap(item: T, other: T): Newest<T> {
		const newer: T[] = [];
		let link = this.#last;
		for (; link && link.item !== item; link = link.before) newer.unshift(link.item);
		if (!link) return this;
		const [last] = linked(newer, { item: other, before: link.before });
		return new Newest(this.#most, last, this.#length);
	}
}

/** What is older is let go with the links that led to it. */
function linked<T>(
	items: readonly T[],
	before?: Link<T>,
): readonly [last: Link<T> | undefined, length: number] {
	let last = before;
	for (const item of items) last = { item, before: last };
	return [last, items.length];
}
