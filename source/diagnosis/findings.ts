import type { EventOf } from '../events.ts';
import { type Answer, isShown, type Moment, weights } from './evidence/rule.ts';
import { rules } from './rules/index.ts';

type Finding = EventOf<'finding'>;

/** Findings held; a console that runs for days keeps the last of them. */
const findingsHeld = 200;

const newAnswers = () => new Map<string, Map<string | undefined, readonly Answer[]>>();
const known = { frames: newAnswers(), noFrames: newAnswers() };

/** The answers to what a rule found that this moment may be. */
function answersAt(rule: string, moment: Moment): readonly Answer[] {
	const byRule = known[moment.frames.length > 0 ? 'frames' : 'noFrames'];
	const type = moment.event?.type;
	const byType = byRule.get(rule) ?? new Map<string | undefined, readonly Answer[]>();
	const before = byType.get(type);
	if (before) return before;
	const { answeredBy = [] } = rules[rule] ?? {};
	const answers = answeredBy.filter(({ reads }) => isShown(reads, moment));
	byRule.set(rule, byType.set(type, answers));
	return answers;
}

/** What was found, and which of it still holds. */
export class Findings {
	#all: Finding[] = [];
	#current: readonly Finding[] = [];

	/** Others that go on from here by themselves. */
	copy(): Findings {
		const copy = new Findings();
		copy.#all = this.#all.slice();
		copy.#current = this.#current;
		return copy;
	}

	/** Newest last. */
	get all(): readonly Finding[] {
		return this.#all;
	}

	/** What no later event has answered; what stands in the way most comes first, then the newest. */
	get current(): readonly Finding[] {
		return this.#current;
	}

	/** Lets go of what this moment answers. */
	answer(moment: Moment): void {
		if (this.#current.length === 0) return;
		const isOver = (finding: Finding) =>
			answersAt(finding.rule, moment).some((answers) => answers(moment, finding));
		if (this.#current.some(isOver)) {
			this.#current = this.#current.filter((finding) => !isOver(finding));
		}
		for (const finding of this.#current) this.#revise(moment, finding);
	}

	/** Screens show one figure for one thing: that of now, which a finding's title has too. */
	#revise(moment: Moment, finding: Finding): void {
		const text = rules[finding.rule]?.revise?.(moment, finding);
		if (!text || (text.title === finding.title && text.means === finding.means)) return;
		const revised = { ...finding, ...text };
		const swap = (one: Finding) => (one === finding ? revised : one);
		this.#all = this.#all.map(swap);
		this.#current = this.#current.map(swap);
	}

	add(finding: Finding): void {
		this.#all.push(finding);
		if (this.#all.length > findingsHeld) this.#all.shift();
		const others = this.#current.filter((one) => !isSame(one, finding));
		this.#current = [finding, ...others]
			.sort((a, b) => weightOf(a) - weightOf(b))
			.slice(0, findingsHeld);
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
