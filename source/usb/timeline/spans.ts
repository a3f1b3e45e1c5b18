/**
 * The newest presences of a modem on the bus, oldest first. Copies share those that are over: of a
 * long recording there are hundreds of copies.
 */
import type { UsbDevice } from '../../events.ts';
import type { Mode } from '../../modems/product.ts';

/** One presence on the bus. `untimed`: a log does not tell when it came or when it went. */
export type Span = {
	from: number;
	to: number | undefined;
	mode: Mode;
	device: UsbDevice;
	untimed?: true;
	/** Nobody saw it go. */
	unseen?: true;
	hostRestarted?: true;
	/** Nobody saw it come: it was up longer than that. */
	found?: true;
	/** It went because it was told to, by a command or a flash. */
	told?: true;
};

/** Spans of a chunk: a full one is never changed. */
const chunkLength = 32;

export class Spans {
	readonly #most: number;
	#chunks: Span[][] = [];
	/** How many of the first chunk are let go. */
	#gone = 0;
	#length = 0;
	/** All of them, once somebody has asked for them. */
	#all: Span[] | undefined;

	constructor(most: number) {
		this.#most = most;
	}

	/** Others that go on from here by themselves. */
	copy(): Spans {
		const copy = new Spans(this.#most);
		copy.#chunks = this.#chunks.slice();
		copy.#gone = this.#gone;
		copy.#length = this.#length;
		const { last } = this;
		if (last) copy.#chunks.push([...copy.#chunks.pop()!.slice(0, -1), { ...last }]);
		return copy;
	}

	get last(): Span | undefined {
		return this.#chunks.at(-1)?.at(-1);
	}

	get all(): readonly Span[] {
		this.#all ??= this.#chunks.flat().slice(this.#gone);
		return this.#all;
	}

	push(span: Span): void {
		const newest = this.#chunks.at(-1);
		if (newest && newest.length < chunkLength) newest.push(span);
		else this.#chunks.push([span]);
		this.#length++;
		this.#all?.push(span);
		if (this.#length <= this.#most) return;
		this.#all?.shift();
		this.#length--;
		this.#gone++;
		if (this.#gone < chunkLength) return;
		this.#chunks.shift();
		this.#gone = 0;
	}
}
