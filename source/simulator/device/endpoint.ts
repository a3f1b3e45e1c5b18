import type { Duplex } from 'node:stream';
import type { Clock } from '../../clock.ts';
import type { PortHandler } from './backend.ts';

/** The modem lost its power, or reset: whatever it was doing ends here. */
export class PowerLost extends Error {
	override name = 'PowerLost';
}

/** What the modem takes before it makes the host wait, bytes. */
const held = 65_536;

/**
 * The modem's side of one port, for as long as it is powered: openings come and go, the modem's
 * code goes on. As on USB, what it says waits until somebody opens the port and reads.
 */
export class Endpoint {
	readonly #clock: Clock;
	readonly #power: AbortSignal;
	#opening: Duplex | undefined;
	#openedAt = Number.NEGATIVE_INFINITY;
	#wasAsked = false;
	#taken: Buffer[] = [];
	#length = 0;
	#change = Promise.withResolvers<void>();

	/** `power` aborts when the modem goes down; calls that wait reject with its reason. */
	constructor(clock: Clock, power: AbortSignal) {
		this.#clock = clock;
		this.#power = power;
		power.addEventListener('abort', () => this.#changed(), { once: true });
	}

	readonly open: PortHandler = (opening) => {
		this.#opening = opening;
		this.#openedAt = this.#clock.now();
		opening.on('data', (bytes: Buffer) => {
			this.#wasAsked = true;
			this.#take(bytes, 'push');
			if (this.#length >= held) opening.pause();
		});
		// A broken pipe closes too, and that is what counts.
		opening.on('error', () => {});
		opening.once('close', () => {
			if (this.#opening === opening) this.#opening = undefined;
		});
		this.#changed();
	};

	/** Whether the host has said anything yet. */
	get wasAsked(): boolean {
		return this.#wasAsked;
	}

	/** When it was opened last, seconds. */
	get openedAt(): number {
		return this.#openedAt;
	}

	/** The next bytes of the host; undefined when `seconds` passed in silence. */
	async read(seconds?: number): Promise<Buffer | undefined> {
		if (!(await this.#comes(seconds))) return undefined;
		this.#length = 0;
		this.#opening?.resume();
		return Buffer.concat(this.#taken.splice(0));
	}

	/** The same, but no more than the host gave its port at once: one transfer, or the rest of one. */
	async readTransfer(seconds?: number): Promise<Buffer | undefined> {
		if (!(await this.#comes(seconds))) return undefined;
		const bytes = this.#taken.shift()!;
		this.#length -= bytes.length;
		if (this.#length < held) this.#opening?.resume();
		return bytes;
	}

	async #comes(seconds?: number): Promise<boolean> {
		while (this.#length === 0) {
			this.#power.throwIfAborted();
			if (!(await this.#changes(seconds))) return false;
		}
		return true;
	}

	/** Puts bytes back, to be read first. */
	unread(bytes: Buffer): void {
		if (bytes.length > 0) this.#take(bytes, 'unshift');
	}

	/** Says something to the host, as soon as the port is open. */
	async write(bytes: Uint8Array): Promise<void> {
		while (!this.#opening) await this.opened();
		this.#opening.write(bytes);
	}

	/** Resolves while somebody has the port open. */
	async opened(): Promise<void> {
		while (!this.#opening) {
			this.#power.throwIfAborted();
			await this.#changes();
		}
	}

	#take(bytes: Buffer, how: 'push' | 'unshift') {
		this.#taken[how](bytes);
		this.#length += bytes.length;
		this.#changed();
	}

	#changed() {
		this.#change.resolve();
		this.#change = Promise.withResolvers();
	}

	async #changes(seconds?: number): Promise<boolean> {
		const change = this.#change.promise.then(() => true);
		if (seconds === undefined) return change;
		const stop = new AbortController();
		const silence = this.#clock.sleep(seconds, stop.signal).then(() => false);
		const changed = await Promise.race([change, silence]);
		stop.abort();
		return changed;
	}
}
