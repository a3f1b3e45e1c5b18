import { join } from 'node:path';
import type { Emit, UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import { Problem } from '../problem.ts';
import { atNode, modeOf } from '../usb/modes.ts';
import type { AtChannel } from './channel.ts';
import { withAtChannel } from './port.ts';

/** How long one try waits for an answer, seconds: an application that loops lives two of them. */
const patience = 0.7;
/** How long a port that cannot be opened yet is tried, and how often, seconds: its node gets its group from udev after it came. */
const openPatience = 1;
const openAgain = 0.02;

/**
 * A command that waits for the next window: it fires as soon as the AT port takes bytes, again in
 * each window, until the modem says OK. AT!BOOTHOLD is done when the boot loader holds and not
 * before: an application that crashes between its OK and its reset has forgotten it.
 */
export class Armed {
	readonly command: string;
	readonly #host: Host;
	readonly #path: string;
	readonly #emit: Emit;
	readonly #disarmed: (why: string) => void;
	readonly #stop = new AbortController();
	readonly #holds: boolean;
	#firing = false;
	/** The device number of the life that said OK: it is not asked twice. */
	#agreed: number | undefined;

	/** `disarmed` is called once, when it has succeeded or was cancelled. */
	constructor(
		host: Host,
		path: string,
		command: string,
		emit: Emit,
		disarmed: (why: string) => void,
	) {
		this.command = command;
		this.#host = host;
		this.#path = path;
		this.#emit = emit;
		this.#disarmed = disarmed;
		this.#holds = /BOOTHOLD/i.test(command);
		emit('at', { type: 'armed', path, command });
	}

	/** To be called with every device that comes or changes at any path. */
	offer(device: UsbDevice): void {
		if (device.path !== this.#path || this.#firing || this.#stop.signal.aborted) return;
		if (this.#holds && modeOf(device) === 'loader') {
			this.#finish('the boot loader is holding');
		} else if (atNode(device) && !this.#hasAgreed(device)) {
			this.#firing = true;
			void this.#fire(device, this.#host.clock.now()).finally(() => {
				this.#firing = false;
			});
		}
	}

	#hasAgreed({ number }: UsbDevice): boolean {
		return this.#agreed !== undefined && this.#agreed === number;
	}

	cancel(): void {
		this.#finish('cancelled');
	}

	#finish(why: string): void {
		if (this.#stop.signal.aborted) return;
		this.#stop.abort();
		this.#emit('at', { type: 'disarmed', path: this.#path, command: this.command, why });
		this.#disarmed(why);
	}

	/** Tries until an answer, or until the window closes. */
	async #fire(device: UsbDevice, appeared: number): Promise<void> {
		const { signal } = this.#stop;
		const { clock } = this.#host;
		let result = 'no answer';
		let after: number | undefined;
		const ask = (channel: AtChannel) => {
			after ??= clock.now() - appeared;
			return channel.send(this.command, patience, signal);
		};
		for (let opening = true; opening && !signal.aborted; ) {
			opening = false;
			try {
				await withAtChannel(
					this.#host,
					join(this.#host.dev, atNode(device)!),
					this.#emit,
					async (channel) => {
						while (result === 'no answer' && !signal.aborted) result = (await ask(channel)).result;
					},
				);
			} catch (error) {
				if (!(error instanceof Problem)) throw error;
				opening = clock.now() - appeared < openPatience;
				if (opening) await clock.sleep(openAgain, signal);
				else result = error.message;
			}
		}
		if (signal.aborted) return;
		this.#emit('at', {
			type: 'fired',
			path: this.#path,
			command: this.command,
			after: after ?? clock.now() - appeared,
			result,
		});
		if (result !== 'OK') return;
		if (this.#holds) this.#agreed = device.number;
		else this.#finish('it was answered with OK');
	}
}
