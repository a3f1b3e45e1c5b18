import type { Event } from '../../events.ts';

/** Where a replay's events go; they are numbered from 0. */
type Sink = (event: Event, number: number) => void;

/** The events of a recording, of which more may still come, in the order of their times. */
type Events = {
	readonly length: number;
	/** The time of the last one. */
	readonly end: number;
	at(number: number): Event | undefined;
	/** The number of the first event that is later than `t`; how many there are when none is. */
	after(t: number): number;
};

/** A sink, and how many events it has seen. */
type Begun = { readonly sink: Sink; readonly seen: number };

/** Timers wrap around beyond 2^31 ms and fire at once; a long silence is slept in pieces. */
const longestSleep = 60_000;
/** Events that are given one after another, and not by a sink that knows what was before. */
const near = 1000;

/**
 * Plays a recording on the clock of the wall. `begin` is called at the start, and again whenever the
 * replay goes back or far on, for a sink that has seen no more than so many events: a log has no way
 * back.
 */
export class Replay {
	readonly #events: Events;
	readonly #begin: (given: number) => Begun;
	#sink: Sink;
	/** Events given so far. */
	#given = 0;
	#position = 0;
	#speed = 1;
	#timer: NodeJS.Timeout | undefined;
	/** Wall milliseconds and recording seconds when it was last known where we are. */
	#since = { wall: 0, position: 0 };

	constructor(events: Events, begin: (given: number) => Begun) {
		this.#events = events;
		this.#begin = begin;
		this.#sink = begin(0).sink;
	}

	/** The time of the last event, seconds. */
	get end(): number {
		return this.#events.end;
	}

	/** Events given so far. */
	get given(): number {
		return this.#given;
	}

	/** Where the replay is, seconds. */
	get position(): number {
		if (!this.playing) return this.#position;
		const played = ((performance.now() - this.#since.wall) / 1000) * this.#speed;
		return Math.min(this.end, this.#since.position + played);
	}

	get playing(): boolean {
		return this.#timer !== undefined;
	}

	get atEnd(): boolean {
		return this.#given === this.#events.length;
	}

	/** Seconds of the recording in one second of the wall. */
	get speed(): number {
		return this.#speed;
	}

	set speed(speed: number) {
		const { playing } = this;
		this.pause();
		this.#speed = speed;
		if (playing) this.play();
	}

	play(): void {
		if (this.playing || this.atEnd) return;
		this.#since = { wall: performance.now(), position: this.#position };
		this.#sleep();
	}

	pause(): void {
		this.#position = this.position;
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	/**
	 * Goes `count` events on, or back when it is negative, counting those that `counts` accepts, and
	 * pauses there.
	 */
	step(count: number, counts: (event: Event) => boolean = () => true): void {
		this.pause();
		// It rests behind an event that counts, or at the start, or at the end.
		const isStop = (given: number) => counts(this.#events.at(given - 1)!);
		const { length } = this.#events;
		let given = this.#given;
		const goBack = () => {
			while (given > 0 && !isStop(given)) given--;
		};
		if (count < 0) goBack();
		for (let left = Math.abs(count); left > 0; left--) {
			given += Math.sign(count);
			if (count < 0) goBack();
			else while (given < length && !isStop(given)) given++;
		}
		this.#giveUpTo(Math.min(Math.max(given, 0), length));
		this.#position = this.#events.at(this.#given - 1)?.t ?? 0;
	}

	/** Goes to a time, seconds; plays on from there when it was playing. */
	seek(t: number): void {
		const { playing } = this;
		this.pause();
		this.#position = Math.min(Math.max(t, 0), this.end);
		this.#giveUpTo(this.#events.after(this.#position));
		if (playing) this.play();
	}

	/** An event was put where the replay is: gives it. */
	giveNext(): void {
		this.#giveUpTo(this.#given + 1);
	}

	#giveUpTo(given: number): void {
		if (given < this.#given || given > this.#given + near) {
			const { sink, seen } = this.#begin(given);
			this.#sink = sink;
			this.#given = seen;
		}
		while (this.#given < given) this.#giveOne();
	}

	#giveOne(): void {
		const number = this.#given++;
		this.#sink(this.#events.at(number)!, number);
	}

	#sleep(): void {
		const wait = ((this.#events.at(this.#given)!.t - this.position) * 1000) / this.#speed;
		this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(wait, 0), longestSleep));
	}

	#wake(): void {
		// A timer may come a little early; what it was set for is due.
		const due = this.position + 0.002 * this.#speed;
		while (this.playing && !this.atEnd && this.#events.at(this.#given)!.t <= due) this.#giveOne();
		if (this.atEnd) this.pause();
		else if (this.playing) this.#sleep();
	}
}
