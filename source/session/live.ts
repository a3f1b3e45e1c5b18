import { basename } from 'node:path';
import { type ArmedAction, commandAction } from '../at/armed/actions.ts';
import type { Event, Fact, Header, Source, UsbDevice } from '../events.ts';
import type { Job } from '../flash/job/record.ts';
import type { InterruptedFlash } from '../flash/job/recovery.ts';
import { followJob, startJob, stopJob } from '../flash/job/start.ts';
import { watchJobs } from '../flash/job/watch.ts';
import { demandAllowed, type Plan, refuses } from '../flash/model/plan.ts';
import type { Host } from '../host.ts';
import { exitCode, Problem } from '../problem.ts';
import { isModem } from '../usb/device/modes.ts';
import { hasUsb } from '../usb/scan/sysfs.ts';
import { type UsbWatch, watchUsb } from '../usb/scan/watch.ts';
import { BaseSession } from './base-session.ts';
import { AtController } from './control/at-controller.ts';
import { FirmwareController } from './control/firmware-controller.ts';
import { FlashController, type Planned } from './control/flash-controller.ts';
import { listFirmware, listRecordings } from './files.ts';
import { ReadModels } from './read-models.ts';
import { Recorder } from './recorder.ts';
import type { Armable, AtSent, ListedFile, OpenFirmware, Session } from './session.ts';

/** Seconds without a reset after which a flashed modem is said to stay up. */
export const settleSeconds = 60;

/** A session on a host: the live machine, or a rehearsal, which differs in nothing but its folders. */
export class LiveSession extends BaseSession implements Session {
	readonly kind: 'live' | 'rehearsal';
	readonly header: Header;
	readonly #host: Host;
	protected readonly models = new ReadModels();
	readonly #desk = new FirmwareController(() => this.changed());
	readonly #recorder: Recorder;
	readonly #onEnd: () => void;
	#usb: UsbWatch | undefined;
	readonly #at: AtController;
	readonly #flashes: FlashController;
	#job: Job | undefined;
	/** Recordings of flashes that were taken into this session. */
	readonly #followed = new Set<string>();
	#stopWatchingJobs = () => {};
	#wantsRecording = true;
	readonly #end = new AbortController();
	readonly #stopPassing: () => void;

	private constructor(host: Host, origin: string, onEnd: () => void) {
		super();
		this.#host = host;
		this.#at = new AtController(host, this.#emit, () => this.changed());
		this.#onEnd = onEnd;
		this.#flashes = new FlashController(host, () => this.changed());
		this.kind = host.rehearsal === undefined ? 'live' : 'rehearsal';
		// Once a second on the wall.
		this.#stopPassing = host.clock.every(host.clock.speed, () => {
			if (this.models.pass(this.now())) this.changed();
		});
		const age = (host.clock.now() / host.clock.speed) * 1000;
		this.header = {
			modemscope: 1,
			started: new Date(Date.now() - age).toISOString(),
			title: this.kind === 'live' ? 'console' : 'rehearsal',
			origin,
			speed: host.clock.speed,
		};
		this.#recorder = new Recorder(this.log, this.header, ({ sentence }) =>
			this.#emit('log', { type: 'note', text: sentence }),
		);
	}

	/** Opens the session, sees what is plugged in, and follows the flash that runs there, or begins. */
	static async open(
		host: Host,
		origin: string,
		onEnd: () => void = () => {},
	): Promise<LiveSession> {
		const session = new LiveSession(host, origin, onEnd);
		if (hasUsb(host)) session.#usb = await watchUsb(host, session.#emit, isModem);
		await session.#flashes.look();
		session.#stopWatchingJobs = await watchJobs(host, (job) => session.#follow(job));
		return session;
	}

	readonly playing = undefined;

	now(): number {
		return this.#host.clock.now();
	}

	get hasUsb(): boolean {
		return this.#usb !== undefined;
	}
	get devices(): ReadonlyMap<string, UsbDevice> {
		return this.#usb?.devices() ?? new Map();
	}
	get armed(): string | undefined {
		return this.#at.armed;
	}
	async armable(typed: string): Promise<Armable> {
		const { fire, name, lines } = await this.#at.armable(typed);
		return { name, lines, arm: () => this.#arm(fire) };
	}
	armFlash(typed: string): void {
		const { model, firmware } = this;
		if (!firmware) {
			throw new Problem(exitCode.usage, 'No firmware file is open.', {
				next: 'open one in view 3.',
			});
		}
		if (typed.trim() !== model) {
			throw new Problem(exitCode.usage, `"${typed}" is not ${model}: nothing was armed.`);
		}
		const hold = commandAction('AT!BOOTHOLD', this.#host);
		const files = [firmware.file.path, ...this.added];
		const names = files.map((path) => basename(path)).join(' + ');
		this.#arm({ ...hold, name: `${hold.name}, then flash ${names}` }, () => {
			void this.#flashHeld(typed.trim(), files);
		});
	}
	#arm(fire: ArmedAction, worked?: () => void): void {
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
		this.#at.arm(path, fire, this.devices.get(path), worked);
		this.changed();
	}
	/** The modem holds as was wanted: plans anew, for what it shows itself as now, and starts. */
	async #flashHeld(model: string, files: readonly string[]): Promise<void> {
		try {
			if ([this.firmware?.file.path, ...this.added].join('\n') !== files.join('\n')) {
				throw new Problem(exitCode.usage, 'Other files are open than were armed.', {
					next: 'plan and start it in view 4.',
				});
			}
			await this.#usb?.rescan();
			await this.makePlan();
			if (this.plan) demandAllowed(this.plan);
			await this.startFlash(model);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			const text = `It holds, but was not flashed: ${error.sentence}`;
			this.#emit('flash', { type: 'note', text });
		}
	}
	disarm(): void {
		this.#at.disarm();
	}
	get atHistory(): readonly string[] {
		return this.#at.history;
	}
	sendAt(line: string): Promise<AtSent> {
		return this.#at.send(line, this.#device);
	}
	readModem(): Promise<AtSent> {
		return this.#at.read(this.#device);
	}
	giveAtPassword(password: string): void {
		this.#at.givePassword(password);
	}
	get #device(): UsbDevice | undefined {
		return this.path === undefined ? undefined : this.devices.get(this.path);
	}

	get firmware(): OpenFirmware | undefined {
		return this.#desk.current;
	}
	firmwareFiles(): Promise<ListedFile[]> {
		return listFirmware(this.#host.rehearsal);
	}
	async openFirmware(path: string): Promise<void> {
		await this.#desk.open(path);
		this.#flashes.added = [];
		this.#flashes.drop();
	}

	get plan(): Plan | undefined {
		return this.#flashes.plan;
	}
	async makePlan(): Promise<void> {
		if (!this.firmware) {
			throw new Problem(exitCode.usage, 'No firmware file is open.', {
				next: 'open one in view 3.',
			});
		}
		const modem = this.#modemToFlash();
		await this.#desk.verified;
		const { file, checks = [] } = this.firmware;
		await this.#flashes.makeWith(modem, { file, checks });
	}
	get added(): readonly string[] {
		return this.#flashes.added;
	}
	async addToPlan(path: string): Promise<void> {
		if ([this.firmware?.file.path, ...this.added].includes(path)) {
			throw new Problem(exitCode.usage, `${basename(path)} is in the plan already.`);
		}
		return this.#planAnew([...this.added, path]);
	}
	leaveOut(path: string): Promise<void> {
		return this.#planAnew(this.added.filter((one) => one !== path));
	}
	/** A file that cannot be planned with is not kept. */
	async #planAnew(added: readonly string[]): Promise<void> {
		const before = this.added;
		this.#flashes.added = added;
		try {
			await this.makePlan();
		} catch (error) {
			this.#flashes.added = before;
			throw error;
		}
	}
	setAside(check: string): Promise<void> {
		return this.#flashes.setAside(check);
	}
	get unfinished(): InterruptedFlash | undefined {
		return this.#flashes.leftAt(this.path);
	}
	async continueFlash(): Promise<void> {
		if (this.unfinished) await this.#flashes.goOn(this.unfinished, this.#modemToFlash());
	}
	/** One in a boot loop is away most of the time: it is planned for as it was last. */
	#modemToFlash(): Planned {
		const now = this.path === undefined ? undefined : this.devices.get(this.path);
		const device = now ?? this.lastSeen;
		if (device) return { device, present: now !== undefined, from: this.models.revision };
		throw new Problem(exitCode.noDevice, 'No modem has been seen yet.', {
			next: 'plan the flash when it has appeared once.',
		});
	}
	async startFlash(typed: string): Promise<void> {
		const plan = this.plan;
		if (!plan || refuses(plan)) {
			throw new Problem(exitCode.usage, 'There is no plan that may be started.', {
				next: 'press p.',
			});
		}
		if (typed.trim() !== plan.model) {
			throw new Problem(exitCode.usage, `"${typed}" is not ${plan.model}: nothing was started.`);
		}
		this.#at.disarm();
		const job = await startJob(this.#host, plan, settleSeconds);
		this.#flashes.drop();
		this.#follow(job);
	}
	stopFlash(): void {
		if (this.#job) void stopJob(this.#job);
	}

	get recordingTo(): string | undefined {
		return this.#recorder.path;
	}
	startRecording(): void {
		this.#wantsRecording = true;
		this.#recorder.start(`${this.kind}-${this.model ?? 'usb'}`);
		this.changed();
	}
	async stopRecording(): Promise<void> {
		this.#wantsRecording = false;
		await this.#recorder.stop();
		this.changed();
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
		this.#at.disarm();
		this.#end.abort();
		this.#stopPassing();
		this.#usb?.stop();
		this.#stopWatchingJobs();
		await this.#desk.close();
		await this.#recorder.stop();
		this.#onEnd();
	}

	readonly #emit = (source: Source, fact: Fact, t = this.now()): void => {
		this.#add({ t, source, ...fact });
	};

	#add(event: Event): void {
		if (this.#end.signal.aborted) return;
		this.models.add(event);
		// A recording begins with the first modem that is seen: a console without one records nothing.
		if (event.type === 'usb-came' && this.#wantsRecording && !this.recordingTo)
			this.#startQuietly();
		if (event.type === 'usb-came' || event.type === 'usb-changed') this.#at.offer(event.device);
		this.changed();
	}

	#startQuietly(): void {
		try {
			this.startRecording();
		} catch (error) {
			this.#wantsRecording = false;
			this.mark(`not recorded: ${error instanceof Error ? error.message : error}`);
		}
	}

	/** Takes the events of a flash into this session, on this session's time; of one at a time, and once. */
	#follow(job: Job): void {
		if (this.#job || this.#followed.has(job.recording)) return;
		this.#followed.add(job.recording);
		this.#job = job;
		// What is armed for the application would fire when the flashed modem comes back.
		this.#at.disarm();
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
				void this.#flashes.look();
			});
	}
}
