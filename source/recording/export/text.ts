import type { Event, EventOf, Header } from '../../events.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { unknownStart } from '../import/importer.ts';
import type { RecordingStream } from '../log/record.ts';
import { Traffic, type TrafficFrame } from '../log/traffic.ts';
import { eventLines } from './event-text.ts';
import { frameDetails, frameTitle } from './frame-text.ts';
import { wrap } from './wrap.ts';

/** An event, the frames that it completed and the findings that it led to. */
export type ReadEvent = {
	readonly event: Event | undefined;
	readonly frames: readonly TrafficFrame[];
	readonly findings: readonly EventOf<'finding'>[];
};

/** The time and a space before every event. */
const timeColumn = 10;

/**
 * A recording as text: its origin, the findings with what to do next, the least weight first, and its events in order with
 * the frames decoded; the events are left out of a summary. Walks over `read` once and over the recording once more.
 * No line is wider than `columns`, and nothing in it drives a terminal.
 */
export function* recordingText(
	recording: RecordingStream,
	read: Iterable<ReadEvent>,
	columns: number,
	weightOf: (finding: EventOf<'finding'>) => number,
	isSummary = false,
): Generator<string> {
	const lines = (text: string, indent = 0) => wrap(sanitize(text), columns, indent);
	for (const text of headerLines(recording.header)) yield* lines(text);

	// What is wrong and what to do comes first, and is known only at the end.
	const found: EventOf<'finding'>[] = [];
	for (const { findings } of read) found.push(...findings);
	for (const note of recording.notes) yield* lines(`! ${note}`, 2);
	yield '';
	found.sort((a, b) => weightOf(a) - weightOf(b));
	const said = saidIn(recording.events, new Set(found.flatMap(({ lines = [] }) => lines)));
	if (found.length === 0) yield* lines('No rule found anything in it.');
	for (const finding of found) {
		const { title, means, next, certainty, reference } = finding;
		yield* lines(`Finding (${certainty}): ${title}`, 2);
		yield* lines(`  ${means}`, 2);
		for (const [index, step] of next.entries()) yield* lines(`  ${index + 1}. ${step}`, 5);
		for (const seen of evidence(finding, said)) yield* lines(`  ${seen}`, 4);
		yield* lines(`  Source: ${reference}`, 2);
		yield '';
	}
	if (isSummary) return;
	if (found.length === 0) yield '';

	const traffic = new Traffic(1);
	let t = -Infinity;
	for (const event of recording.events) {
		if (event.type === 'finding') continue;
		yield* timed(event.untimed ? undefined : event.t, eventLines(event), columns);
		t = Math.max(t, event.t);
		yield* framesText(traffic.add({ ...event, t }), columns);
	}
	yield* framesText(traffic.flush(), columns);
}

function wordsOf(event: Event): string | undefined {
	if (event.type === 'at-sent') return event.command;
	if (event.type === 'usb-came' && event.untimed) return eventLines(event)[0]?.slice(2);
	return event.type === 'note' && !isOfAList(event.text) ? event.text : undefined;
}
/** A word of the importer about a list, which stands at its first line. */
const isOfAList = (text: string) => /^List \d+ of \d+ /.test(text);

type Said = { readonly t: number; readonly words: string };

/** What is said in each of these lines of an imported text. */
function saidIn(events: Iterable<Event>, wanted: ReadonlySet<number>): Map<number, Said[]> {
	const said = new Map<number, Said[]>();
	if (wanted.size === 0) return said;
	for (const event of events) {
		const { lineNumber: number, t } = event;
		if (number === undefined || !wanted.has(number)) continue;
		const words = wordsOf(event);
		if (words === undefined) continue;
		const known = said.get(number);
		if (known) known.push({ t, words });
		else said.set(number, [{ t, words }]);
	}
	return said;
}

/** The lines that a finding rests on, as they stand in the text. */
const evidence = (
	{ t, lines = [] }: EventOf<'finding'>,
	all: ReadonlyMap<number, readonly Said[]>,
): string[] =>
	lines.map((number) => {
		const said = all.get(number) ?? [];
		// One line may hold many of dmesg's.
		const { words } = said.find((one) => one.t === t) ?? said[0] ?? {};
		return `Seen in line ${number}${words === undefined ? '' : `: ${words}`}`;
	});

function headerLines({ title, origin, started, speed }: Header): string[] {
	return [
		title,
		origin,
		...(started === unknownStart ? [] : [`started ${started.replace('T', ' ')}`]),
		...(speed === 1 ? [] : [`run at ${speed} times real speed`]),
	];
}

function* framesText(frames: readonly TrafficFrame[], columns: number): Generator<string> {
	for (const frame of frames) {
		yield* timed(frame.t, [frameTitle(frame)], columns);
		yield* frameDetails(frame, columns);
	}
}

/** Lines with their time before the first. */
function* timed(
	t: number | undefined,
	lines: readonly string[],
	columns: number,
): Generator<string> {
	for (const [index, line] of lines.entries()) {
		const time = index === 0 && t !== undefined ? t.toFixed(3).padStart(timeColumn - 1) : '';
		yield* wrap(`${time.padEnd(timeColumn - 1)} ${sanitize(line)}`, columns, timeColumn + 2);
	}
}
