import type { EventOf } from '../events.ts';
import { pathOfPort } from './answers.ts';
import { Findings } from './findings.ts';
import type { Moment, Rule } from './rule.ts';
import { rules } from './rules/index.ts';

/** Moments to findings, as they come. Its memory is bounded: rules keep a few facts a port. */
export class Diagnosis {
	readonly findings = new Findings();
	readonly #rules: readonly { rule: string; look: Rule }[] = Object.entries(rules).map(
		([rule, { begin }]) => ({ rule, look: begin() }),
	);

	/** Returns the findings that a moment leads to. No rule reads findings. */
	look(moment: Moment): readonly EventOf<'finding'>[] {
		const { t } = moment;
		this.findings.answer(moment);
		const found = this.#rules.flatMap(({ rule, look }): EventOf<'finding'>[] => {
			const text = look(moment);
			if (!text) return [];
			const { path = pathOfPort(moment) } = text;
			const of = path === undefined ? {} : { path };
			return [{ t, source: 'diagnosis', type: 'finding', rule, ...text, ...of }];
		});
		for (const finding of found) this.findings.add(finding);
		return found;
	}
}
