import type { Event, EventOf, Header } from '../../events.ts';
import { openAny, openPasted } from '../../recording/file/open-any.ts';
import type { Recording } from '../../recording/log/record.ts';
import { Replay } from '../../recording/log/replay.ts';
import { FirmwareController } from '../control/firmware-controller.ts';
import { ReadModels } from '../read-models.ts';
import type { Player, Session } from '../session.ts';
import { BaseSession } from './base-session.ts';
import { presentIn } from './present.ts';

/** Events that a step goes to: those that a person sees as one thing. */
const isFrame = ({ type }: Event) => type !== 'flash-progress' && type !== 'note';

/** A session on a recording, or on a log that was imported on the fly. */
export class ReplaySession extends BaseSession implements Session {
	readonly label = 'replay';
	readonly header: Header;
	readonly hasUsb = true;
	readonly firmware = new FirmwareController(undefined, () => this.changed());
	readonly player: ReplayPlayer;
	readonly #replay: Replay;
	#models = new ReadModels();

	private constructor(recording: Recording) {
		super();
		this.header = recording.header;
		this.#replay = new Replay(recording, () => {
			this.#models = new ReadModels();
			const models = this.#models;
			const { events } = recording;
			let given = 0;
			return (event) => {
				models.add(event);
				// A pasted log is all that there is: what rules wait for will not come.
				const isLast = ++given === events.length && event.lineNumber !== undefined;
				if (isLast) models.end(event.t);
				this.changed();
			};
		});
		const marks = recording.events.filter((event) => event.type === 'mark');
		this.player = new ReplayPlayer(this.#replay, marks, () => this.changed());
		for (const text of recording.notes)
			this.#models.add({ t: 0, source: 'log', type: 'note', text });
	}

	/** A session at the start of the recording. */
	static of(recording: Recording): ReplaySession {
		return new ReplaySession(recording);
	}

	/** Opens it at its end, where everything can be seen; 0 goes to the start. */
	static async open(path: string): Promise<ReplaySession> {
		return ReplaySession.#atEnd(await openAny(path));
	}

	/** The same of what was pasted. */
	static async ofPasted(text: string | Buffer): Promise<ReplaySession> {
		return ReplaySession.#atEnd(await openPasted(text));
	}

	static #atEnd(recording: Recording): ReplaySession {
		const session = new ReplaySession(recording);
		session.#replay.seek(session.#replay.end);
		return session;
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

	async end(): Promise<void> {
		this.#replay.pause();
		await this.firmware.close();
	}
}

/** Moves a replay in time for a person. */
class ReplayPlayer implements Player {
	readonly marks: readonly EventOf<'mark'>[];
	readonly #replay: Replay;
	readonly #changed: () => void;
	#isFilmed = false;

	constructor(replay: Replay, marks: readonly EventOf<'mark'>[], changed: () => void) {
		this.#replay = replay;
		this.marks = marks;
		this.#changed = changed;
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
