/** A flash that runs, held against its rehearsal: as rehearsed, departed, late. */
import type { Event } from '../../events.ts';
import { Traffic, type TrafficFrame } from '../../recording/log/traffic.ts';
import { addStep, type GhostStep, stepOfEvent, stepOfFrame } from './ghost-steps.ts';

export type Departure = {
	readonly t: number;
	/** What came, and what was rehearsed in its place. */
	readonly came: string;
	readonly rehearsed: string;
};

export type GhostMark = 'as rehearsed' | 'departed' | 'late';

export type GhostState = {
	readonly state: GhostMark;
	/** Steps of the rehearsal that were met, and all of them. */
	readonly step: number;
	readonly of: number;
	/** What is rehearsed next; undefined at the end. */
	readonly next: string | undefined;
	/** Seconds that the next step is late by. */
	readonly lateBy: number | undefined;
	readonly departures: readonly Departure[];
};

/** Steps that a modem may leave out, and repeat, and still go on as rehearsed. */
const ahead = 8;
const back = 3;
/** A wait is late when it is so many times as long, and so many seconds more: a simulator's times are only typical. */
const lateness = { times: 3, seconds: 10 };
/** Departures and marks that are kept. */
const mostKept = { departures: 50, marks: 5000 };

export class Ghost {
	readonly #steps: readonly GhostStep[];
	/** The step that is due. */
	#next = 0;
	/** When the last step was met, seconds. */
	#last: number | undefined;
	#hasEnded = false;
	readonly #departures: Departure[] = [];
	/** By the number of the frame. */
	readonly #marks = new Map<number, GhostMark>();

	/** @param rehearsed the events of the rehearsal */
	constructor(rehearsed: Iterable<Event>) {
		const steps: GhostStep[] = [];
		const traffic = new Traffic(1);
		const add = (step: GhostStep | undefined) => step && addStep(steps, step);
		for (const event of rehearsed) {
			for (const frame of traffic.add(event)) add(stepOfFrame(frame));
			add(stepOfEvent(event));
		}
		this.#steps = steps;
	}

	/** Takes an event of the flash with the frames that it completed; returns what departed by it. */
	add(event: Event, frames: readonly TrafficFrame[]): readonly Departure[] {
		const departures = frames.flatMap((frame) => this.#meetFrame(frame) ?? []);
		if (event.type === 'flash-ended') this.#hasEnded = true;
		const step = stepOfEvent(event);
		const departure = step && this.#meet(step);
		return departure ? [...departures, departure] : departures;
	}

	/** How a frame of the flash stands to the rehearsal; undefined where it was not there to be met. */
	markOf(frame: number): GhostMark | undefined {
		return this.#marks.get(frame);
	}

	at(now: number): GhostState {
		const next = this.#steps[this.#next];
		const lateBy = this.#hasEnded ? undefined : this.#lateBy(now);
		const late = lateBy === undefined ? 'as rehearsed' : 'late';
		return {
			state: this.#departures.length > 0 ? 'departed' : late,
			...{ step: this.#next, of: this.#steps.length, next: next?.text, lateBy },
			departures: this.#departures,
		};
	}

	#lateBy(now: number): number | undefined {
		const [before, next] = [this.#steps[this.#next - 1], this.#steps[this.#next]];
		if (!before || !next || this.#last === undefined) return undefined;
		if (next.isOurs) return undefined;
		const usual = Math.max(0, next.t - before.until);
		const waited = now - this.#last;
		const most = Math.max(usual * lateness.times, usual + lateness.seconds);
		return waited > most ? waited - usual : undefined;
	}

	#meetFrame(frame: TrafficFrame): Departure | undefined {
		const step = stepOfFrame(frame);
		if (!step) return undefined;
		const isLate = this.#lateBy(step.t) !== undefined;
		const departure = this.#meet(step);
		this.#marks.set(frame.number, departure ? 'departed' : isLate ? 'late' : 'as rehearsed');
		const [oldest = 0] = this.#marks.keys();
		if (this.#marks.size > mostKept.marks) this.#marks.delete(oldest);
		return departure;
	}

	#meet(step: GhostStep): Departure | undefined {
		const found = this.#find(step.kind);
		const due = this.#steps[this.#next];
		this.#last = step.t;
		const skipped = found !== undefined && found > this.#next;
		if (found !== undefined) this.#next = found + 1;
		if (found !== undefined && !skipped) return undefined;
		const departure = {
			...{ t: step.t, came: step.text },
			rehearsed: due?.text ?? 'nothing more',
		};
		if (this.#departures.length < mostKept.departures) this.#departures.push(departure);
		return departure;
	}

	/** Where the step stands in the rehearsal: where it is due, a repetition, or left out before. */
	#find(kind: string): number | undefined {
		const is = (at: number) => this.#steps[at]?.kind === kind;
		if (is(this.#next)) return this.#next;
		for (let at = this.#next - 1; at >= Math.max(0, this.#next - back); at--) if (is(at)) return at;
		for (let at = this.#next + 1; at <= this.#next + ahead; at++) if (is(at)) return at;
		return undefined;
	}
}
