import { setImmediate as breath } from 'node:timers/promises';
import type { Event, EventOf, Header } from '../../events.ts';
import { Problem } from '../../problem.ts';
import { addMark, marksFile } from '../../recording/file/marks.ts';
import { openGradually, openPasted, standardInput } from '../../recording/file/open-any.ts';
import { nameOf } from '../../recording/file/reader.ts';
import type { Recording, RecordingStream } from '../../recording/log/record.ts';
import { Replay } from '../../recording/log/replay.ts';
import { FirmwareController } from '../control/firmware-controller.ts';
import { ReadModels } from '../read-models.ts';
import type { Player, Session } from '../session.ts';
import { BaseSession } from './base-session.ts';
import { Overview } from './overview.ts';
import { presentIn } from './present.ts';

/** Events that a step goes to: those that a person sees as one thing. */
const isFrame = ({ type }: Event) => type !== 'flash-progress' && type !== 'note';

/** Events that are read before the screen shows any, and then between two turns of the event loop. */
const shownFirst = 5000;
const eventsAtOnce = 2000;

/** A session on a recording, or on a log that was imported on the fly. */
export class ReplaySession extends BaseSession implements Session {
	readonly label = 'replay';
	readonly header: Header;
	readonly hasUsb = true;
	readonly firmware = new FirmwareController(undefined, () => this.changed());
	readonly player: ReplayPlayer;
	readonly #replay: Replay;
	readonly #path: string | undefined;
	readonly #stop = new AbortController();
	#models = new ReadModels();

	private constructor(recording: Recording, path?: string) {
		super();
		this.header = recording.header;
		this.#path = path;
		const { events, notes } = recording;
		const imported = importedIn(events);
		this.#replay = new Replay(recording, () => {
			this.#models = new ReadModels();
			const models = this.#models;
			let given = 0;
			return (event) => {
				models.add(event);
				// A pasted log is all that there is: what rules wait for will not come.
				if (event.lineNumber !== undefined && ++given === imported) models.end(event.t);
				this.changed();
			};
		});
		this.player = new ReplayPlayer(this.#replay, events, path, () => this.changed());
		for (const text of notes) this.#models.add({ t: 0, source: 'log', type: 'note', text });
	}

	/** A session at the start of the recording. */
	static of(recording: Recording): ReplaySession {
		return new ReplaySession(recording);
	}

	/**
	 * Opens a recording at its beginning. A log of another tool is opened at its end: often it tells no
	 * times, and what is wrong in it is seen at once.
	 */
	static async open(path: string): Promise<ReplaySession> {
		const stream = await openGradually(path);
		const of = path === standardInput ? undefined : path;
		if (Array.isArray(stream.events))
			return ReplaySession.#opened({ ...stream, events: stream.events }, of);
		const rest = stream.events[Symbol.iterator]();
		const events = nextOf(rest, shownFirst);
		const { header } = stream;
		if (events.length < shownFirst)
			return ReplaySession.#opened({ header, events, notes: stream.notes }, of);
		const session = new ReplaySession({ header, events, notes: [] }, of);
		session.#replay.seek(events[0]!.t);
		void session.#readOn(rest, stream, events);
		return session;
	}

	/** The same of what was pasted. */
	static async ofPasted(text: string | Buffer): Promise<ReplaySession> {
		return ReplaySession.#opened(await openPasted(text));
	}

	static #opened(recording: Recording, path?: string): ReplaySession {
		const session = new ReplaySession(recording, path);
		const { events } = recording;
		session.#replay.seek(importedIn(events) > 0 ? session.#replay.end : (events[0]?.t ?? 0));
		session.#lookOver(events);
		return session;
	}

	/** Reads the rest of a recording whose beginning is shown already. */
	async #readOn(rest: Iterator<Event>, stream: RecordingStream, events: Event[]): Promise<void> {
		const say = (text: string) => this.#models.add({ t: 0, source: 'log', type: 'note', text });
		try {
			for (let more = events; more.length > 0; more = nextOf(rest, eventsAtOnce)) {
				if (more !== events) {
					events.push(...more);
					for (const event of more) this.#replay.add(event);
					this.player.seeMarks(more);
					this.changed();
				}
				await breath();
				if (this.#stop.signal.aborted) return;
			}
			for (const note of stream.notes) say(note);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			say(error.sentence);
		}
		this.#lookOver(events);
	}

	#lookOver(events: readonly Event[]): void {
		this.player.overview = new Overview(events);
		void this.player.overview.look(this.#stop.signal).then(() => this.changed());
	}

	protected get models(): ReadModels {
		return this.#models;
	}
	now(): number {
		return this.#replay.position;
	}
	get devices() {
		return presentIn(this.timeline, this.now());
	}

	/** Kept beside the recording; of what was pasted until it is closed. */
	async mark(text: string): Promise<string> {
		const mark = { t: this.now(), source: 'person', type: 'mark', text } as const;
		const kept = this.player.addMark(mark);
		if (this.#path !== undefined) await addMark(this.#path, this.header, kept);
		return this.#path === undefined
			? 'Marked, until this is closed: what was pasted has no file.'
			: `Marked in ${nameOf(marksFile(this.#path))}, beside the recording.`;
	}

	async end(): Promise<void> {
		this.#stop.abort();
		this.#replay.pause();
		await this.firmware.close();
	}
}

/** The next events of a recording; fewer where it ends. */
function nextOf(events: Iterator<Event>, most: number): Event[] {
	const next: Event[] = [];
	while (next.length < most) {
		const { done, value } = events.next();
		if (done) break;
		next.push(value);
	}
	return next;
}

/** Events of a text that was imported. */
const importedIn = (events: readonly Event[]): number =>
	events.filter(({ lineNumber }) => lineNumber !== undefined).length;

/** Moves a replay in time for a person. */
class ReplayPlayer implements Player {
	readonly path: string | undefined;
	overview: Overview | undefined;
	readonly #replay: Replay;
	readonly #changed: () => void;
	#marks: readonly EventOf<'mark'>[];
	#isFilmed = false;

	constructor(
		replay: Replay,
		events: readonly Event[],
		path: string | undefined,
		changed: () => void,
	) {
		this.#replay = replay;
		this.path = path;
		this.#marks = events.filter((event) => event.type === 'mark');
		this.#changed = changed;
	}

	get marks(): readonly EventOf<'mark'>[] {
		return this.#marks;
	}
	/** Takes the marks among events that were read later. */
	seeMarks(events: readonly Event[]): void {
		const found = events.filter((event) => event.type === 'mark');
		if (found.length > 0) this.#marks = [...this.#marks, ...found];
	}
	/** Adds a mark at this moment, and returns it with its time. */
	addMark(mark: EventOf<'mark'>): EventOf<'mark'> {
		const kept = { ...mark, t: this.#replay.insert(mark).t };
		this.#marks = [...this.#marks, kept].toSorted((a, b) => a.t - b.t);
		this.#changed();
		return kept;
	}

	get t(): number {
		return this.#replay.position;
	}
	get end(): number {
		return this.#replay.end;
	}
	get speed(): number {
		return this.#replay.speed;
	}
	get playing(): boolean {
		return this.#replay.playing || this.#isFilmed;
	}
	get watched(): number {
		return this.#isFilmed ? (this.t / this.speed) * 1000 : performance.now();
	}

	play(): void {
		if (this.#replay.atEnd) this.#replay.seek(0);
		this.#replay.play();
		this.#changed();
	}
	pause(): void {
		this.#replay.pause();
		this.#changed();
	}
	step(frames: 1 | -1): void {
		this.#replay.step(frames, isFrame);
		this.#changed();
	}
	seek(t: number): void {
		this.#replay.seek(t);
		this.#changed();
	}
	setSpeed(speed: number): void {
		this.#replay.speed = speed;
		this.#changed();
	}
	/** Shows a moment as it is seen while the recording plays, at a clock that is not the wall's. */
	film(t: number, speed: number): void {
		this.#isFilmed = true;
		this.#replay.speed = speed;
		this.#replay.seek(t);
	}
}
