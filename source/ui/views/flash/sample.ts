/**
 * How much of a fast stream is shown: a scroll of hundreds of frames a second can be read by nobody
 * and costs a slow link dearly, so a stream that runs is held for a second at a time.
 */
export class Sample {
	#held = 0;
	#taken = Number.NEGATIVE_INFINITY;

	/** The last frame to show of `total`. */
	last(total: number): number {
		const isFew = total - this.#held <= few;
		// A replay that went back has fewer frames than were held.
		if (isFew || this.#held > total || this.#left() === 0) this.#take(total);
		return this.#held;
	}

	/** Milliseconds until more can be shown. */
	nextRedraw(total: number): number {
		return total === this.#held ? Number.POSITIVE_INFINITY : this.#left() + 1;
	}

	#take(total: number): void {
		if (total !== this.#held) this.#taken = performance.now();
		this.#held = total;
	}

	#left(): number {
		return Math.max(0, this.#taken + hold - performance.now());
	}
}

/** Milliseconds that a sample is held. */
const hold = 1000;
/** New frames that are few enough to be shown as they come, a draw. */
const few = 3;
