import type { Event } from '../../events.ts';
import type { Recording } from './record.ts';

/** Where a replay's events go. */
type Sink = (event: Event) => void;

/** Timers wrap around beyond 2^31 ms and fire at once; a long silence is slept in pieces. */
const longestSleep = 60_000;

/**
 * Plays a recording on the clock of the wall. `begin` is called at the start, and again whenever
 * the replay goes back, for a sink that has seen nothing: a log has no way back.
 */
export class Replay {
	readonly #events: Event[];
	readonly #begin: () => Sink;
	#sink: Sink;
	/** Events given so far. */
	#given = 0;
	#position = 0;
	#speed = 1;
	#timer: NodeJS.Timeout | undefined;
	/** Wall milliseconds and recording seconds when it was last known where we are. */
	#since = { wall: 0, position: 0 };

	constructor(recording: Pick<Recording, 'events'>, begin: () => Sink) {
		this.#events = [];
		for (const event of recording.events) this.add(event);
		this.#begin = begin;
		this.#sink = begin();
	}

	/** Adds an event at the end, where the recording is still being read. */
	add(event: Event): void {
		// Times that go back would stall the clock; the order of the lines is the truth.
		const t = Math.max(this.end, event.t);
		this.#events.push(event.t === t ? event : { ...event, t });
	}

	/** The time of the last event, seconds. */
	get end(): number {
		return this.#events.at(-1)?.t ?? 0;
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
		const stops = this.#events.flatMap((event, index) => (counts(event) ? [index + 1] : []));
		const passed = stops.filter((stop) => stop <= this.#given).length;
		const target = passed + count;
		const given = target > stops.length ? this.#events.length : target < 1 ? 0 : stops[target - 1]!;
		this.#giveUpTo(given);
		this.#position = this.#events[given - 1]?.t ?? 0;
	}

	/** Goes to a time, seconds; plays on from there when it was playing. */
	seek(t: number): void {
		const { playing } = this;
		this.pause();
		this.#position = Math.min(Math.max(t, 0), this.end);
		const next = this.#events.findIndex((event) => event.t > this.#position);
		this.#giveUpTo(next < 0 ? this.#events.length : next);
		if (playing) this.play();
	}

	/** Adds an event at this moment, and gives it. */
	insert(event: Event): Event {
		this.seek(this.position);
		const kept = { ...event, t: this.#position };
		this.#events.splice(this.#given, 0, kept);
		this.#giveUpTo(this.#given + 1);
		return kept;
	}

	#giveUpTo(given: number): void {
		if (given < this.#given) {
			this.#sink = this.#begin();
			this.#given = 0;
		}
		while (this.#given < given) this.#sink(this.#events[this.#given++]!);
	}

	#sleep(): void {
		const wait = ((this.#events[this.#given]!.t - this.position) * 1000) / this.#speed;
		this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(wait, 0), longestSleep));
	}

	#wake(): void {
		// A timer may come a little early; what it was set for is due.
		const due = this.position + 0.002 * this.#speed;
		while (this.playing && !this.atEnd && this.#events[this.#given]!.t <= due) {
			this.#sink(this.#events[this.#given++]!);
		}
		if (this.atEnd) this.pause();
		else if (this.playing) this.#sleep();
	}
}
