/** The rows of a lesson's screen. */
import type { UsbDevice } from '../../events.ts';
import { verbs } from '../../learn/bench/verbs.ts';
import type { LessonRun, TaskState } from '../../learn/lesson-run.ts';
import { bestOf } from '../../learn/progress.ts';
import { changesOf } from '../../usb/timeline/measure.ts';
import type { Appearance } from '../text/appearance.ts';
import { cut, fitLeft, hangingIndent, spaceBetween, wrap } from '../text/lines.ts';
import { strip } from '../views/usb/timeline-strip.ts';
import type { LearnState } from './learn-state.ts';

/** Rows that a mistake, a hint or a task may take. */
const longestNote = 2;
/** Columns that a timeline has at least. */
const shortestStrip = 10;

export function headRow(state: LearnState, width: number): string {
	const { appearance, lessons, number, progress } = state;
	const { paint, symbols } = appearance;
	const marks = lessons.map((lesson) => {
		const best = bestOf(progress, lesson.name);
		return best ? symbols.done : symbols.dot;
	});
	const title = `Lesson ${number + 1} of ${lessons.length}: ${lessons[number]!.title}`;
	const right = `${progress.learner} ${marks.join('')} `;
	return spaceBetween(` ${paint.title(title)}`, right, width);
}

/** What the lesson says; when it is passed, how well, and the best way. */
export function textRows(
	{ appearance, number, lessons, run }: LearnState,
	width: number,
): string[] {
	if (!run) return [];
	if (!run.isPassed)
		return run.exercise.text.flatMap((text) => wrap(text, width - 2).map((row) => ` ${row}`));
	const { paint } = appearance;
	const { medal, lines, seconds, failures } = run;
	const failed = failures === 1 ? '1 failure' : `${failures} failures`;
	const says = `Passed: ${medal}. ${lines} lines, ${failed}, ${Math.round(seconds)} s of the modem's time.`;
	const next = number + 1 < lessons.length ? 'next: the next lesson.' : 'This was the last one.';
	const again =
		medal === 'gold' ? 'again: once more.' : 'again: for gold (no hint, failure or needless line).';
	return [
		` ${paint.good(says)} The best way:`,
		...run.tasks.flatMap(({ best }, index) =>
			hangingIndent(`  ${index + 1}  `, best.join('; '), width - 1),
		),
		` ${next} ${again}`,
	];
}

export function taskRows(appearance: Appearance, { tasks, current }: LessonRun, width: number) {
	return tasks.flatMap((state) => taskRow(appearance, state, state === current, width));
}

function taskRow(
	{ paint, symbols }: Appearance,
	{ task, isDone, mistake, isHinted }: TaskState,
	isCurrent: boolean,
	width: number,
): string[] {
	const sign = isDone ? paint.good(symbols.done) : paint.bad(symbols.failed);
	const rows = hangingIndent('   ', task.says, width - 1);
	const says = (isCurrent ? rows : rows.slice(0, 1)).map((row, index) =>
		index > 0 ? row : ` ${sign} ${isCurrent ? paint.strong(row.slice(3)) : row.slice(3)}`,
	);
	if (!isCurrent) return says;
	const note = (lead: string, text: string) =>
		hangingIndent(`   ${lead} `, text, width - 1).slice(0, longestNote);
	return [
		...says,
		...(mistake === undefined ? [] : note(symbols.warning, mistake).map(paint.warn)),
		...(isHinted ? note('Hint:', task.hint).map(paint.ours) : []),
	];
}

/** What is on the bus; of one modem also when it came and went. */
export function busRows(appearance: Appearance, { bench }: LessonRun, width: number): string[] {
	const { devices } = bench;
	const names = Math.max(...devices.map((device) => nameOf(device).length));
	const rows = devices.map((device, index) =>
		deviceRow(appearance, device, index, { names, width }),
	);
	if (devices.length > 1) return rows;
	const now = bench.clock.now();
	const spans = bench.timeline.port('3-1', now)?.spans ?? [];
	const changes = changesOf(spans)
		.slice(-5)
		.map((t) => `${spans.some(({ from }) => from === t) ? 'came' : 'went'} ${t.toFixed(2)}`);
	const saying = () => ` ${changes.join('  ')}  now ${now.toFixed(1)}`;
	while (changes.length > 0 && saying().length > width - shortestStrip - 1) changes.shift();
	const says = saying();
	const room = width - says.length - 1;
	return [...rows, fitLeft(` ${strip(appearance, spans, now, room)}${says}`, width)];
}

const nameOf = (device: UsbDevice | undefined) =>
	device?.product?.replace('Sierra Wireless ', '') ?? '';

function deviceRow(
	{ paint }: Appearance,
	device: UsbDevice | undefined,
	index: number,
	{ names, width }: { readonly names: number; readonly width: number },
): string {
	const path = `3-${index + 1}`;
	if (!device) return fitLeft(` ${path} ${paint.dim('nothing is there')}`, width);
	const nodes = device.interfaces.map(({ number, nodes }) => `${number} ${nodes[0] ?? '-'}`);
	const says = ` ${path} ${device.vid}:${device.pid} ${nameOf(device).padEnd(names)} if ${nodes.join(', ')}`;
	return fitLeft(cut(says, width), width);
}

export function saidRow({ paint, symbols }: Appearance, run: LessonRun, width: number): string {
	const { said } = run;
	if (!said) return fitLeft(paint.dim(' Type a line below. help lists what there is.'), width);
	const says = `${said.line} ${symbols.arrow} ${said.says}`;
	return fitLeft(` ${said.isWrong ? paint.bad(cut(says, width - 2)) : says}`, width);
}

const ownVerbs = [
	['VERB…; VERB…', 'does one after the other'],
	['hint, again', 'shows the hint of the task; begins the lesson anew'],
	['next, lesson N', 'goes to another lesson'],
	['quit', 'ends; what was passed is kept'],
] as const;

export function helpRows({ paint }: Appearance, width: number): string[] {
	const rows: (readonly [string, string])[] = [
		...Object.entries(verbs).map(([name, { usage, says }]) => [`${name} ${usage}`, says] as const),
		...ownVerbs,
	];
	return rows.map(([name, says]) => fitLeft(` ${paint.strong(fitLeft(name, 27))} ${says}`, width));
}

export const hintLine = ({ paint, symbols }: Appearance, width: number): string =>
	fitLeft(
		[
			[symbols.enter, 'do it'],
			['Tab', 'hex or arrows'],
			['PgUp', 'older'],
			['help', ''],
			['hint', ''],
			['again', ''],
			['next', ''],
			['Ctrl-C', 'end'],
		]
			.map(([key = '', says]) => ` ${paint.strong(key)} ${says}`.trimEnd())
			.join(' '),
		width,
	);

export const backLine = ({ paint }: Appearance, width: number): string =>
	fitLeft(paint.dim(' Any key goes back to the lesson.'), width);

export const smallRows = (width: number): string[] =>
	wrap('Please make the terminal at least 80x24 for a lesson.', width);
