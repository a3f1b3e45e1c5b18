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
	const marks = await marksBeside(path);
	if (marks.isEmpty) return recording;
	return {
		...recording,
		events: Array.isArray(recording.events)
			? [...merged(recording.events, marks)]
			: { [Symbol.iterator]: () => merged(recording.events, marks) },
		get notes() {
			return [...recording.notes, ...marks.notes];
		},
	};
}

/** The marks beside a recording; none where there is no such file. */
export async function marksBeside(path: string): Promise<MarksBeside> {
	const file = marksFile(path);
	return existsSync(file) ? new MarksBeside(await readMarks(file)) : new MarksBeside();
}

export class MarksBeside {
	/** What is wrong with their file, in sentences. */
	readonly notes: readonly string[];
	readonly #marks: readonly EventOf<'mark'>[];

	constructor({ marks, notes }: Awaited<ReturnType<typeof readMarks>> = { marks: [], notes: [] }) {
		this.#marks = marks;
		this.notes = notes;
	}

	get isEmpty(): boolean {
		return this.#marks.length + this.notes.length === 0;
	}

	/** Those before each event that comes, in turn; without a time, all that are left. */
	inTurn(): (t?: number) => readonly EventOf<'mark'>[] {
		let next = 0;
		let latest = Number.NEGATIVE_INFINITY;
		return (t = Infinity) => {
			// A time that goes back is that of the event before.
			latest = Math.max(latest, t);
			const first = next;
			while (next < this.#marks.length && this.#marks[next]!.t < latest) next++;
			return this.#marks.slice(first, next);
		};
	}
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

function* merged(events: Iterable<Event>, marks: MarksBeside): Generator<Event> {
	const marksBefore = marks.inTurn();
	for (const event of events) {
		yield* marksBefore(event.t);
		yield event;
	}
	yield* marksBefore();
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
