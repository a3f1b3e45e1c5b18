import type { Stamp } from './stamps.ts';

/** When something was said, on the recording's time. */
export type Moment = {
	readonly t: number;
	readonly untimed?: true | undefined;
	/** Times of two stretches cannot be compared. */
	readonly stretch: number;
};

/** The date of the recording's beginning, which the first date in a text tells. */
export class Wall {
	#started: number | undefined;
	#latest = 0;

	/** Seconds since 1970 at t = 0; undefined while no date was read. */
	get started(): number | undefined {
		return this.#started;
	}

	/** The latest time that was read. */
	get latest(): number {
		return this.#latest;
	}

	reached(t: number): void {
		this.#latest = Math.max(this.#latest, t);
	}

	learn(date: number, t: number): void {
		this.#started ??= date - t;
	}

	begins(t: number): void {
		if (this.#started !== undefined) this.#started += t;
	}
}

type Axis = {
	/** What the tool's clock shows at the recording's `t`. */
	shows: number;
	at: number;
	last: number;
};

/** Lines of one tool are out of order by this much at most, seconds. */
const disorder = 2;
const day = 86_400;
const year = 365 * day;

/** The clock of one tool: its times to the recording's. Time that goes back begins a new stretch. */
export class Clock {
	readonly #wall: Wall;
	readonly #axes = new Map<Stamp['kind'], Axis>();
	#stretch = 1;
	#t = 0;
	#isSet = false;

	constructor(wall: Wall) {
		this.#wall = wall;
	}

	/** The time of the line before, for lines that go with it. */
	get now(): Moment {
		return { t: this.#t, stretch: this.#stretch, ...(this.#isSet ? {} : { untimed: true }) };
	}

	get isSet(): boolean {
		return this.#isSet;
	}

	get stretch(): number {
		return this.#stretch;
	}

	/** A time that was read. */
	at(stamp: Stamp): Moment {
		this.#t = this.#move(stamp);
		this.#isSet = true;
		this.#wall.reached(this.#t);
		if (stamp.date !== undefined) this.#wall.learn(stamp.date, this.#t);
		return this.now;
	}

	/** How far back a time lies that was not read yet, seconds; 0 for one that goes on. */
	back({ kind, seconds }: Stamp): number {
		const axis = this.#axes.get(kind);
		return axis && kind !== 'delta' ? Math.max(0, axis.last - seconds) : 0;
	}

	#move({ kind, seconds, date }: Stamp): number {
		if (kind === 'delta') return this.#t + seconds;
		if (kind === 'minute') {
			// Which second of the minute it was is not told.
			this.#stretch++;
			return this.#t;
		}
		const axis = this.#axes.get(kind) ?? this.#begin(kind, seconds, date);
		const back = axis.last - seconds;
		if (kind === 'yearless' && back > year - 60 * day) axis.shows -= year;
		else if (kind === 'daytime' && back > day / 2) axis.shows -= day;
		else if (back > disorder) {
			this.#stretch++;
			Object.assign(axis, { shows: seconds, at: this.#wall.latest });
		} else if (back > 0) return this.#t;
		axis.last = seconds;
		return axis.at + (seconds - axis.shows);
	}

	#begin(kind: Stamp['kind'], seconds: number, date: number | undefined): Axis {
		const { started, latest } = this.#wall;
		const known = date !== undefined && started !== undefined;
		const at = known ? date - started : this.#isSet || kind !== 'dated' ? latest : 0;
		const axis = { shows: seconds, at, last: seconds };
		this.#axes.set(kind, axis);
		return axis;
	}
}
