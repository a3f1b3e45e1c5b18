import type { Event, EventOf, Header } from '../events.ts';
import { exitCode, Problem } from '../problem.ts';
import { openAny } from '../recording/file/open-any.ts';
import type { Recording } from '../recording/file/record.ts';
import { Replay } from '../recording/replay.ts';
import { BaseSession } from './base-session.ts';
import { FirmwareController } from './control/firmware-controller.ts';
import { listFirmware, listRecordings } from './files.ts';
import { ReadModels } from './read-models.ts';
import type { ListedFile, OpenFirmware, Playing, Session } from './session.ts';

const notHere = () =>
	new Problem(exitCode.usage, 'This is a recording: nothing can be sent from here.', {
		next: 'press Esc in view 5 to go back to the modem.',
	});

/** Events that a step goes to: those that a person sees as one thing. */
const isFrame = ({ type }: Event) => type !== 'flash-progress' && type !== 'note';

/** A session on a recording, or on a log that was imported on the fly. */
export class ReplaySession extends BaseSession implements Session {
	readonly kind = 'replay';
	readonly header: Header;
	readonly #replay: Replay;
	readonly #desk = new FirmwareController(() => this.changed());
	readonly #marks: readonly EventOf<'mark'>[];
	#isFilmed = false;
	#models = new ReadModels();

	private constructor(recording: Recording) {
		super();
		this.header = recording.header;
		this.#marks = recording.events.filter((event) => event.type === 'mark');
		this.#replay = new Replay(recording, () => {
			this.#models = new ReadModels();
			const models = this.#models;
			return (event) => {
				models.add(event);
				this.changed();
			};
		});
		for (const text of recording.notes)
			this.#models.add({ t: 0, source: 'log', type: 'note', text });
	}

	/** A session at the start of the recording. */
	static of(recording: Recording): ReplaySession {
		return new ReplaySession(recording);
	}

	/** Opens it at its end, where everything can be seen; 0 goes to the start. */
	static async open(path: string): Promise<ReplaySession> {
		const session = new ReplaySession(await openAny(path));
		session.#replay.seek(session.#replay.end);
		return session;
	}

	protected get models(): ReadModels {
		return this.#models;
	}
	now(): number {
		return this.#replay.position;
	}
	readonly hasUsb = true;
	get devices() {
		const present = this.timeline
			.ports(this.now())
			.flatMap(({ spans }) => spans.slice(-1))
			.filter(({ to }) => to === undefined);
		return new Map(present.map(({ device }) => [device.path, device]));
	}
	readonly armed = undefined;
	readonly atHistory: readonly string[] = [];
	async armable(): Promise<never> {
		throw notHere();
	}
	async readModem(): Promise<never> {
		throw notHere();
	}
	giveAtPassword(): void {}
	armFlash(): void {
		throw notHere();
	}
	disarm(): void {}
	async sendAt(): Promise<never> {
		throw notHere();
	}

	get firmware(): OpenFirmware | undefined {
		return this.#desk.current;
	}
	firmwareFiles(): Promise<ListedFile[]> {
		return listFirmware(undefined);
	}
	openFirmware(path: string): Promise<void> {
		return this.#desk.open(path);
	}
	readonly plan = undefined;
	async makePlan(): Promise<void> {
		throw notHere();
	}
	readonly added: readonly string[] = [];
	async addToPlan(): Promise<void> {
		throw notHere();
	}
	async leaveOut(): Promise<void> {
		throw notHere();
	}
	async setAside(): Promise<void> {
		throw notHere();
	}
	readonly unfinished = undefined;
	async continueFlash(): Promise<void> {
		throw notHere();
	}
	async startFlash(): Promise<void> {
		throw notHere();
	}
	stopFlash(): void {}

	readonly recordingTo = undefined;
	startRecording(): void {
		throw notHere();
	}
	async stopRecording(): Promise<void> {}
	recordings(): Promise<ListedFile[]> {
		return listRecordings();
	}
	mark(): void {
		throw notHere();
	}

	get playing(): Playing {
		const { position, end, speed, playing } = this.#replay;
		return { t: position, end, speed, playing: playing || this.#isFilmed, marks: this.#marks };
	}
	play(): void {
		if (this.#replay.atEnd) this.#replay.seek(0);
		this.#replay.play();
		this.changed();
	}
	pause(): void {
		this.#replay.pause();
		this.changed();
	}
	step(frames: 1 | -1): void {
		this.#replay.step(frames, isFrame);
		this.changed();
	}
	seek(t: number): void {
		this.#replay.seek(t);
		this.changed();
	}
	/** Shows a moment as it is seen while the recording plays, at a clock that is not the wall's. */
	film(t: number, speed: number): void {
		this.#isFilmed = true;
		this.#replay.speed = speed;
		this.#replay.seek(t);
	}
	setSpeed(speed: number): void {
		this.#replay.speed = speed;
		this.changed();
	}

	async end(): Promise<void> {
		this.#replay.pause();
		await this.#desk.close();
	}
}
