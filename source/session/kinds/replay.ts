import { setImmediate as breath } from 'node:timers/promises';
import type { Event, EventOf, Header } from '../../events.ts';
import { compileHere, compileWell, giveBack } from '../../heap.ts';
import { addMark, marksFile } from '../../recording/file/marks.ts';
import { openInPieces, openPasted, standardInput } from '../../recording/file/open-any.ts';
import { RecordingPieces } from '../../recording/file/pieces.ts';
import { nameOf } from '../../recording/file/reader.ts';
import type { Recording } from '../../recording/log/record.ts';
import { Replay } from '../../recording/log/replay.ts';
import { FirmwareController } from '../control/firmware-controller.ts';
import { ReadModels } from '../read-models.ts';
import type { Player, Session } from '../session.ts';
import { BaseSession } from './base-session.ts';
import { presentIn } from './present.ts';
import { RecordingIndex } from './recording-index.ts';

/** Events that a step goes to: those that a person sees as one thing. */
const isFrame = ({ type }: Event) => type !== 'flash-progress' && type !== 'note';

/** Events that are read before the screen shows any; of what is held already, those of a piece. */
const shownFirst = 2000;
const eventsOfPiece = 1000;
/** Without a seek in so many milliseconds, what the last ones left of a long recording is given back. */
const seeksRest = 2000;

/** A session on a recording, or on a log that was imported on the fly. */
export class ReplaySession extends BaseSession implements Session {
	readonly label = 'replay';
	readonly header: Header;
	readonly hasUsb = true;
	readonly firmware = new FirmwareController(undefined, () => this.changed());
	readonly player: ReplayPlayer;
	readonly #index = new RecordingIndex();
	readonly #replay: Replay;
	readonly #path: string | undefined;
	readonly #stop = new AbortController();
	#models = new ReadModels();
	/** Read to its end, which took a while. */
	#isLong = false;
	#rest: NodeJS.Timeout | undefined;

	private constructor(header: Header, path?: string) {
		super();
		compileWell();
		this.header = header;
		this.#path = path;
		const index = this.#index;
		this.#replay = new Replay(index.events, (given) => {
			const { models, seen } = index.before(given);
			this.#models = models;
			if (this.#isLong) this.#giveBackLater();
			const sink = (event: Event, number: number) => {
				index.show(models, event, number);
				this.changed();
			};
			return { sink, seen };
		});
		this.player = new ReplayPlayer(this.#replay, index, path, () => this.changed());
	}

	/** A session at the start of the recording. */
	static of(recording: Recording): ReplaySession {
		const session = new ReplaySession(recording.header);
		session.#take(recording);
		return session;
	}

	/**
	 * Opens a recording at its beginning. A log of another tool is opened at its end: often it tells no
	 * times, and what is wrong in it is seen at once.
	 */
	static async open(path: string): Promise<ReplaySession> {
		const opened = await openInPieces(path);
		const of = path === standardInput ? undefined : path;
		if (!(opened instanceof RecordingPieces)) return ReplaySession.#opened(opened, of);
		const session = new ReplaySession(opened.header, of);
		session.#stop.signal.addEventListener('abort', () => opened.close());
		await session.#readOn(opened);
		return session;
	}

	/** The same of what was pasted. */
	static async ofPasted(text: string | Buffer): Promise<ReplaySession> {
		return ReplaySession.#opened(await openPasted(text));
	}

	static #opened(recording: Recording, path?: string): ReplaySession {
		const session = new ReplaySession(recording.header, path);
		const isImported = session.#take(recording);
		session.#begin(isImported);
		return session;
	}

	/** Takes all of what is held; true when it was imported. */
	#take({ events, notes }: Recording): boolean {
		const last = events.findLastIndex(({ lineNumber }) => lineNumber !== undefined);
		for (let first = 0; first < events.length; ) {
			const end = Math.min(first + eventsOfPiece, first <= last ? last + 1 : events.length);
			const piece = events.slice(first, end);
			this.#index.add(piece, () => piece, { isLast: end === last + 1 });
			first = end;
		}
		this.#say(notes, 0);
		return last >= 0;
	}

	#begin(atEnd: boolean): void {
		this.#replay.seek(atEnd ? this.#replay.end : (this.#index.events.at(0)?.t ?? 0));
		this.player.overview = this.#index;
	}

	/** Resolves when there is enough for the screen; what is left is read while it is shown. */
	async #readOn(pieces: RecordingPieces): Promise<void> {
		let isImported = false;
		const readPiece = () => {
			const piece = pieces.next();
			if (!piece) return false;
			const { events, again, extra } = piece;
			isImported ||= isImport(events);
			this.#index.add(events, again, { extra, isLast: isImported && piece.isLast });
			return true;
		};
		let isMore = true;
		while (isMore && this.#index.events.length < shownFirst) isMore = readPiece();
		if (!isMore) this.#say(pieces.notes, 0);
		this.#begin(isImported && !isMore);
		if (!isMore) return;
		this.player.isReading = true;
		compileHere();
		void this.#readRest(readPiece).then(() => this.#say(pieces.notes));
	}

	async #readRest(readPiece: () => boolean): Promise<void> {
		const { signal } = this.#stop;
		for (let isMore = true; isMore && !signal.aborted; ) {
			await breath();
			isMore = !signal.aborted && readPiece();
			this.player.readOn(isMore);
		}
		if (signal.aborted) return;
		giveBack();
		this.#isLong = true;
	}

	#giveBackLater(): void {
		clearTimeout(this.#rest);
		this.#rest = setTimeout(giveBack, seeksRest);
	}

	/** Says what is wrong with the recording, where the replay is or before an event. */
	#say(notes: readonly string[], before?: number): void {
		for (const text of notes) {
			const t = this.#index.events.at(0)?.t ?? 0;
			const note = { t, source: 'log', type: 'note', text } as const;
			if (before === undefined) this.player.insert(note);
			else this.#index.insert(before, note);
		}
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
		const kept = this.player.insert(mark);
		if (this.#path !== undefined) await addMark(this.#path, this.header, kept);
		return this.#path === undefined
			? 'Marked, until this is closed: what was pasted has no file.'
			: `Marked in ${nameOf(marksFile(this.#path))}, beside the recording.`;
	}

	async end(): Promise<void> {
		this.#stop.abort();
		clearTimeout(this.#rest);
		this.#replay.pause();
		await this.firmware.close();
	}
}

/** Whether these are of a log of another tool. */
const isImport = (events: readonly Event[]): boolean =>
	events.some(({ lineNumber }) => lineNumber !== undefined);

/** Moves a replay in time for a person. */
class ReplayPlayer implements Player {
	readonly path: string | undefined;
	overview: RecordingIndex | undefined;
	isReading = false;
	#awaited: number | undefined;
	readonly #replay: Replay;
	readonly #index: RecordingIndex;
	readonly #changed: () => void;
	#isFilmed = false;

	constructor(
		replay: Replay,
		index: RecordingIndex,
		path: string | undefined,
		changed: () => void,
	) {
		this.#replay = replay;
		this.#index = index;
		this.path = path;
		this.#changed = changed;
	}

	get marks(): readonly EventOf<'mark'>[] {
		return this.#index.marks;
	}
	/** Adds an event at this moment, and returns it with its time. */
	insert<T extends Event>(event: T): T {
		const kept = { ...event, t: this.#replay.position };
		this.#replay.seek(kept.t);
		this.#index.insert(this.#replay.given, kept);
		this.#replay.giveNext();
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

	get awaited(): number | undefined {
		return this.#awaited;
	}

	play(): void {
		if (this.#replay.atEnd) this.#replay.seek(0);
		this.#replay.play();
		this.#moved();
	}
	pause(): void {
		this.#replay.pause();
		this.#moved();
	}
	step(frames: 1 | -1): void {
		this.#replay.step(frames, isFrame);
		this.#moved();
	}
	seek(t: number): void {
		this.#replay.seek(t);
		this.#moved(this.isReading && t > this.end ? t : undefined);
	}
	#moved(awaited?: number): void {
		this.#awaited = awaited;
		this.#changed();
	}
	/** More was read; all of it when nothing is left. */
	readOn(isMore: boolean): void {
		this.isReading = isMore;
		const t = this.#awaited;
		if (t !== undefined && (t <= this.end || !isMore)) this.seek(t);
		else this.#changed();
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
