import type { UrbStatus } from './protocol.ts';

/** One transfer that the host asked for, until it ends. */
export type Urb = {
	/** As in a descriptor: 0x80 for IN. */
	readonly address: number;
	/** Bytes that the host has room for. */
	readonly length: number;
	readonly shortIsError: boolean;
	/** The eight bytes of a control transfer. */
	readonly setup: Buffer;
	/** What the host sends; empty for IN. */
	readonly data: Buffer;
	/** Ends it: with what the modem says, or the number of bytes that it took. */
	complete(status: UrbStatus, data?: Buffer | number): void;
};

/** The transfers that wait on one endpoint. */
export class UrbQueue {
	readonly #urbs: Urb[] = [];
	readonly #came: () => void;

	/** Calls `came` for every new one; without it they wait until the host takes them back. */
	constructor(came: () => void = () => {}) {
		this.#came = came;
	}

	submit(urb: Urb): void {
		this.#urbs.push(urb);
		this.#came();
	}

	/** Whether it waited here, and does no more. */
	cancel(urb: Urb): boolean {
		const index = this.#urbs.indexOf(urb);
		if (index >= 0) this.#urbs.splice(index, 1);
		return index >= 0;
	}

	get next(): Urb | undefined {
		return this.#urbs[0];
	}

	shift(): Urb | undefined {
		return this.#urbs.shift();
	}

	/** Ends all that wait. */
	flush(status: UrbStatus): void {
		for (const urb of this.#urbs.splice(0)) urb.complete(status);
	}
}
