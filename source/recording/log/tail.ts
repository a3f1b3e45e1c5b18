/**
 * The newest items of a list that only grows. Each is known by its number: how many came before it.
 * Where `earlier` reads those again that came before, few are held.
 */
export class Tail<T> {
	readonly #length: number;
	readonly #earlier: ((number: number) => T) | undefined;
	#held: T[] = [];
	/** The number of the first that is held. */
	#start: number;

	/** @param length how far it goes back at least */
	constructor(length: number, start = 0, earlier?: (number: number) => T) {
		this.#length = length;
		this.#start = start;
		this.#earlier = earlier;
	}

	/** One that goes on where another one is: where nothing reads what was before, it lets nothing go. */
	static after<T>(before: Tail<T>, earlier?: (number: number) => T): Tail<T> {
		return new Tail(earlier ? before.#length : Infinity, before.total, earlier);
	}

	/** Items that ever were. */
	get total(): number {
		return this.#start + this.#held.length;
	}

	/** The number of the first that there is. */
	get first(): number {
		return this.#earlier ? Math.max(0, this.total - this.#length) : this.#start;
	}

	at(number: number): T | undefined {
		if (number >= this.#start) return this.#held[number - this.#start];
		return number < this.first ? undefined : this.#earlier?.(number);
	}

	/** All that there are, oldest first. */
	get items(): readonly T[] {
		const { first } = this;
		if (first === this.#start) return this.#held;
		if (first > this.#start) return this.#held.slice(first - this.#start);
		const earlier = Array.from({ length: this.#start - first }, (_, at) => this.at(first + at)!);
		return [...earlier, ...this.#held];
	}

	push(item: T): void {
		this.#held.push(item);
		const most = this.#earlier ? Math.min(this.#length, fewHeld) : this.#length;
		if (this.#held.length <= most * 1.1) return;
		this.#start += this.#held.length - most;
		this.#held = this.#held.slice(-most);
	}
}

/** Items held where those before can be read again. */
const fewHeld = 1000;
