import type { EventOf } from '../events.ts';
import { Newest } from '../recording/log/newest.ts';
import { type Answer, isShown, type Moment, weights } from './evidence/rule.ts';
import { rules } from './rules/index.ts';

type Finding = EventOf<'finding'>;

/** Findings held; a console that runs for days keeps the last of them. */
const findingsHeld = 200;

/** The answers to what a rule found that a moment of some kind may be. */
type Asked = { readonly finding: Finding; readonly answers: readonly Answer[] };
const newAsked = () => new Map<string | undefined, readonly Asked[]>();

/** What current findings ask of moments, by what is in those: worked out once for each set of findings. */
class Asking {
	readonly #current: readonly Finding[];
	readonly #asked = { frames: newAsked(), noFrames: newAsked() };
	/** Those whose figures may change. */
	readonly revised: readonly Finding[];

	constructor(current: readonly Finding[]) {
		this.#current = current;
		this.revised = current.filter(({ rule }) => rules[rule]?.revise);
	}

	/** Those that the moment answers. */
	answeredBy(moment: Moment): readonly Finding[] {
		const asked = this.#askedOf(moment);
		if (asked.length === 0) return none;
		return asked
			.filter(({ finding, answers }) => answers.some((answer) => answer(moment, finding)))
			.map(({ finding }) => finding);
	}

	#askedOf(moment: Moment): readonly Asked[] {
		const byType = this.#asked[moment.frames.length > 0 ? 'frames' : 'noFrames'];
		const type = moment.event?.type;
		const known = byType.get(type);
		if (known) return known;
		const asked = this.#current
			.map((finding) => ({ finding, answers: answersTo(finding, moment) }))
			.filter(({ answers }) => answers.length > 0);
		byType.set(type, asked);
		return asked;
	}
}

const none: readonly Finding[] = [];
const answersTo = ({ rule }: Finding, moment: Moment): readonly Answer[] =>
	(rules[rule]?.answeredBy ?? []).filter(({ reads }) => isShown(reads, moment));

/** What was found, and which of it still holds. */
export class Findings {
	#all = new Newest<Finding>(findingsHeld);
	#current: readonly Finding[] = [];
	/** Of those that are current. */
	#asking: Asking | undefined;

	/** Others that go on from here by themselves. */
	copy(): Findings {
		const copy = new Findings();
		copy.#all = this.#all;
		copy.#current = this.#current;
		return copy;
	}

	/** Newest last. */
	get all(): readonly Finding[] {
		return this.#all.items;
	}

	/** What no later event has answered; what stands in the way most comes first, then the newest. */
	get current(): readonly Finding[] {
		return this.#current;
	}

	/** Lets go of what this moment answers. */
	answer(moment: Moment): void {
		if (this.#current.length === 0) return;
		const over = this.#asked.answeredBy(moment);
		if (over.length > 0) this.#keep(this.#current.filter((finding) => !over.includes(finding)));
		for (const finding of this.#asked.revised) this.#revise(moment, finding);
	}

	/** Screens show one figure for one thing: that of now, which a finding's title has too. */
	#revise(moment: Moment, finding: Finding): void {
		const text = rules[finding.rule]?.revise?.(moment, finding);
		if (!text || (text.title === finding.title && text.means === finding.means)) return;
		const revised = { ...finding, ...text };
		const swap = (one: Finding) => (one === finding ? revised : one);
		this.#all = this.#all.swap(finding, revised);
		this.#keep(this.#current.map(swap));
	}

	get #asked(): Asking {
		this.#asking ??= new Asking(this.#current);
		return this.#asking;
	}

	#keep(current: readonly Finding[]): void {
		this.#current = current;
		this.#asking = undefined;
	}

	add(finding: Finding): void {
		this.#all = this.#all.with(finding);
		const others = this.#current.filter((one) => !isSame(one, finding));
		this.#keep(
			[finding, ...others].sort((a, b) => weightOf(a) - weightOf(b)).slice(0, findingsHeld),
		);
	}
}

/** Said again, perhaps with other figures. */
const isSame = (one: Finding, other: Finding) =>
	one.rule === other.rule && one.path === other.path && kindOf(one) === kindOf(other);

/** A title before its figures: one rule may find several things. */
const kindOf = ({ title }: Finding) => title.replace(/\d[\s\S]*/, '');

/** How much a finding stands in the way: 0 most. */
export const weightOf = ({ rule }: Pick<Finding, 'rule'>) =>
	weights.indexOf(rules[rule]?.weight ?? 'state');
