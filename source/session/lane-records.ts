/**
 * What the lanes show, as it came: few bytes for each thing, so that all of a recording is held.
 * Copies share what was before, and know how much of it there was for them.
 */
import type { Event } from '../events.ts';
import { partitionPoint } from '../partition-point.ts';
import type { TrafficFrame } from '../recording/log/traffic.ts';
import { kernelError } from '../usb/scan/kernel-log.ts';

const kinds = [
	'kernel-error',
	'port-opened',
	'port-closed',
	'port-lost',
	'phase-running',
	'phase-done',
	'phase-failed',
	'flash-ended',
	'sign',
] as const;
type Kind = (typeof kinds)[number];

/** A sign of a lane, or something that begins or ends there; `of` says of what port or phase. */
export type LaneRecord = { readonly t: number; readonly kind: Kind; readonly of: string };

/** Records of one chunk, and chunks that are kept: 15 MB. */
const chunkLength = 16_384;
const chunksKept = 90;

type Chunk = { readonly t: Float64Array; readonly kind: Uint8Array; readonly of: Uint8Array };

/** Records by number, in the order of their times; of very many, the newest. */
class Store {
	/** Ports, phases and signs by number. */
	readonly #names: string[] = [];
	readonly #chunks: Chunk[] = [];
	#dropped = 0;
	total = 0;

	get first(): number {
		return this.#dropped * chunkLength;
	}

	push(kind: Kind, t: number, of: string): void {
		const at = this.total % chunkLength;
		if (at === 0) this.#grow();
		const chunk = this.#chunks.at(-1)!;
		chunk.t[at] = t;
		chunk.kind[at] = kinds.indexOf(kind);
		chunk.of[at] = this.#numberOf(of);
		this.total++;
	}

	at(number: number): LaneRecord {
		const { kind, of } = this.#chunkOf(number);
		const at = number % chunkLength;
		return { t: this.timeAt(number), kind: kinds[kind[at]!]!, of: this.#names[of[at]!]! };
	}

	timeAt(number: number): number {
		return this.#chunkOf(number).t[number % chunkLength]!;
	}

	#chunkOf(number: number): Chunk {
		return this.#chunks[Math.floor(number / chunkLength) - this.#dropped]!;
	}

	#grow(): void {
		this.#chunks.push({
			t: new Float64Array(chunkLength),
			kind: new Uint8Array(chunkLength),
			of: new Uint8Array(chunkLength),
		});
		if (this.#chunks.length <= chunksKept) return;
		this.#chunks.shift();
		this.#dropped++;
	}

	/** A machine has few ports; where a hostile recording names more, the last number is that of them all. */
	#numberOf(name: string): number {
		const known = this.#names.indexOf(name);
		if (known >= 0) return known;
		return this.#names.length < 256 ? this.#names.push(name) - 1 : 255;
	}
}

/** Records up to a moment, on a store that may have more. */
class Records {
	readonly #store: Store;
	#total: number;

	constructor(store = new Store(), total = 0) {
		this.#store = store;
		this.#total = total;
	}

	copy(): Records {
		return new Records(this.#store, this.#total);
	}

	/** What was added before, in what shares the store, is there. */
	add(kind: Kind, t: number, of = ''): void {
		if (this.#total === this.#store.total) this.#store.push(kind, t, of);
		this.#total++;
	}

	/** Those before `end`, from the first one that is not before `begin`. */
	*between(begin: number, end: number): Generator<LaneRecord> {
		const { first } = this.#store;
		const from = partitionPoint(first, this.#total, (at) => this.#store.timeAt(at) < begin);
		for (let number = from; number < this.#total && this.#store.timeAt(number) < end; number++)
			yield this.#store.at(number);
	}
}

export class LaneRecords {
	/** Ports, phases and the kernel, which may have begun long ago. */
	readonly around: Records;
	readonly at: Records;
	readonly protocol: Records;
	/** Somebody has listened to the kernel. */
	isHeard = false;

	constructor(before?: LaneRecords) {
		this.around = before?.around.copy() ?? new Records();
		this.at = before?.at.copy() ?? new Records();
		this.protocol = before?.protocol.copy() ?? new Records();
		this.isHeard = before?.isHeard ?? false;
	}

	add(event: Event): void {
		const { t } = event;
		switch (event.type) {
			case 'note':
				if (event.source === 'log') this.isHeard = true;
				if (kernelError.test(event.text)) this.around.add('kernel-error', t);
				break;
			case 'port-opened':
			case 'port-closed':
			case 'port-lost':
				this.around.add(event.type, t, event.port);
				break;
			case 'flash-phase':
				this.around.add(`phase-${event.state}`, t, event.phase);
				break;
			case 'flash-ended':
				this.around.add(event.type, t);
				break;
			default: {
				const sign = atSign(event);
				if (sign !== undefined) this.at.add('sign', t, sign);
			}
		}
	}

	addFrames(frames: readonly TrafficFrame[]): void {
		for (const frame of frames)
			if (frame.protocol !== 'AT') this.protocol.add('sign', frame.t, frameSign(frame));
	}
}

function atSign(event: Event): string | undefined {
	switch (event.type) {
		case 'at-sent':
			return '>';
		case 'at-answered':
			return event.result === 'OK' ? 'k' : 'e';
		case 'at-unsolicited':
			return '<';
		case 'fired':
			return '*';
		default:
			return undefined;
	}
}

function frameSign({ dir, payload, problem }: TrafficFrame): string {
	if (problem !== undefined) return '!';
	if (payload) return '=';
	return dir === 'in' ? '<' : '>';
}
