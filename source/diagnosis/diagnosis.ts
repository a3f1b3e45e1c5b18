import type { EventOf } from '../events.ts';
import { pathOfPort } from './evidence/answers.ts';
import { restsOn } from './evidence/rests-on.ts';
import { type FindingText, isShown, type Moment, type Rule, type Waits } from './evidence/rule.ts';
import { Findings } from './findings.ts';
import { rules } from './rules/index.ts';

/** Modems of a log that something is still to be said of, at most. */
const mostRounds = 64;

type Begun = { readonly rule: string; readonly look: Rule };
/** A rule that a moment may tell something; where it has `waits`, only while it waits for time to pass. */
type Reader = Begun & { readonly waits: Waits | undefined };
const newReaders = () => new Map<string | undefined, readonly Reader[]>();
const none: readonly EventOf<'finding'>[] = [];

/** What the rules say of a moment. */
export type FindIn = (moment: Moment) => readonly EventOf<'finding'>[];

/** Moments to findings, as they come. Its memory is bounded: rules keep a few facts a port. */
export class Diagnosis {
	readonly findings: Findings;
	readonly #findIn: FindIn;

	/** `findIn` tells what the rules have found before in the moments to come. */
	constructor(findIn: FindIn = findByRules(), findings = new Findings()) {
		this.#findIn = findIn;
		this.findings = findings;
	}

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
		this.findings.answer(moment);
		const found = this.#findIn(moment);
		for (const finding of found) this.findings.add(finding);
		return found;
	}
}

/** Shows moments to rules that have seen none yet. */
export function findByRules(): FindIn {
	const begun = Object.entries(rules).map(([rule, { begin }]) => ({ rule, look: begin() }));
	const readers = { frames: newReaders(), noFrames: newReaders() };
	return (moment) => {
		let found = none;
		for (const { rule, look, waits } of readersOf(moment, begun, readers)) {
			if (waits && !moment.ended && !waits(moment.t)) continue;
			const text = look(moment);
			if (text) found = [...found, findingOf(rule, text, moment)];
		}
		return found;
	};
}

function findingOf(rule: string, text: FindingText, moment: Moment): EventOf<'finding'> {
	const { t } = moment;
	const { path = pathOfPort(moment) } = text;
	const of = path === undefined ? {} : { path };
	const { lines: known } = text;
	const lineNumber = moment.event?.lineNumber;
	const lines = known || lineNumber === undefined ? {} : { lines: [lineNumber] };
	// In the order in which a recording is read back.
	const { evidence = restsOn(moment), ...words } = text;
	const resting = evidence.length > 0 ? { evidence } : {};
	return { t, source: 'diagnosis', type: 'finding', rule, ...words, ...of, ...lines, ...resting };
}

function readersOf(
	moment: Moment,
	begun: readonly Begun[],
	readers: Record<'frames' | 'noFrames', ReturnType<typeof newReaders>>,
): readonly Reader[] {
	const type = moment.event?.type;
	const byType = readers[moment.frames.length > 0 ? 'frames' : 'noFrames'];
	const known = byType.get(type);
	if (known) return known;
	const found = begun.flatMap(({ rule, look }) => {
		const waits = isShown(look.reads, moment) ? undefined : look.reads?.waits;
		return waits || isShown(look.reads, moment) ? [{ rule, look, waits }] : [];
	});
	byType.set(type, found);
	return found;
}
