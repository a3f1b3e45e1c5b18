/** Two recordings held against each other step by step, up to the first difference. */
import type { Event } from '../../events.ts';
import { type Step, stepsOf } from './steps.ts';

/** A step that took longer in the second recording than in the first. */
export type SlowStep = {
	readonly step: Step;
	/** Seconds from the step before it. */
	readonly good: number;
	readonly bad: number;
};

export type Difference = {
	/** Counted from 1; the steps before it are equal. */
	readonly number: number;
	/** The step on each side; undefined where that recording has ended. */
	readonly good: Step | undefined;
	readonly bad: Step | undefined;
	/** Values of one kind of step that are not the same, good and bad. */
	readonly values: readonly { name: string; good: string; bad: string }[];
};

export type Comparison = {
	readonly good: readonly Step[];
	readonly bad: readonly Step[];
	/** Undefined when every step is equal. */
	readonly first: Difference | undefined;
	/** Worst first. */
	readonly slow: readonly SlowStep[];
};

/** A step is slow when it takes this many times as long, and so many seconds more. */
const slowness = { times: 3, seconds: 0.2 };
const mostSlow = 10;

export function compare(good: Iterable<Event>, bad: Iterable<Event>): Comparison {
	const sides = { good: stepsOf(good), bad: stepsOf(bad) };
	const equal = equalSteps(sides.good, sides.bad);
	return { ...sides, first: difference(sides, equal), slow: slowSteps(sides, equal) };
}

/** How many steps are equal from the start. */
function equalSteps(good: readonly Step[], bad: readonly Step[]): number {
	const most = Math.min(good.length, bad.length);
	for (let index = 0; index < most; index++) {
		const [one, other] = [good[index]!, bad[index]!];
		if (one.kind !== other.kind || unequal(one, other).length > 0) return index;
	}
	return most;
}

type Sides = { readonly good: readonly Step[]; readonly bad: readonly Step[] };

function difference({ good, bad }: Sides, equal: number): Difference | undefined {
	const [one, other] = [good[equal], bad[equal]];
	if (!one && !other) return undefined;
	const values = one && other && one.kind === other.kind ? unequal(one, other) : [];
	return { number: equal + 1, good: one, bad: other, values };
}

function unequal(good: Step, bad: Step): Difference['values'] {
	const names = new Set([...Object.keys(good.values), ...Object.keys(bad.values)]);
	return [...names].flatMap((name) => {
		const [one, other] = [good.values[name] ?? 'not there', bad.values[name] ?? 'not there'];
		return one === other ? [] : [{ name, good: one, bad: other }];
	});
}

function slowSteps({ good, bad }: Sides, equal: number): SlowStep[] {
	const took = (steps: readonly Step[], index: number) => steps[index]!.t - steps[index - 1]!.t;
	return Array.from({ length: Math.max(0, equal - 1) }, (_, index) => ({
		step: bad[index + 1]!,
		good: took(good, index + 1),
		bad: took(bad, index + 1),
	}))
		.filter((step) => step.bad > step.good * slowness.times)
		.filter((step) => step.bad > step.good + slowness.seconds)
		.sort((a, b) => b.bad - b.good - (a.bad - a.good))
		.slice(0, mostSlow);
}
