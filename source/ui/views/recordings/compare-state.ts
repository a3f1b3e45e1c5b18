/** Two recordings held against each other: which step is chosen, and its two frames. */
import type { Event } from '../../../events.ts';
import { compileWell } from '../../../heap.ts';
import type { DecodedField } from '../../../protocol/fields.ts';
import { type Comparison, compare } from '../../../recording/compare/compare.ts';
import type { Step } from '../../../recording/compare/steps.ts';
import { streamAny } from '../../../recording/file/open-any.ts';
import { Traffic, type TrafficFrame } from '../../../recording/log/traffic.ts';

export type Side = { readonly name: string; readonly events: Iterable<Event> };
type Sides<T> = { readonly good: T; readonly bad: T };

/** Steps behind the first difference that are shown: from there on nothing is aligned. */
const behind = 20;

export type FieldPair = {
	readonly name: string;
	readonly good: string;
	readonly bad: string;
};

export class CompareState {
	readonly sides: Sides<Side>;
	readonly comparison: Comparison;
	/** Steps that are shown. */
	readonly count: number;
	/** The chosen one, counted from 0. */
	at: number;
	/** The two frames of the chosen step lie open. */
	isOpen = false;
	/** Steps worth a stop: slow ones, and the first difference. */
	readonly #stops: readonly number[];
	readonly #slow: ReadonlyMap<Step, { good: number; bad: number }>;

	constructor(sides: Sides<Side>) {
		compileWell();
		this.sides = sides;
		this.comparison = compare(sides.good.events, sides.bad.events);
		const { good, bad, first, slow } = this.comparison;
		const longest = Math.max(good.length, bad.length);
		const different = first && first.number - 1;
		this.count = Math.min(longest, different === undefined ? longest : different + behind);
		this.at = different ?? 0;
		this.#slow = new Map(slow.map(({ step, ...times }) => [step, times]));
		const slowAt = bad.flatMap((step, index) => (this.#slow.has(step) ? [index] : []));
		this.#stops = [...slowAt, ...(different === undefined ? [] : [different])];
	}

	/** Reads both. Throws a Problem when one is no recording. */
	static async open(good: string, bad: string, nameOf: (path: string) => string) {
		const side = async (path: string): Promise<Side> => ({
			name: nameOf(path),
			events: (await streamAny(path)).events,
		});
		return new CompareState({ good: await side(good), bad: await side(bad) });
	}

	stepsAt(index: number): Sides<Step | undefined> {
		return { good: this.comparison.good[index], bad: this.comparison.bad[index] };
	}

	/** How long the step took on both sides, where it is slow. */
	slowAt(index: number): { good: number; bad: number } | undefined {
		const step = this.comparison.bad[index];
		return step && this.#slow.get(step);
	}

	move(by: number): void {
		this.at = Math.max(0, Math.min(this.count - 1, this.at + by));
	}

	/** To the next (1) or the last (-1) step that is slow or different. */
	toStop(by: 1 | -1): void {
		const next =
			by === 1
				? this.#stops.find((stop) => stop > this.at)
				: this.#stops.findLast((stop) => stop < this.at);
		this.at = next ?? this.at;
	}

	/** The fields of both frames, by name; of a step that is no frame, what it says. */
	fieldPairs(): FieldPair[] {
		const { good, bad } = this.stepsAt(this.at);
		const sides = { good: this.#fieldsOf('good', good), bad: this.#fieldsOf('bad', bad) };
		const names = new Set([...sides.good.keys(), ...sides.bad.keys()]);
		return [...names].map((name) => ({
			name,
			good: sides.good.get(name) ?? '',
			bad: sides.bad.get(name) ?? '',
		}));
	}

	#fieldsOf(side: 'good' | 'bad', step: Step | undefined): Map<string, string> {
		if (!step) return new Map();
		const frame = step.frame === undefined ? undefined : frameIn(this.sides[side], step.frame);
		const fields = frame?.fields.map(({ name, shown }: DecodedField) => [name, shown] as const);
		const values = fields && fields.length > 0 ? fields : Object.entries(step.values);
		return new Map([['message', step.text], ...values]);
	}
}

/** The recording is walked over up to there: it is not held. */
function frameIn({ events }: Side, number: number): TrafficFrame | undefined {
	const traffic = new Traffic(1);
	for (const event of events) {
		const found = traffic.add(event).find((frame) => frame.number === number);
		if (found) return found;
	}
	return traffic.flush().find((frame) => frame.number === number);
}
