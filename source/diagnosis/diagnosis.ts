import type { EventOf } from '../events.ts';
import { pathOfPort } from './evidence/answers.ts';
import { restsOn } from './evidence/rests-on.ts';
import { isShown, type Moment, type Rule } from './evidence/rule.ts';
import { Findings } from './findings.ts';
import { rules } from './rules/index.ts';

/** Modems of a log that something is still to be said of, at most. */
const mostRounds = 64;

type Begun = { readonly rule: string; readonly look: Rule };
/** A rule that a moment may tell something; where it has `waits`, only while it waits for time to pass. */
type Reader = Begun & { readonly waits: (() => boolean) | undefined };
const newReaders = () => new Map<string | undefined, readonly Reader[]>();
const none: readonly EventOf<'finding'>[] = [];

/** Moments to findings, as they come. Its memory is bounded: rules keep a few facts a port. */
export class Diagnosis {
	readonly findings = new Findings();
	readonly #rules: readonly Begun[] = Object.entries(rules).map(([rule, { begin }]) => ({
		rule,
		look: begin(),
	}));
	/** Those that read a moment, by its type of event and whether it has frames. */
	readonly #readers = { frames: newReaders(), noFrames: newReaders() };

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
		let found: readonly EventOf<'finding'>[] = none;
		for (const { rule, look, waits } of this.#readersOf(moment)) {
			if (waits && !moment.ended && !waits()) continue;
			const text = look(moment);
			if (!text) continue;
			const { path = pathOfPort(moment) } = text;
			const of = path === undefined ? {} : { path };
			const { lines: known } = text;
			const lineNumber = moment.event?.lineNumber;
			const lines = known || lineNumber === undefined ? {} : { lines: [lineNumber] };
			// In the order in which a recording is read back.
			const { evidence = restsOn(moment), ...words } = text;
			const resting = evidence.length > 0 ? { evidence } : {};
			found = [
				...found,
				{ t, source: 'diagnosis', type: 'finding', rule, ...words, ...of, ...lines, ...resting },
			];
		}
		for (const finding of found) this.findings.add(finding);
		return found;
	}

	#readersOf(moment: Moment): readonly Reader[] {
		const type = moment.event?.type;
		const byType = this.#readers[moment.frames.length > 0 ? 'frames' : 'noFrames'];
		const known = byType.get(type);
		if (known) return known;
		const readers = this.#rules.flatMap(({ rule, look }) => {
			const waits = isShown(look.reads, moment) ? undefined : look.reads?.waits;
			return waits || isShown(look.reads, moment) ? [{ rule, look, waits }] : [];
		});
		byType.set(type, readers);
		return readers;
	}
}
