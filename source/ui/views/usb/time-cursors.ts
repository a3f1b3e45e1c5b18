/** Two moments that a person measures between, on the changes of one port. */
import type { Range } from '../../../usb/timeline/measure.ts';

export class TimeCursors {
	a: number | undefined;
	b: number | undefined;
	/** The port that they stand on. */
	path: string | undefined;
	/** The timelines show what is between them, and nothing else. */
	isZoomed = false;
	#last: 'a' | 'b' = 'a';

	/** Both are of one port: on another it begins anew. */
	set(which: 'a' | 'b', path: string, t: number): void {
		if (path !== this.path) this.clear();
		this.path = path;
		this[which] = t;
		this.#last = which;
		if (this.range === undefined) this.isZoomed = false;
	}

	/** The one that was set last, to the next (1) or the previous (-1) change; undefined when there is none. */
	move(changes: readonly number[], by: 1 | -1): number | undefined {
		const from = this[this.#last];
		if (from === undefined) return undefined;
		const to = by === 1 ? changes.find((t) => t > from) : changes.findLast((t) => t < from);
		if (to !== undefined) this[this.#last] = to;
		if (this.range === undefined) this.isZoomed = false;
		return to;
	}

	/** From the earlier to the later one. */
	get range(): Range | undefined {
		const { a, b } = this;
		if (a === undefined || b === undefined || a === b) return undefined;
		return { from: Math.min(a, b), to: Math.max(a, b) };
	}

	/** Esc: out of the zoom, then without cursors; false when there are none. */
	back(): boolean {
		if (this.isZoomed) this.isZoomed = false;
		else if (this.path !== undefined) this.clear();
		else return false;
		return true;
	}

	clear(): void {
		this.a = undefined;
		this.b = undefined;
		this.path = undefined;
		this.isZoomed = false;
	}
}
