import type { Event, EventOf, Header } from '../../events.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { Recording } from '../file/record.ts';
import { unknownStart } from '../import/importer.ts';
import type { TrafficFrame } from '../log/traffic.ts';
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
 * A recording as text: its origin, its events in order with the frames decoded, and the findings
 * with what to do next. No line is wider than `columns`, and nothing in it drives a terminal.
 */
export function* recordingText(
	recording: Pick<Recording, 'header' | 'notes'>,
	read: Iterable<ReadEvent>,
	columns: number,
): Generator<string> {
	const lines = (text: string, indent = 0) => wrap(sanitize(text), columns, indent);
	for (const text of headerLines(recording.header)) yield* lines(text);
	for (const note of recording.notes) yield* lines(`! ${note}`, 2);
	yield '';

	const found: EventOf<'finding'>[] = [];
	for (const { event, frames, findings } of read) {
		if (event) yield* timed(event.t, eventLines(event), columns);
		yield* framesText(frames, columns);
		found.push(...findings);
	}

	yield '';
	if (found.length === 0) yield* lines('No rule found anything in it.');
	for (const { title, means, next, certainty, reference } of found) {
		yield* lines(`Finding (${certainty}): ${title}`, 2);
		yield* lines(`  ${means}`, 2);
		for (const [index, step] of next.entries()) yield* lines(`  ${index + 1}. ${step}`, 5);
		yield* lines(`  Source: ${reference}`, 2);
		yield '';
	}
}

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
function* timed(t: number, lines: readonly string[], columns: number): Generator<string> {
	for (const [index, line] of lines.entries()) {
		const time = index === 0 ? t.toFixed(3).padStart(timeColumn - 1) : '';
		yield* wrap(`${time.padEnd(timeColumn - 1)} ${sanitize(line)}`, columns, timeColumn + 2);
	}
}
