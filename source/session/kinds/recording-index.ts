/**
 * What a whole recording holds, and how things stood at places on the way. It is looked through once,
 * from its start; a seek goes on from the place before.
 */
import { type FindIn, findByRules } from '../../diagnosis/diagnosis.ts';
import type { Event, EventOf } from '../../events.ts';
import { hold } from '../../recording/log/hold.ts';
import { RecordedEvents } from '../../recording/log/recorded-events.ts';
import { ReadModels } from '../read-models.ts';
import type { Remarks } from '../remarks/remarks.ts';
import type { PhaseBegun } from '../session.ts';
import { History, type Snapshot } from './history.ts';

type Finding = EventOf<'finding'>;

/** Events and frames from one snapshot to the next; a piece costs as much as so many of them. */
const usualSpacing = 2500;
const pieceCosts = 200;
/** What all snapshots may hold, bytes; then every other one is let go. */
const snapshotsHold = 24 * 1024 * 1024;
/** Findings that are told from one another by their words. */
const wordsKept = 200;
const textsKept = 500;
const none: readonly Finding[] = [];

export class RecordingIndex {
	readonly events = new RecordedEvents();
	readonly #snapshots: Snapshot[] = [];
	readonly #phases: PhaseBegun[] = [];
	#marks: EventOf<'mark'>[] = [];
	/** What the rules found, by the number of the moment, and what they did at the end of a log. */
	readonly #found = new Map<number, readonly Finding[]>();
	readonly #texts = new Map<string, string>();
	readonly #words = new Map<string, Pick<Finding, 'title' | 'means' | 'next'>>();
	readonly #foundAtEnd: (readonly Finding[])[] = [];
	/** Put among the events later, and no moments of the rules. */
	readonly #late = new Set<Event>();
	readonly #models: ReadModels;
	readonly #history: History;
	#looks = 0;
	/** The event that an imported log ends with. */
	#last: number | undefined;
	#spacing = usualSpacing;
	#sinceSnapshot = 0;
	#held = 0;

	constructor() {
		const findByAll = findByRules();
		const findIn: FindIn = (moment) => {
			const found = findByAll(moment).map((finding) => this.#shared(finding));
			if (moment.ended) this.#foundAtEnd.push(found);
			else if (found.length > 0) this.#found.set(this.#looks, found);
			if (!moment.ended) this.#looks++;
			return found;
		};
		this.#models = new ReadModels({ isPassing: true, findIn });
		this.#history = new History({
			events: this.events,
			snapshots: this.#snapshots,
			foundAfter: (number, look) => this.#foundAfter(number, look),
			isMoment: (event) => !this.#late.has(event),
			goOn: (snapshot) => this.#goOn(snapshot),
			show: (models, event, number) => this.show(models, event, number),
		});
		this.#keepSnapshot(0);
	}

	/** Everything that stands out, findings too. */
	get remarks(): Remarks {
		return this.#models.remarks;
	}
	get phases(): readonly PhaseBegun[] {
		return this.#phases;
	}
	get marks(): readonly EventOf<'mark'>[] {
		return this.#marks;
	}

	/** Looks through the next piece of the recording; its last one is the end of an imported log. */
	add(
		events: readonly Event[],
		read: () => readonly Event[] | undefined,
		{ extra = [], isLast = false }: AddOptions = {},
	): void {
		const first = this.events.length;
		const { log, transcript, traffic } = this.#models;
		if (this.#sinceSnapshot >= this.#spacing) this.#keepSnapshot(first);
		this.#history.begin({ entries: log.total, lines: transcript.total, looks: this.#looks });
		const frames = traffic.total;
		const kept = this.events.add(events, read, extra);
		for (const event of kept) {
			this.#models.add(event);
			if (event.type !== 'flash-phase' || event.state !== 'running') continue;
			const { t, phase, detail } = event;
			this.#phases.push({ t, phase, ...(detail && { detail: this.#once(detail) }) });
		}
		for (const event of kept)
			if (event.type === 'mark') this.#marks.push({ ...event, text: this.#once(event.text) });
		this.#sinceSnapshot += pieceCosts + kept.length + traffic.total - frames;
		if (!isLast || kept.length === 0) return;
		this.#last = this.events.length - 1;
		this.#models.end(this.events.end);
	}

	/** How things stand when `given` events have been: the models, and how many events they lack of that. */
	before(given: number): { models: ReadModels; seen: number } {
		const snapshot = this.#snapshots.findLast(({ first }) => first <= given)!;
		return { models: this.#goOn(snapshot, this.#history), seen: snapshot.first };
	}

	/** Shows an event to models that have seen all before it. */
	show(models: ReadModels, event: Event, number: number): void {
		if (this.#late.has(event)) models.log.append(event);
		else models.add(event);
		if (number === this.#last) models.end(event.t);
	}

	/** Puts an event before the one with this number. */
	insert(number: number, event: Event): void {
		this.#late.add(event);
		this.events.insert(number, event);
		for (const snapshot of this.#snapshots) {
			if (snapshot.first <= number) continue;
			snapshot.first++;
			snapshot.models.log.shift();
		}
		this.#models.log.shift();
		if (this.#last !== undefined && number <= this.#last) this.#last++;
		this.#history.shift(number);
		if (event.type === 'mark') this.#marks = [...this.#marks, event].toSorted((a, b) => a.t - b.t);
	}

	/** Copies of the models that go on from a snapshot, told what the rules have found there. */
	#goOn(snapshot: Snapshot, earlier?: History): ReadModels {
		let look = snapshot.looks;
		let round = 0;
		const findIn: FindIn = ({ ended }) =>
			(ended ? this.#foundAtEnd[round++] : this.#found.get(look++)) ?? none;
		return new ReadModels({ findIn }, snapshot.models, earlier);
	}

	/** A loop is found again and again in the same words: they are held once. */
	#shared(finding: Finding): Finding {
		const { title, means, next, evidence } = finding;
		const key = JSON.stringify([title, means, next]);
		const words = hold(this.#words, wordsKept, key, () => ({ title, means, next }));
		const seen = evidence?.map((one) => ({ ...one, says: this.#once(one.says) }));
		return { ...finding, ...words, ...(seen && { evidence: seen }) };
	}

	/** Much is said again and again, and held once. */
	#once(text: string): string {
		return hold(this.#texts, textsKept, text, () => text);
	}

	#foundAfter(number: number, look: number | undefined): readonly Finding[] {
		const found = look === undefined ? none : (this.#found.get(look) ?? none);
		return number === this.#last ? [...found, ...this.#foundAtEnd.flat()] : found;
	}

	#keepSnapshot(first: number): void {
		const models = new ReadModels({ findIn: () => none }, this.#models);
		this.#snapshots.push({ first, looks: this.#looks, models });
		this.#sinceSnapshot = 0;
		this.#held += sizeOf(models);
		if (this.#held < snapshotsHold) return;
		const kept = this.#snapshots.filter((_, index) => index % 2 === 0);
		this.#snapshots.splice(0, this.#snapshots.length, ...kept);
		this.#history.forget();
		this.#held /= 2;
		this.#spacing *= 2;
	}
}

type AddOptions = {
	/** Put among the events that are read. */
	readonly extra?: { readonly at: number; readonly event: Event }[];
	readonly isLast?: boolean;
};

/** About so many bytes are held by a snapshot alone. */
const sizeOf = ({ traffic }: ReadModels): number => 8000 + traffic.waiting;
