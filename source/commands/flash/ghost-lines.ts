import type { Event } from '../../events.ts';
import type { Departure, Ghost } from '../../flash/rehearse/ghost.ts';
import { ghostOf } from '../../flash/rehearse/ghost-file.ts';
import { jsonText } from '../../protocol/text/sanitize.ts';
import { Traffic } from '../../recording/log/traffic.ts';

/** What a flash that was rehearsed does otherwise, as lines between its own. */
export class GhostLines {
	readonly #traffic = new Traffic(1);
	readonly #json: boolean;
	#ghost: Ghost | undefined;

	constructor({ json }: { readonly json: boolean }) {
		this.#json = json;
	}

	add(event: Event): string[] {
		const frames = this.#traffic.add(event);
		if (event.type === 'flash-started') this.#ghost = ghostOf(event);
		const departed = this.#ghost?.add(event, frames) ?? [];
		const lines = departed.map((departure) => this.#line(departure));
		return event.type === 'flash-ended' ? [...lines, ...this.#end(event.t)] : lines;
	}

	#line(departure: Departure): string {
		if (this.#json) return jsonText({ type: 'departure', ...departure });
		const { t, came, rehearsed } = departure;
		return `${t.toFixed(3).padStart(10)}  departs from the rehearsal: ${came}; rehearsed: ${rehearsed}`;
	}

	#end(t: number): string[] {
		if (!this.#ghost) return [];
		const { state, step, of, departures } = this.#ghost.at(t);
		if (this.#json) return [jsonText({ type: 'rehearsed', state, step, of })];
		const count = departures.length === 1 ? 'one step' : `${departures.length} steps`;
		return [
			state === 'departed'
				? `It departed from its rehearsal in ${count}.`
				: `It went as rehearsed, ${step} of ${of} steps.`,
		];
	}
}
