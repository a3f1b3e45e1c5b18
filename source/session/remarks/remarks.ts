/** Everything that stands out, as it comes: a read model like the traffic. */
import type { Event, EventOf } from '../../events.ts';
import type { TrafficFrame } from '../../recording/log/traffic.ts';
import { type Judged, judgeEvent, judgeFinding, judgeFrame } from './judge.ts';
import type { Remark, Severity } from './remark.ts';

/** Remarks held; those before are only counted. */
const held = 2000;

export class Remarks {
	readonly counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
	#all: Remark[] = [];
	#total = 0;

	/** Oldest first. */
	get all(): readonly Remark[] {
		return this.#all;
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
		this.#all.push({ ...judged, number: ++this.#total });
		if (this.#all.length > held * 1.1) this.#all = this.#all.slice(-held);
	}
}
