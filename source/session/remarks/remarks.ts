/** Everything that stands out, as it comes: a read model like the traffic. */
import type { Event, EventOf } from '../../events.ts';
import { Tail } from '../../recording/log/tail.ts';
import type { TrafficFrame } from '../../recording/log/traffic.ts';
import { type Judged, judgeEvent, judgeFinding, judgeFrame } from './judge.ts';
import type { Remark, Severity } from './remark.ts';

/** Remarks held; those before are only counted. */
const held = 2000;

export class Remarks {
	readonly counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
	#all: Tail<Remark> = new Tail(held);

	/**
	 * Others that go on from here by themselves; `earlier` reads the remarks up to here by their number.
	 * Without it, those that come are all kept.
	 */
	copy(earlier?: (number: number) => Remark): Remarks {
		const copy = new Remarks();
		Object.assign(copy.counts, this.counts);
		copy.#all = Tail.after(this.#all, earlier && ((at) => earlier(at + 1)));
		return copy;
	}

	/** Oldest first; all of them, which may be dear in a replay. */
	get all(): readonly Remark[] {
		return this.#all.items;
	}
	/** Remarks that ever were. */
	get total(): number {
		return this.#all.total;
	}
	/** The remark with this number, counted from 1; undefined where it is not held. */
	remark(number: number): Remark | undefined {
		return this.#all.at(number - 1);
	}
	/** Newest first. */
	*backwards(): Generator<Remark> {
		for (let at = this.#all.total - 1; at >= this.#all.first; at--) yield this.#all.at(at)!;
	}

	add(event: Event, frames: readonly TrafficFrame[]): void {
		for (const judged of judgeEvent(event)) this.#keep(judged);
		this.addFrames(frames);
	}

	addFrames(frames: readonly TrafficFrame[]): void {
		for (const frame of frames) {
			const judged = judgeFrame(frame);
			if (judged) this.#keep(judged);
		}
	}

	addFinding(finding: EventOf<'finding'>): void {
		this.#keep(judgeFinding(finding));
	}

	#keep(judged: Judged): void {
		this.counts[judged.severity]++;
		this.#all.push({ ...judged, number: this.total + 1 });
	}
}
