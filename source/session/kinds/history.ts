/** Reads what a replay's lists had before, by number, from the pieces of its recording. */
import { AtTranscript, type TranscriptLine } from '../../at/transcript.ts';
import type { Event, EventOf } from '../../events.ts';
import { partitionPoint } from '../../partition-point.ts';
import { hold } from '../../recording/log/hold.ts';
import type { RecordedEvents } from '../../recording/log/recorded-events.ts';
import type { TrafficFrame } from '../../recording/log/traffic.ts';
import type { Earlier, ReadModels } from '../read-models.ts';
import type { Remark } from '../remarks/remark.ts';

/** How things stood before an event. */
export type Snapshot = {
	/** The number of the event. */
	first: number;
	/** Moments that rules had seen. */
	readonly looks: number;
	readonly models: ReadModels;
};

/** What there was of each before a piece: entries of the log, lines of AT, moments of the rules. */
type Counts = { entries: number; readonly lines: number; readonly looks: number };

type Source = {
	readonly events: RecordedEvents;
	readonly snapshots: readonly Snapshot[];
	readonly foundAfter: (number: number, look: number | undefined) => readonly EventOf<'finding'>[];
	readonly isMoment: (event: Event) => boolean;
	/** The models as they go on from there by themselves. */
	readonly goOn: (snapshot: Snapshot) => ReadModels;
	readonly show: (models: ReadModels, event: Event, number: number) => void;
};

/** Pieces whose entries are held, and parts between snapshots whose frames are. */
const entriesHeld = 8;
const partsHeld = 2;

export class History implements Earlier {
	readonly #source: Source;
	readonly #counts: Counts[] = [];
	readonly #entries = new Map<number, readonly Event[]>();
	readonly #lines = new Map<number, AtTranscript>();
	readonly #parts = new Map<Snapshot, ReadModels>();

	constructor(source: Source) {
		this.#source = source;
	}

	/** The next piece begins. */
	begin(counts: Counts): void {
		const { events, snapshots } = this.#source;
		// Of a piece without events nothing is kept.
		this.#counts[events.pieces] = counts;
		this.#parts.delete(snapshots.at(-1)!);
	}

	/** An event was put before the one with this number. */
	shift(number: number): void {
		const { events } = this.#source;
		for (const [piece, counts] of this.#counts.entries())
			if (piece > 0 && events.firstOf(piece) > number) counts.entries++;
		this.forget();
	}

	/** What was read is no more what it was. */
	forget(): void {
		this.#entries.clear();
		this.#lines.clear();
		this.#parts.clear();
	}

	event = (number: number): Event => {
		const piece = lastOf(this.#counts, ({ entries }) => entries <= number);
		return this.#entriesOf(piece)[number - this.#counts[piece]!.entries]!;
	};

	line = (number: number): TranscriptLine => {
		const piece = lastOf(this.#counts, ({ lines }) => lines <= number);
		const read = hold(this.#lines, entriesHeld, piece, () => {
			const transcript = new AtTranscript().copy();
			for (const event of this.#source.events.piece(piece)) transcript.add(event);
			return transcript;
		});
		return read.line(number - this.#counts[piece]!.lines)!;
	};

	frame = (number: number): TrafficFrame => {
		const { snapshots } = this.#source;
		const part = lastOf(snapshots, ({ models }) => models.traffic.total < number);
		return this.#part(part).traffic.frame(number)!;
	};

	remark = (number: number): Remark => {
		const { snapshots } = this.#source;
		const part = lastOf(snapshots, ({ models }) => models.remarks.total < number);
		return this.#part(part).remarks.remark(number)!;
	};

	#entriesOf(piece: number): readonly Event[] {
		return hold(this.#entries, entriesHeld, piece, () => {
			const { events, foundAfter, isMoment } = this.#source;
			const first = events.firstOf(piece);
			let { looks } = this.#counts[piece]!;
			return events.piece(piece).flatMap((event, index): readonly Event[] => {
				const found = foundAfter(first + index, isMoment(event) ? looks++ : undefined);
				return event.type === 'finding' ? found : [event, ...found];
			});
		});
	}

	/** The models as they go from a snapshot to the next one, with all that comes between. */
	#part(index: number): ReadModels {
		const { events, snapshots, goOn, show } = this.#source;
		const snapshot = snapshots[index]!;
		return hold(this.#parts, partsHeld, snapshot, () => {
			const models = goOn(snapshot);
			const end = snapshots[index + 1]?.first ?? events.length;
			for (let number = snapshot.first; number < end; number++)
				show(models, events.at(number)!, number);
			return models;
		});
	}
}

/** The last of those that come first, for which it is true. */
const lastOf = <T>(all: readonly T[], isBefore: (one: T) => boolean): number =>
	partitionPoint(0, all.length, (index) => isBefore(all[index]!)) - 1;
