import { isoTime } from '../../clock.ts';
import type { Event, Fact, Header, Source, UsbDevice } from '../../events.ts';
import { ghostOf } from '../../flash/rehearse/ghost-file.ts';
import type { Host } from '../../host.ts';
import { isModem } from '../../usb/device/modes.ts';
import { followKernelLog } from '../../usb/scan/kernel-log.ts';
import { hasUsb } from '../../usb/scan/sysfs.ts';
import { type UsbWatch, watchUsb } from '../../usb/scan/watch.ts';
import { AtController } from '../control/at-controller.ts';
import { FirmwareController } from '../control/firmware-controller.ts';
import { FlashController } from '../control/flash-controller.ts';
import { JobFollower } from '../control/job-follower.ts';
import { RawController } from '../control/raw-controller.ts';
import { ReadModels } from '../read-models.ts';
import type { ModemControl, Session } from '../session.ts';
import { BaseSession } from './base-session.ts';
import { Recorder } from './recorder.ts';

/** A session on a host: the live machine, or a rehearsal, which differs in nothing but its folders. */
export class LiveSession extends BaseSession implements Session {
	readonly label: string | undefined;
	readonly header: Header;
	readonly firmware: FirmwareController;
	readonly modem: ModemControl;
	readonly recorder: Recorder;
	protected readonly models = new ReadModels({ ghostOf });
	readonly #host: Host;
	readonly #at: AtController;
	readonly #flasher: FlashController;
	readonly #raw: RawController;
	readonly #jobs: JobFollower;
	#usb: UsbWatch | undefined;
	#stopKernelLog: (() => void) | undefined;
	readonly #stopPassing: () => void;
	readonly #onEnd: () => void;
	#hasEnded = false;

	private constructor(host: Host, origin: string, onEnd: () => void) {
		super();
		this.#host = host;
		this.#onEnd = onEnd;
		this.label = host.rehearsal === undefined ? undefined : 'simulated';
		const { models } = this;
		const { speed } = host.clock;
		const age = (host.clock.now() / speed) * 1000;
		this.header = {
			modemscope: 1,
			started: isoTime(Date.now() - age),
			title: this.label ?? 'console',
			origin,
			speed,
		};
		const emit = this.#emit;
		const changed = () => this.changed();
		const context = { host, modem: this, models, emit, changed };
		this.#at = new AtController(context);
		this.#jobs = new JobFollower(host, {
			header: this.header,
			add: (event) => this.#add(event),
			// What is armed for the application would fire when the flashed modem comes back.
			begun: () => this.#at.disarm(),
			ended: () => void this.#flasher.readUnfinished(),
		});
		this.firmware = new FirmwareController(host.rehearsal, changed, () => this.#flasher.reset());
		this.#flasher = new FlashController(context, {
			at: this.#at,
			files: this.firmware,
			jobs: this.#jobs,
			scanUsb: async () => this.#usb?.rescan(),
		});
		this.#raw = new RawController(context);
		this.modem = { at: this.#at, flasher: this.#flasher, raw: this.#raw };
		this.recorder = new Recorder({
			log: models.log,
			header: this.header,
			title: () => `${this.label ?? 'live'}-${this.model ?? 'usb'}`,
			emit,
			changed,
		});
		// Once a second on the wall.
		this.#stopPassing = host.clock.every(speed, () => {
			const { frames, findings } = models.pass(this.now());
			if (frames.length + findings.length > 0) this.changed();
		});
	}

	/** Opens the session, sees what is plugged in, and follows the flash that runs there, or begins. */
	static async open(
		host: Host,
		origin: string,
		onEnd: () => void = () => {},
	): Promise<LiveSession> {
		const session = new LiveSession(host, origin, onEnd);
		if (hasUsb(host)) session.#usb = await watchUsb(host, session.#emit, isModem);
		session.#stopKernelLog = followKernelLog(host, session.#emit);
		await session.#flasher.readUnfinished();
		await session.#jobs.watch();
		return session;
	}

	now(): number {
		return this.#host.clock.now();
	}
	get hasUsb(): boolean {
		return this.#usb !== undefined;
	}
	get devices(): ReadonlyMap<string, UsbDevice> {
		return this.#usb?.devices() ?? new Map();
	}

	async mark(text: string): Promise<string> {
		this.recorder.mark(text);
		return this.recorder.path === undefined
			? 'Marked. Nothing is recorded now: r starts a recording.'
			: 'Marked in the recording.';
	}

	async end(): Promise<void> {
		if (this.#hasEnded) return;
		this.#at.disarm();
		await this.#raw.close();
		await this.#flasher.close();
		this.#hasEnded = true;
		this.#stopPassing();
		this.#usb?.stop();
		this.#stopKernelLog?.();
		this.#jobs.close();
		await this.firmware.close();
		await this.recorder.stop();
		this.#onEnd();
	}

	readonly #emit = (source: Source, fact: Fact, t = this.now()): void => {
		this.#add({ t, source, ...fact });
	};

	#add(event: Event): void {
		if (this.#hasEnded) return;
		this.models.add(event);
		this.recorder.add(event);
		if (event.type === 'usb-came' || event.type === 'usb-changed') {
			this.#at.offer(event.device, event.t);
		}
		this.changed();
	}
}
