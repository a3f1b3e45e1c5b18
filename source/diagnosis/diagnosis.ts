import type { Finding, Moment, Rule } from './rule.ts';
import { rules } from './rules/index.ts';

/** Moments to findings, as they come. Its memory is bounded: rules keep a few facts a port. */
export class Diagnosis {
	readonly #rules: readonly { name: string; look: Rule }[] = Object.entries(rules).map(
		([name, begin]) => ({ name, look: begin() }),
	);

	/** Returns the findings that a moment leads to. No rule reads findings. */
	look(moment: Moment): Finding[] {
		return this.#rules.flatMap(({ name, look }) => {
			const words = look(moment);
			return words ? [{ type: 'finding' as const, rule: name, ...words }] : [];
		});
	}
}
