/**
 * How much of a fast stream is shown: a scroll of hundreds of frames a second can be read by nobody
 * and costs a slow link dearly, so a stream that runs is held for a second at a time.
 */
export class Sample {
	#held = 0;
	/** Frames that there were when the second began. */
	#before = 0;
	#began = Number.NEGATIVE_INFINITY;
	#isFast = false;

	/** The last frame to show of `total`, at this time in milliseconds. */
	last(total: number, now: number): number {
		const isOver = now >= this.#began + hold;
		// A replay that went back has fewer frames than were held.
		if (isOver || total < this.#held) {
			this.#isFast = total - this.#before > few;
			this.#before = this.#held = total;
			this.#began = now;
		} else if (!this.#isFast && total - this.#before <= few) this.#held = total;
		return this.#held;
	}
}

/** Milliseconds that a sample is held. */
export const hold = 1000;
/** Frames a second that are few enough to be shown as they come. */
const few = 3;
