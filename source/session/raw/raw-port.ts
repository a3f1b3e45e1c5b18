/**
 * A port as it is: bytes out as they are given, bytes in as they come, without a protocol. It comes
 * back with its modem, on the same interface and in the same mode, whatever its node is called then.
 */
import { existsSync } from 'node:fs';
import { secretMask } from '../../at/secrets.ts';
import type { Emit } from '../../events.ts';
import { lockHolder } from '../../flash/job/device-lock.ts';
import { alreadyRuns } from '../../flash/model/outcomes/job.ts';
import type { Host } from '../../host.ts';
import { LinkLost } from '../../link/link.ts';
import { openPort } from '../../link/open.ts';
import { openWithRetry } from '../../link/open-with-retry.ts';
import { type RecordedLink, recordTraffic } from '../../link/traffic-recorder.ts';
import { exitCode, Problem } from '../../problem.ts';
import { modeLabel, modeOf } from '../../usb/device/modes.ts';
import { PortWatch } from '../../usb/scan/port-watch.ts';
import type { RawListener } from '../session.ts';
import { type RawPlace, seenAt } from './raw-place.ts';

/** How long one look for the port takes at most, and one read, seconds of the modem. */
const lookEvery = 0.5;
const longestRead = 60;

export class RawPort {
	readonly #host: Host;
	readonly #place: RawPlace;
	readonly #emit: Emit;
	readonly #listener: RawListener;
	readonly #usb: PortWatch | undefined;
	#link: RecordedLink | undefined;

	private constructor(
		host: Host,
		place: RawPlace,
		emit: Emit,
		listener: RawListener,
		usb: PortWatch | undefined,
	) {
		this.#host = host;
		this.#place = place;
		this.#emit = emit;
		this.#listener = listener;
		this.#usb = usb;
	}

	/** Opens it, where it is there. Throws a Problem where it may not be: another holds it, a flash runs. */
	static async open(
		host: Host,
		place: RawPlace,
		emit: Emit,
		listener: RawListener,
	): Promise<RawPort> {
		const { usb } = place;
		const running = usb && (await lockHolder(host, usb.path));
		if (running) throw alreadyRuns(running);
		const watch = usb && (await PortWatch.start(host, usb.path, emit));
		const port = new RawPort(host, place, emit, listener, watch);
		if (place.node === undefined) return port;
		try {
			port.#take(await openPort(place.node, host.clock, { rehearsal: host.rehearsal }));
		} catch (error) {
			watch?.stop();
			throw error;
		}
		return port;
	}

	/** The node that it is open on. */
	get node(): string | undefined {
		return this.#link?.port;
	}

	/** Reads until `stop` aborts, and closes it then. Rejects only for what is a defect. */
	async run(stop: AbortSignal): Promise<void> {
		try {
			while (!stop.aborted) {
				if (!this.#link) await this.#reopen(stop);
				else await this.#read(this.#link, stop);
			}
		} finally {
			this.#usb?.stop();
			await this.#link?.close();
			this.#link = undefined;
		}
	}

	/** Throws a Problem where the port is away, or does not take them. */
	async write(bytes: Uint8Array): Promise<void> {
		const link = this.#link;
		if (!link) throw away();
		await link.write(bytes).catch((error: unknown) => {
			if (error instanceof LinkLost) throw away();
			throw error;
		});
	}

	/** Holds the line at zero for a quarter of a second. */
	async sendBreak(): Promise<void> {
		if (!this.#link) throw away();
		if (!this.#link.sendBreak) {
			throw new Problem(exitCode.usage, 'This port has no break: it is no tty.');
		}
		await this.#link.sendBreak().catch((error: Error) => {
			throw new Problem(exitCode.failed, `Its driver made no break: ${error.message}.`);
		});
	}

	async #read(link: RecordedLink, stop: AbortSignal): Promise<void> {
		try {
			const bytes = await link.read(longestRead, stop);
			if (bytes) this.#listener.came(bytes);
		} catch (error) {
			if (!(error instanceof LinkLost)) throw error;
			this.#link = undefined;
			this.#listener.says(`${error.message}. It is opened again when it is back at ${this.#name}.`);
			await link.close();
		}
	}

	async #reopen(stop: AbortSignal): Promise<void> {
		const node = await this.#found(stop);
		if (node === undefined) return;
		const { usb } = this.#place;
		const { clock, rehearsal } = this.#host;
		// A flash has its modem for itself.
		if (usb && (await lockHolder(this.#host, usb.path))) {
			this.#sayOnce(`A flash runs at ${usb.path}: the port stays closed until it has ended.`);
			await clock.sleep(lookEvery, stop);
			return;
		}
		try {
			this.#take(await openWithRetry(node, clock, { rehearsal, signal: stop }));
			this.#said = '';
			this.#listener.says(`${node} is open.`);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			this.#sayOnce(error.message);
			await clock.sleep(lookEvery, stop);
		}
	}

	/** Its node now; waits for it for a while. */
	async #found(stop: AbortSignal): Promise<string | undefined> {
		const { usb, node } = this.#place;
		if (!usb || !this.#usb) {
			if (node !== undefined && existsSync(node)) return node;
			await this.#host.clock.sleep(lookEvery, stop);
			return undefined;
		}
		const { device } = this.#usb;
		const isSame = device && modeOf(device) === usb.mode;
		if (device && device.interfaces.length > 0 && !isSame)
			this.#sayOnce(
				`${device.path} came back as another: ${modeLabel(device)}. Its port is not opened.`,
			);
		const { node: now } = seenAt(this.#host, isSame ? device : undefined, usb.interface);
		if (now !== undefined) return now;
		await this.#usb.until((one) => one !== device, lookEvery, stop);
		return undefined;
	}

	#take(link: Awaited<ReturnType<typeof openPort>>): void {
		this.#link = recordTraffic(link, this.#emit, secretMask);
	}

	#said = '';
	/** What holds for a while is said when it begins. */
	#sayOnce(sentence: string): void {
		if (this.#said === sentence) return;
		this.#said = sentence;
		this.#listener.says(sentence);
	}

	get #name(): string {
		const { usb, node = '' } = this.#place;
		return usb ? `${usb.path}, interface ${usb.interface}` : node;
	}
}

const away = () =>
	new Problem(exitCode.noDevice, 'The port is away: nothing was sent.', {
		next: 'wait until it is open again.',
	});
