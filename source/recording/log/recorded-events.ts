/** The events of a recording by their number, of which few are held: they are read again in pieces. */
import type { Event } from '../../events.ts';
import { partitionPoint } from '../../partition-point.ts';
import { hold } from './hold.ts';

type Piece = {
	/** The number of its first event. */
	first: number;
	/** When that was. */
	readonly t: number;
	/** Undefined when they are no more what they were. */
	readonly read: () => readonly Event[] | undefined;
	/** How many are read. */
	readonly count: number;
	/** Those put among them, each at its place with all others before it. */
	readonly extra: { readonly at: number; readonly event: Event }[];
};

/** Pieces held. */
const piecesHeld = 8;
const lost = 'What was here is overwritten: the file was changed while it was shown.';

export class RecordedEvents {
	readonly #pieces: Piece[] = [];
	readonly #held = new Map<number, readonly Event[]>();
	#length = 0;
	#end = 0;
	/** The piece that was asked for last. */
	#last = 0;

	/** How many there are. */
	get length(): number {
		return this.#length;
	}

	/** The time of the last one, seconds. */
	get end(): number {
		return this.#end;
	}

	get pieces(): number {
		return this.#pieces.length;
	}

	/** Adds a piece at the end: `events` is what `read` returns. Answers them as they are kept. */
	add(
		events: readonly Event[],
		read: () => readonly Event[] | undefined,
		extra: Piece['extra'] = [],
	): readonly Event[] {
		const kept = inOrder(withExtra(events, extra), this.#end);
		if (kept.length === 0) return kept;
		const { t } = kept[0]!;
		this.#pieces.push({ first: this.#length, t, read, count: events.length, extra });
		this.#length += kept.length;
		this.#end = kept.at(-1)!.t;
		return kept;
	}

	at(number: number): Event | undefined {
		if (number < 0 || number >= this.#length) return undefined;
		const piece = this.pieceOf(number);
		return this.piece(piece)[number - this.#pieces[piece]!.first];
	}

	/** The number of the first event that is later than `t`; how many there are when none is. */
	after(t: number): number {
		const piece = this.#lastPiece((one) => one.t <= t);
		if (piece < 0) return 0;
		const { first } = this.#pieces[piece]!;
		const events = this.piece(piece);
		const later = events.findIndex((event) => event.t > t);
		return first + (later < 0 ? events.length : later);
	}

	/** The piece that an event is in. */
	pieceOf(number: number): number {
		const last = this.#pieces[this.#last]!;
		const next = this.#pieces[this.#last + 1]?.first ?? Infinity;
		if (number < last.first || number >= next)
			this.#last = this.#lastPiece(({ first }) => first <= number);
		return this.#last;
	}

	firstOf(piece: number): number {
		return this.#pieces[piece]?.first ?? this.#length;
	}

	/** The events of a piece. */
	piece(piece: number): readonly Event[] {
		return hold(this.#held, piecesHeld, piece, () => {
			const { t, read, count, extra } = this.#pieces[piece]!;
			const gone = { t, source: 'log', type: 'note', text: lost } as const;
			const events = read() ?? Array.from({ length: count }, () => gone);
			return inOrder(withExtra(events, extra), t);
		});
	}

	/** Puts an event among them; its number is that of the one which it stands before. */
	insert(number: number, event: Event): void {
		if (this.#pieces.length === 0) {
			this.add([event], () => [event]);
			return;
		}
		const piece = this.pieceOf(Math.min(number, this.#length - 1));
		const { extra, first } = this.#pieces[piece]!;
		const at = number - first;
		const later = extra.findIndex((one) => one.at >= at);
		extra.splice(later < 0 ? extra.length : later, 0, { at, event });
		for (let index = extra.length - 1; index >= 0 && extra[index]!.event !== event; index--)
			extra[index] = { ...extra[index]!, at: extra[index]!.at + 1 };
		for (const one of this.#pieces.slice(piece + 1)) one.first++;
		this.#length++;
		this.#end = Math.max(this.#end, event.t);
		this.#held.clear();
	}

	#lastPiece(isBefore: (piece: Piece) => boolean): number {
		return partitionPoint(0, this.#pieces.length, (at) => isBefore(this.#pieces[at]!)) - 1;
	}
}

function withExtra(events: readonly Event[], extra: Piece['extra']): readonly Event[] {
	if (extra.length === 0) return events;
	const all = [...events];
	for (const { at, event } of extra) all.splice(at, 0, event);
	return all;
}

/** Times that go back would stall the clock; the order of the lines is the truth. */
function inOrder(events: readonly Event[], from: number): readonly Event[] {
	let t = from;
	return events.map((event) => {
		if (event.t >= t) {
			t = event.t;
			return event;
		}
		return { ...event, t };
	});
}
