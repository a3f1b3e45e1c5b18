import type { Event } from '../events.ts';
import { Traffic } from '../recording/log/traffic.ts';
import type { Finding, Moment, Rule } from './rule.ts';
import { rules } from './rules/index.ts';

/**
 * Events to findings, as they come. Its memory is bounded: rules keep a few facts a port, and the
 * frames are passed on, not kept.
 */
export class Diagnosis {
	readonly #traffic = new Traffic(1);
	readonly #rules: readonly { name: string; look: Rule }[] = Object.entries(rules).map(
		([name, begin]) => ({ name, look: begin() }),
	);

	/** Takes an event and returns the findings that it leads to. No rule reads findings. */
	add(event: Event): Finding[] {
		return this.#look({ t: event.t, event, frames: this.#traffic.add(event) });
	}

	/**
	 * Time has passed without an event: some symptoms are that nothing happens. `t` is in seconds, like
	 * the time of events.
	 */
	pass(t: number): Finding[] {
		return this.#look({ t, event: undefined, frames: [] });
	}

	#look(moment: Moment): Finding[] {
		return this.#rules.flatMap(({ name, look }) => {
			const words = look(moment);
			return words ? [{ type: 'finding' as const, rule: name, ...words }] : [];
		});
	}
}
