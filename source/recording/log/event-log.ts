import type { Event } from '../../events.ts';

export type EventLogBounds = {
	/** Events held; older ones are dropped and counted. */
	events?: number;
	/** Characters of `hex` held, which are what makes an event large. */
	hex?: number;
};

/**
 * The facts of one session in the order of their times, append-only. It is a ring: a console that
 * runs for days holds the newest. Times never go back: several sources stamp events, and one that
 * comes late takes the time of the event before it, so that its place and its time agree.
 */
export class EventLog implements Iterable<Event> {
	readonly #bounds: Required<EventLogBounds>;
	readonly #listeners = new Set<(event: Event) => void>();
	/** Those before `#oldest` have been dropped and wait for the next tidying. */
	#held: (Event | undefined)[] = [];
	#oldest = 0;
	#hex = 0;
	#dropped = 0;

	constructor({ events = 100_000, hex = 64 * 1024 * 1024 }: EventLogBounds = {}) {
		this.#bounds = { events, hex };
	}

	/** Events held now. */
	get length(): number {
		return this.#held.length - this.#oldest;
	}

	/** Events that the ring has let go. */
	get dropped(): number {
		return this.#dropped;
	}

	/** The event at `index`, counted from the oldest that is held. */
	at(index: number): Event | undefined {
		return index < 0 ? undefined : this.#held[this.#oldest + index];
	}

	/** Oldest first; a copy. */
	events(): Event[] {
		return [...this];
	}

	*[Symbol.iterator](): Iterator<Event> {
		for (let index = 0; index < this.length; index++) yield this.at(index)!;
	}

	/** Keeps an event, tells every listener before it returns, and returns it as it is kept. */
	append(event: Event): Event {
		const last = this.at(this.length - 1);
		const kept = last && event.t < last.t ? { ...event, t: last.t } : event;
		this.#held.push(kept);
		this.#hex += hexLength(kept);
		while (this.length > 1 && this.#isFull()) this.#dropOldest();
		for (const listener of [...this.#listeners]) listener(kept);
		return kept;
	}

	/** Calls `listener` with each event to come, until the returned function is called. */
	subscribe(listener: (event: Event) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#isFull(): boolean {
		return this.length > this.#bounds.events || this.#hex > this.#bounds.hex;
	}

	#dropOldest(): void {
		this.#hex -= hexLength(this.#held[this.#oldest]!);
		this.#held[this.#oldest] = undefined;
		this.#oldest++;
		this.#dropped++;
		if (this.#oldest > 1024 && this.#oldest > this.#held.length / 2) {
			this.#held = this.#held.slice(this.#oldest);
			this.#oldest = 0;
		}
	}
}

const hexLength = (event: Event) => (event.type === 'bytes' ? event.hex.length : 0);
