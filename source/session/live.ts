import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Armed } from '../at/armed.ts';
import { atPortOf, withAtChannel } from '../at/port.ts';
import type { Event, Fact, Header, Source, UsbDevice } from '../events.ts';
import { followJob, startJob, stopJob } from '../flash/job.ts';
import { type Job, runningJobs } from '../flash/lock.ts';
import { makePlan } from '../flash/make-plan.ts';
import { type Plan, refuses } from '../flash/plan.ts';
import type { Host } from '../host.ts';
import { exitCode, Problem } from '../problem.ts';
import { newRecordingPath } from '../recording/places.ts';
import { createWriter, type RecordingWriter } from '../recording/writer.ts';
import { isModem, modelOf } from '../usb/modes.ts';
import { hasUsb, type UsbWatch, watchUsb } from '../usb/watch.ts';
import { listFirmware, listRecordings } from './files.ts';
import { FirmwareDesk } from './firmware-desk.ts';
import { Models } from './models.ts';
import type { ListedFile, OpenFirmware, Session } from './session.ts';

/** Seconds that an AT command may take before it is given up. */
const answerWait = 10;
/** Seconds without a reset after which a flashed modem is said to stay up. */
export const settleSeconds = 60;

/** A session on a host: the live machine, or a rehearsal, which differs in nothing but its folders. */
export class LiveSession implements Session {
	readonly kind: 'live' | 'rehearsal';
	readonly header: Header;
	readonly #host: Host;
	readonly #models = new Models();
	readonly #changed = new Set<() => void>();
	readonly #desk = new FirmwareDesk(() => this.#notify());
	readonly #onEnd: () => void;
	#usb: UsbWatch | undefined;
	#chosen: string | undefined;
	#armed: Armed | undefined;
	#plan: Plan | undefined;
	#job: Job | undefined;
	#writer: RecordingWriter | undefined;
	#wantsRecording = true;
	readonly #end = new AbortController();
	readonly #stopPassing: () => void;

	private constructor(host: Host, origin: string, onEnd: () => void) {
		this.#host = host;
		this.#onEnd = onEnd;
		this.kind = host.rehearsal === undefined ? 'live' : 'rehearsal';
		// Once a second on the wall.
		this.#stopPassing = host.clock.every(host.clock.speed, () => {
			if (this.#models.pass(this.now())) this.#notify();
		});
		const age = (host.clock.now() / host.clock.speed) * 1000;
		this.header = {
			modemscope: 1,
			started: new Date(Date.now() - age).toISOString(),
			title: this.kind === 'live' ? 'console' : 'rehearsal',
			origin,
			speed: host.clock.speed,
		};
	}

	/** Opens the session, sees what is plugged in, and follows the flash that runs there, if one does. */
	static async open(
		host: Host,
		origin: string,
		onEnd: () => void = () => {},
	): Promise<LiveSession> {
		const session = new LiveSession(host, origin, onEnd);
		if (hasUsb(host)) session.#usb = await watchUsb(host, session.#emit, isModem);
		const job = (await runningJobs()).find(({ rehearsal }) => rehearsal === host.rehearsal);
		if (job) session.#follow(job);
		return session;
	}

	get log() {
		return this.#models.log;
	}
	get timeline() {
		return this.#models.timeline;
	}
	get traffic() {
		return this.#models.traffic;
	}
	get transcript() {
		return this.#models.transcript;
	}
	get flash() {
		return this.#models.flash;
	}
	get findings() {
		return this.#models.findings;
	}
	get images() {
		return this.#models.images;
	}
	readonly playing = undefined;

	now(): number {
		return this.#host.clock.now();
	}

	subscribe(changed: () => void): () => void {
		this.#changed.add(changed);
		return () => this.#changed.delete(changed);
	}

	get hasUsb(): boolean {
		return this.#usb !== undefined;
	}
	get devices(): ReadonlyMap<string, UsbDevice> {
		return this.#usb?.devices() ?? new Map();
	}
	get path(): string | undefined {
		return (
			this.#chosen ?? this.#models.flash.started?.path ?? this.timeline.lives(this.now())[0]?.path
		);
	}
	get model(): string | undefined {
		const life = this.path === undefined ? undefined : this.timeline.life(this.path, this.now());
		const device = life?.spans.at(-1)?.device;
		return device && modelOf(device);
	}
	choosePath(path: string): void {
		this.#chosen = path;
		this.#notify();
	}

	get armed(): string | undefined {
		return this.#armed?.command;
	}
	arm(command: string): void {
		const path = this.path;
		if (path === undefined) {
			throw new Problem(exitCode.noDevice, 'No modem has been seen yet.', {
				next: 'arm the command when it has appeared once.',
			});
		}
		if (this.flash.running) {
			throw new Problem(exitCode.usage, 'A flash runs: nothing is armed while it does.', {
				next: 'arm the command when the flash has ended.',
			});
		}
		this.#armed?.cancel();
		this.#armed = new Armed(this.#host, path, command, this.#emit, () => {
			this.#armed = undefined;
			this.#notify();
		});
		const device = this.devices.get(path);
		if (device) this.#armed.offer(device);
	}
	disarm(): void {
		this.#armed?.cancel();
	}
	async sendAt(line: string): Promise<void> {
		const device = this.path === undefined ? undefined : this.devices.get(this.path);
		const port = atPortOf(this.#host, device);
		await withAtChannel(this.#host, port, this.#emit, (channel) => channel.send(line, answerWait));
	}

	get firmware(): OpenFirmware | undefined {
		return this.#desk.current;
	}
	firmwareFiles(): Promise<ListedFile[]> {
		return listFirmware(this.#host.rehearsal);
	}
	async openFirmware(path: string): Promise<void> {
		await this.#desk.open(path);
		this.#plan = undefined;
	}

	get plan(): Plan | undefined {
		return this.#plan;
	}
	async makePlan(): Promise<void> {
		if (!this.firmware) {
			throw new Problem(exitCode.usage, 'No firmware file is open.', {
				next: 'open one in view 3.',
			});
		}
		const device = this.path === undefined ? undefined : this.devices.get(this.path);
		if (!device) {
			throw new Problem(exitCode.noDevice, 'The modem is not there at this moment.', {
				next: 'hold it in its boot loader first: press 1, then h.',
			});
		}
		await this.#desk.verified;
		const { file, checks = [] } = this.firmware;
		this.#plan = await makePlan({
			host: this.#host,
			file,
			checks,
			device,
			from: this.#models.revision,
		});
		this.#notify();
	}
	async startFlash(typed: string): Promise<void> {
		const plan = this.#plan;
		if (!plan || refuses(plan)) {
			throw new Problem(exitCode.usage, 'There is no plan that may be started.', {
				next: 'press p.',
			});
		}
		if (typed.trim() !== plan.model) {
			throw new Problem(exitCode.usage, `"${typed}" is not ${plan.model}: nothing was started.`);
		}
		// What is armed for the application would fire when the flashed modem comes back.
		this.#armed?.cancel();
		const job = await startJob(this.#host, plan, settleSeconds);
		this.#plan = undefined;
		this.#follow(job);
	}
	stopFlash(): void {
		if (this.#job) stopJob(this.#job);
	}

	get recordingTo(): string | undefined {
		return this.#writer?.path;
	}
	startRecording(): void {
		if (this.#writer) return;
		this.#wantsRecording = true;
		const path = newRecordingPath(`${this.kind}-${this.model ?? 'usb'}`);
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		const writer = createWriter(path, this.header, (problem) => {
			this.#writer = undefined;
			this.#emit('log', { type: 'note', text: problem.sentence });
		});
		for (const event of this.log) writer.append(event);
		this.#writer = writer;
		this.log.subscribe((event) => {
			if (this.#writer === writer) writer.append(event);
		});
		this.#notify();
	}
	async stopRecording(): Promise<void> {
		this.#wantsRecording = false;
		const writer = this.#writer;
		this.#writer = undefined;
		this.#notify();
		await writer?.close();
	}
	recordings(): Promise<ListedFile[]> {
		return listRecordings();
	}
	mark(text: string): void {
		this.#emit('person', { type: 'mark', text });
	}

	play(): void {}
	pause(): void {}
	step(): void {}
	seek(): void {}
	setSpeed(): void {}

	async end(): Promise<void> {
		if (this.#end.signal.aborted) return;
		this.#armed?.cancel();
		this.#end.abort();
		this.#stopPassing();
		this.#usb?.stop();
		await this.#desk.close();
		await this.#writer?.close();
		this.#onEnd();
	}

	readonly #emit = (source: Source, fact: Fact): void => {
		this.#add({ t: this.now(), source, ...fact });
	};

	#add(event: Event): void {
		if (this.#end.signal.aborted) return;
		this.#models.add(event);
		// A recording begins with the first modem that is seen: a console without one records nothing.
		if (event.type === 'usb-came' && this.#wantsRecording && !this.#writer) this.#startQuietly();
		if (event.type === 'usb-came' || event.type === 'usb-changed') this.#armed?.offer(event.device);
		this.#notify();
	}

	#startQuietly(): void {
		try {
			this.startRecording();
		} catch (error) {
			this.#wantsRecording = false;
			this.mark(`not recorded: ${error instanceof Error ? error.message : error}`);
		}
	}

	#notify(): void {
		for (const changed of this.#changed) changed();
	}

	/** Takes the events of a flash into this session, on this session's time. */
	#follow(job: Job): void {
		this.#job = job;
		let shift = 0;
		const follower = {
			onHeader: ({ started }: Header) => {
				const later = Date.parse(started) - Date.parse(this.header.started);
				shift = (later / 1000) * this.#host.clock.speed;
			},
			// What happens on USB we see ourselves.
			onEvent: (event: Event) => {
				if (event.source !== 'usb') this.#add({ ...event, t: event.t + shift });
			},
		};
		void followJob(job, follower, this.#end.signal)
			.catch((error: unknown) => {
				if (!(error instanceof Problem)) throw error;
				const { exit, message, modem = '', next } = error;
				this.#emit('flash', {
					type: 'flash-ended',
					exit,
					message,
					modem,
					...(next ? { next } : {}),
				});
			})
			.finally(() => {
				this.#job = undefined;
				this.#notify();
			});
	}
}
