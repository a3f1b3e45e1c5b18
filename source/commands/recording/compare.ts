import { keepHeapSmall } from '../../heap.ts';
import { type ExitCode, exitCode } from '../../problem.ts';
import { jsonText } from '../../protocol/text/sanitize.ts';
import { type Comparison, compare, type Difference } from '../../recording/compare/compare.ts';
import type { Step } from '../../recording/compare/steps.ts';
import { wrap } from '../../recording/export/wrap.ts';
import { streamAny } from '../../recording/file/open-any.ts';

/** Equal steps that are shown before the first difference, and steps of each side from it on. */
const context = 5;

export type CompareOptions = {
	/** One JSON object instead of text. */
	readonly json: boolean;
	readonly columns: number;
	readonly out: (line: string) => void;
};

/** `modemscope compare GOOD BAD`: where the second recording departs from the first; exit code 1 when it does. */
export async function compareRecordings(
	[goodPath = '', badPath = '']: readonly string[],
	{ json, columns, out }: CompareOptions,
): Promise<ExitCode> {
	keepHeapSmall();
	const good = await streamAny(goodPath);
	const bad = await streamAny(badPath);
	const comparison = compare(good.events, bad.events);
	const lines = json ? [jsonText(summary(comparison))] : text(comparison, columns);
	for (const line of lines) out(line);
	return comparison.first ? exitCode.failed : exitCode.done;
}

const summary = ({ first, slow, good, bad }: Comparison) => ({
	steps: { good: good.length, bad: bad.length },
	first: first ?? null,
	slow,
});

function* text({ good, bad, first, slow }: Comparison, columns: number): Generator<string> {
	const equal = first ? first.number - 1 : good.length;
	yield `${equal} step${equal === 1 ? ' is' : 's are'} equal: ${good.length} in the good recording, ${bad.length} in the bad one.`;
	if (first) {
		yield '';
		yield* sideBySide(good, bad, first, columns);
		yield '';
		for (const line of explained(first)) yield* wrap(line, columns, 2);
	}
	if (slow.length === 0) return;
	yield '';
	yield 'Slower than in the good recording:';
	for (const { step, good, bad } of slow) {
		const line = `  ${step.text}  ${good.toFixed(3)} s, now ${bad.toFixed(3)} s${frameOf(step)}`;
		yield* wrap(line, columns, 4);
	}
}

function* sideBySide(
	good: readonly Step[],
	bad: readonly Step[],
	{ number }: Difference,
	columns: number,
): Generator<string> {
	const numbers = 7;
	const half = Math.max(16, Math.floor((columns - numbers - 5) / 2));
	const cell = (step: Step | undefined) => {
		const shown = step?.text ?? '(the recording ends)';
		return (shown.length > half ? `${shown.slice(0, half - 3)}...` : shown).padEnd(half);
	};
	yield `${'STEP'.padEnd(numbers)}${'GOOD'.padEnd(half)}     BAD`;
	const from = Math.max(0, number - 1 - context);
	for (let index = from; index < number + context; index++) {
		if (index >= good.length && index >= bad.length && index > number - 1) break;
		const sign = index < number - 1 ? '  =  ' : index === number - 1 ? '  ≠  ' : '     ';
		const row = `${String(index + 1).padEnd(numbers)}${cell(good[index])}${sign}${cell(bad[index])}`;
		yield row.trimEnd();
	}
}

function* explained({ number, good, bad, values }: Difference): Generator<string> {
	if (!bad) yield `The bad recording ends before step ${number}: ${good?.text}.`;
	else if (!good) yield `The good recording ends before step ${number}; the bad one goes on.`;
	else if (values.length === 0)
		yield `Step ${number} is another one: ${bad.text} instead of ${good.text}.`;
	else yield `Step ${number}, ${bad.text}, has other values:`;
	for (const { name, good, bad } of values) yield `  ${name}: ${good}, now ${bad}`;
	const places = [
		...(good ? [`good at ${placeOf(good)}`] : []),
		...(bad ? [`bad at ${placeOf(bad)}`] : []),
	];
	yield `See ${places.join(', ')}.`;
}

const placeOf = (step: Step) => `${step.t.toFixed(3)} s${frameOf(step)}`;
const frameOf = ({ frame }: Step) => (frame === undefined ? '' : `, frame ${frame}`);
