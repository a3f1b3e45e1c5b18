import type { EventOf } from '../events.ts';
import { pathOfPort } from './evidence/answers.ts';
import { restsOn } from './evidence/rests-on.ts';
import type { Moment, Rule } from './evidence/rule.ts';
import { Findings } from './findings.ts';
import { rules } from './rules/index.ts';

/** Modems of a log that something is still to be said of, at most. */
const mostRounds = 64;

/** Moments to findings, as they come. Its memory is bounded: rules keep a few facts a port. */
export class Diagnosis {
	readonly findings = new Findings();
	readonly #rules: readonly { rule: string; look: Rule }[] = Object.entries(rules).map(
		([rule, { begin }]) => ({ rule, look: begin() }),
	);

	/** The log ends: what rules have waited for did not come. Each may find something of each modem. */
	end(moment: Omit<Moment, 'ended' | 'event'>): readonly EventOf<'finding'>[] {
		const all: EventOf<'finding'>[] = [];
		for (let rounds = 0; rounds < mostRounds; rounds++) {
			const found = this.look({ ...moment, event: undefined, ended: true });
			if (found.length === 0) break;
			all.push(...found);
		}
		return all;
	}

	/** Returns the findings that a moment leads to. No rule reads findings. */
	look(moment: Moment): readonly EventOf<'finding'>[] {
		const { t } = moment;
		this.findings.answer(moment);
		const found = this.#rules.flatMap(({ rule, look }): EventOf<'finding'>[] => {
			const text = look(moment);
			if (!text) return [];
			const { path = pathOfPort(moment) } = text;
			const of = path === undefined ? {} : { path };
			const { lines: known } = text;
			const lineNumber = moment.event?.lineNumber;
			const lines = known || lineNumber === undefined ? {} : { lines: [lineNumber] };
			// In the order in which a recording is read back.
			const { evidence = restsOn(moment), ...words } = text;
			const resting = evidence.length > 0 ? { evidence } : {};
			return [
				{ t, source: 'diagnosis', type: 'finding', rule, ...words, ...of, ...lines, ...resting },
			];
		});
		for (const finding of found) this.findings.add(finding);
		return found;
	}
}
