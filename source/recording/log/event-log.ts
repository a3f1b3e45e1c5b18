import type { Event } from '../../events.ts';

/** Events that a log goes back, and that it holds where those before can be read again. */
const eventsHeld = 100_000;
const fewHeld = 1000;

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
	/** The time of the last event. */
	#t = Number.NEGATIVE_INFINITY;
	/** Reads those again that were dropped. */
	#earlier: ((number: number) => Event) | undefined;

	constructor({ events = eventsHeld, hex = 64 * 1024 * 1024 }: EventLogBounds = {}) {
		this.#bounds = { events, hex };
	}

	/** Another one that goes on from here by itself; `earlier` reads the events up to here. */
	copy(earlier?: (number: number) => Event): EventLog {
		const copy = new EventLog({ events: fewHeld });
		copy.#dropped = this.total;
		copy.#t = this.#t;
		copy.#earlier = earlier;
		return copy;
	}

	/** Events that ever were. */
	get total(): number {
		return this.#dropped + this.#held.length - this.#oldest;
	}

	/** Events that there are now. */
	get length(): number {
		return this.total - this.dropped;
	}

	/** Events that are let go: the number of the oldest that there is. */
	get dropped(): number {
		return this.#earlier ? Math.max(0, this.total - eventsHeld) : this.#dropped;
	}

	/** The event at `index`, counted from the oldest that there is. */
	at(index: number): Event | undefined {
		if (index < 0 || index >= this.length) return undefined;
		const number = this.dropped + index;
		if (number < this.#dropped) return this.#earlier?.(number);
		return this.#held[this.#oldest + number - this.#dropped];
	}

	/** Another one was put before its first. */
	shift(): void {
		this.#dropped++;
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
		const kept = event.t < this.#t ? { ...event, t: this.#t } : event;
		this.#t = kept.t;
		this.#held.push(kept);
		this.#hex += hexLength(kept);
		while (this.#count > 1 && this.#isFull()) this.#dropOldest();
		for (const listener of [...this.#listeners]) listener(kept);
		return kept;
	}

	/** Calls `listener` with each event to come, until the returned function is called. */
	subscribe(listener: (event: Event) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	get #count(): number {
		return this.#held.length - this.#oldest;
	}

	#isFull(): boolean {
		return this.#count > this.#bounds.events || this.#hex > this.#bounds.hex;
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
