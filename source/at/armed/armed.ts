import { join } from 'node:path';
import type { Emit, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { Problem } from '../../problem.ts';
import type { ArmedAction } from './actions.ts';

/**
 * An action that waits for the next window: it fires as soon as its port takes bytes, again in each
 * window, until it has worked or is disarmed. It asks once for each start of the modem.
 */
export class Armed {
	readonly #action: ArmedAction;
	readonly #host: Host;
	readonly #path: string;
	readonly #emit: Emit;
	readonly #disarmed: (why: string) => void;
	readonly #stop = new AbortController();
	readonly #since: number;
	#running = false;
	/** The device number that has been asked. */
	#asked: number | undefined;
	/** The device that came last, and when. */
	#came: { readonly number: number | undefined; readonly t: number } | undefined;
	readonly #results: string[] = [];

	/** `disarmed` is called once, when it has worked or was cancelled. */
	constructor(
		host: Host,
		path: string,
		action: ArmedAction,
		emit: Emit,
		disarmed: (why: string) => void,
	) {
		this.#action = action;
		this.#host = host;
		this.#path = path;
		this.#emit = emit;
		this.#disarmed = disarmed;
		this.#since = host.clock.now();
		emit('at', { type: 'armed', path, command: action.name });
	}

	get command(): string {
		return this.#action.name;
	}

	/** To be called with every device that comes or changes at any path, and the time at which it is said to. */
	offer(device: UsbDevice, t = this.#host.clock.now()): void {
		if (device.path !== this.#path || this.#stop.signal.aborted) return;
		if (this.#came?.number !== device.number || device.number === undefined) {
			this.#came = { number: device.number, t };
		}
		const { worked } = this.#action;
		if (worked?.isIn(device)) this.#finish(worked.says);
		else this.opens(device);
	}

	/** To be called with what is there of a device that is still coming: a port may be enough. */
	opens(device: UsbDevice): void {
		if (device.path !== this.#path || this.#running || this.#stop.signal.aborted) return;
		const node = this.#action.node(device);
		if (node === undefined || this.#wasAsked(device)) return;
		this.#running = true;
		void this.#run(device, join(this.#host.dev, node)).finally(() => {
			this.#running = false;
		});
	}

	#wasAsked({ number }: UsbDevice): boolean {
		return this.#asked !== undefined && this.#asked === number;
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

	/** Seconds from when the device came, as it was said to have come, to a moment; a node may be seen before it. */
	#after({ number }: UsbDevice, moment: number, begun: number): number {
		const seen = this.#came;
		const came = seen && seen.number === number ? seen.t : begun;
		return Math.max(0, moment - Math.max(came, this.#since));
	}

	async #run(device: UsbDevice, port: string): Promise<void> {
		const { signal } = this.#stop;
		const { clock } = this.#host;
		const begun = clock.now();
		let sent: number | undefined;
		const emit: Emit = (source, fact) => {
			if (fact.type === 'at-sent') sent ??= clock.now();
			this.#emit(source, fact);
		};
		const result = await this.#action.run(port, emit, signal).catch((error: unknown) => {
			if (error instanceof Problem) return error.message;
			throw error;
		});
		if (signal.aborted) return;
		this.#asked = device.number;
		this.#emit('at', {
			type: 'fired',
			path: this.#path,
			command: this.command,
			after: this.#after(device, sent ?? clock.now(), begun),
			result,
		});
		this.#results.push(result);
		const text = this.#action.explain?.(device, this.#results);
		if (text) this.#emit('at', { type: 'note', text });
		if (result === 'OK' && !this.#action.worked) this.#finish('it was answered with OK');
	}
}
