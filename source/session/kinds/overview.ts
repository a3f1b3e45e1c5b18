/** What a whole recording holds, seen before it is played: where to go to in it. */
import { setImmediate as breath } from 'node:timers/promises';
import type { Event } from '../../events.ts';
import { ReadModels } from '../read-models.ts';
import type { Remarks } from '../remarks/remarks.ts';
import type { PhaseBegun } from '../session.ts';

/** Events between two turns of the event loop. */
const eventsAtOnce = 500;

export class Overview {
	readonly #models = new ReadModels({ isPassing: true });
	readonly #phases: PhaseBegun[] = [];
	readonly #events: readonly Event[];

	constructor(events: readonly Event[]) {
		this.#events = events;
	}

	/** Everything that stands out, findings too. */
	get remarks(): Remarks {
		return this.#models.remarks;
	}
	get phases(): readonly PhaseBegun[] {
		return this.#phases;
	}

	/** Looks through all of it, a little at a time. */
	async look(stop: AbortSignal): Promise<void> {
		let t = 0;
		for (const [index, event] of this.#events.entries()) {
			if (index % eventsAtOnce === 0) await breath();
			if (stop.aborted) return;
			t = Math.max(t, event.t);
			this.#models.add(event.t === t ? event : { ...event, t });
			if (event.type === 'flash-phase' && event.state === 'running')
				this.#phases.push({ t, phase: event.phase });
		}
		if (this.#events.at(-1)?.lineNumber !== undefined) this.#models.end(t);
	}
}
