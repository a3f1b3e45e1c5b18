/** Marks that a person adds to a recording that is over: in a file beside it, so that it never changes. */
import { existsSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import type { Event, EventOf, Header } from '../../events.ts';
import { exitCode, Problem } from '../../problem.ts';
import { type RecordingStream, recordLine } from '../log/record.ts';
import { nameOf, readRecording } from './reader.ts';

export const marksFile = (path: string): string => `${path}.marks`;

/** The recording with the marks beside it, each behind what happened up to its time. */
export async function withMarks<T extends RecordingStream>(path: string, recording: T): Promise<T> {
	const file = marksFile(path);
	if (!existsSync(file)) return recording;
	const { marks, notes } = await readMarks(file);
	return {
		...recording,
		events: Array.isArray(recording.events)
			? [...merged(recording.events, marks)]
			: { [Symbol.iterator]: () => merged(recording.events, marks) },
		get notes() {
			return [...recording.notes, ...notes];
		},
	};
}

/** Of a file that cannot be read it is said why: the recording is read all the same. */
async function readMarks(file: string): Promise<{ marks: EventOf<'mark'>[]; notes: string[] }> {
	try {
		const { events, notes } = await readRecording(file);
		const marks = events.filter((event) => event.type === 'mark').toSorted((a, b) => a.t - b.t);
		return { marks, notes: notes.map((note) => `${nameOf(file)}: ${note}`) };
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		return { marks: [], notes: [`The marks beside it are not read: ${error.message}`] };
	}
}

function* merged(events: Iterable<Event>, marks: readonly EventOf<'mark'>[]): Generator<Event> {
	let next = 0;
	let t = Number.NEGATIVE_INFINITY;
	for (const event of events) {
		// A time that goes back is that of the event before.
		t = Math.max(t, event.t);
		for (; next < marks.length && marks[next]!.t < t; next++) yield marks[next]!;
		yield event;
	}
	yield* marks.slice(next);
}

/** Keeps a mark beside the recording. Throws a Problem when nothing can be written there. */
export async function addMark(
	path: string,
	{ started, speed }: Header,
	mark: EventOf<'mark'>,
): Promise<void> {
	const file = marksFile(path);
	const header: Header = {
		modemscope: 1,
		started,
		title: `marks of ${nameOf(path)}`,
		origin: 'a person',
		speed,
	};
	try {
		if (!existsSync(file)) await writeFile(file, recordLine(header), { flag: 'wx', mode: 0o600 });
		await appendFile(file, recordLine(mark));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Problem(exitCode.noAccess, `The mark is not kept: ${nameOf(file)} says ${code}.`, {
			next: 'copy the recording to a folder of yours, and open it there.',
			cause: error,
		});
	}
}
