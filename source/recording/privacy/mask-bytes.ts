/**
 * Identifiers in what crossed a port. A stream is all bytes of one port in one direction, end to end;
 * reads may have cut it anywhere, in the middle of an identifier too.
 */
import type { Event, EventOf } from '../../events.ts';
import type { Identifiers } from '../../protocol/text/identifiers.ts';

type BytesEvent = EventOf<'bytes'>;

/** Bytes that stand for an identifier, and what hides them. */
export type Form = { readonly bytes: Buffer; readonly mask: string };

/** Where forms stand in a stream that begin in one event and end in another, in order. */
type Places = { readonly at: number; readonly form: Form }[];
export type SplitForms = ReadonlyMap<string, Places>;

const streamOf = ({ dir, port }: BytesEvent) => `${dir} ${port}`;

/** The value of a key, made when there is none. */
function of<T>(map: Map<string, T>, key: string, make: () => T): T {
	const known = map.get(key) ?? make();
	map.set(key, known);
	return known;
}

/** No identifier is shorter. */
const inUtf16 = /(?:[!-~]\0){6}/;

/** Characters that are searched at once, and that are searched again with those behind them. */
const searched = 64 * 1024;
const overlap = 1024;

/** Learns the identifiers of all streams, from events as they come. */
export class StreamLearner {
	readonly #identifiers: Identifiers;
	readonly #texts = new Map<string, { text: string; before: boolean }>();

	constructor(identifiers: Identifiers) {
		this.#identifiers = identifiers;
	}

	add(event: BytesEvent): void {
		const held = of(this.#texts, streamOf(event), () => ({ text: '', before: false }));
		held.text += Buffer.from(event.hex, 'hex').toString('latin1');
		if (held.text.length < searched) return;
		const { text, before } = held;
		// What touches an edge may be a half of something, and is met whole in another piece.
		this.#learn(text, { before, behind: true });
		held.text = text.slice(-overlap);
		held.before = true;
	}

	/** All events have come. */
	end(): void {
		for (const { text, before } of this.#texts.values()) this.#learn(text, { before });
	}

	/** As text, and as the text in UTF-16 that MBIM carries (MBIM 1.0, 10.3). */
	#learn(text: string, cut: { before?: boolean; behind?: boolean }): void {
		this.#identifiers.learn(text, cut);
		if (inUtf16.test(text)) this.#identifiers.learn(text.replace(/([ -~])\0/g, '$1'), cut);
	}
}

/** Finds the forms that a read has cut. */
export function splitForms(events: Iterable<Event>, forms: readonly Form[]): SplitForms {
	const found = new Map<string, Places>();
	const longest = Math.max(0, ...forms.map(({ bytes }) => bytes.length)) - 1;
	if (longest < 1) return found;
	const streams = new Map<string, { length: number; tail: Buffer }>();
	for (const event of events) {
		if (event.type !== 'bytes') continue;
		const name = streamOf(event);
		const stream = of(streams, name, () => ({ length: 0, tail: Buffer.alloc(0) }));
		const bytes = Buffer.from(event.hex, 'hex');
		const { tail, length } = stream;
		const seam = Buffer.concat([tail, bytes.subarray(0, longest)]);
		for (const form of forms) {
			for (let at = seam.indexOf(form.bytes); at >= 0; at = seam.indexOf(form.bytes, at + 1)) {
				const isSplit = at < tail.length && at + form.bytes.length > tail.length;
				if (isSplit) of(found, name, () => []).push({ at: length - tail.length + at, form });
			}
		}
		stream.length += bytes.length;
		stream.tail = Buffer.concat([tail, bytes.subarray(-longest)]).subarray(-longest);
	}
	for (const places of found.values()) places.sort((a, b) => a.at - b.at);
	return found;
}

/** Hides forms in the events of a recording, which come in order. */
export class Hider {
	readonly #forms: readonly Form[];
	readonly #split: SplitForms;
	/** Bytes of each stream that have passed, and the split forms that have. */
	readonly #passed = new Map<string, { bytes: number; split: number }>();

	constructor(forms: readonly Form[], split: SplitForms) {
		this.#forms = forms;
		this.#split = split;
	}

	hide(event: BytesEvent): BytesEvent {
		const name = streamOf(event);
		const passed = of(this.#passed, name, () => ({ bytes: 0, split: 0 }));
		const bytes = Buffer.from(event.hex, 'hex');
		// A value may hold another one: what is found stays, and the longest is written last.
		const original = Buffer.from(bytes);
		for (const { bytes: form, mask } of this.#forms) {
			for (let at = original.indexOf(form); at >= 0; at = original.indexOf(form, at + 1))
				write(bytes, mask, form.length, at);
		}
		const places = this.#split.get(name) ?? [];
		const end = passed.bytes + bytes.length;
		for (let index = passed.split; index < places.length; index++) {
			const { at, form } = places[index]!;
			if (at >= end) break;
			write(bytes, form.mask, form.bytes.length, at - passed.bytes);
			if (at + form.bytes.length <= end && index === passed.split) passed.split++;
		}
		passed.bytes = end;
		return { ...event, hex: bytes.toString('hex') };
	}
}

/** Writes the end of the mask, which tells it from others, as far as it falls into the bytes. */
function write(bytes: Buffer, mask: string, length: number, at: number): void {
	const shown = Buffer.from(mask.slice(-length), 'latin1');
	const skipped = Math.max(0, -at);
	if (skipped < shown.length) shown.copy(bytes, Math.max(0, at), skipped);
}
