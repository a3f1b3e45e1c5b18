import type { Emit, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { peerOf } from './peer.ts';
import { type UsbWatch, watchUsb } from './watch.ts';

/** Waits for what happens at one connector: a port path, and its peer of the other USB speed. */
export class PortWatch {
	readonly #host: Host;
	/** The path that it was asked for. */
	readonly path: string;
	readonly #peer: string | undefined;
	readonly #watch: UsbWatch;
	readonly #waiting: Set<() => void>;

	private constructor(
		host: Host,
		[path, peer]: readonly [string, string | undefined],
		watch: UsbWatch,
		waiting: Set<() => void>,
	) {
		this.#host = host;
		this.path = path;
		this.#peer = peer;
		this.#watch = watch;
		this.#waiting = waiting;
	}

	/** Starts to watch; what comes and goes there is said through `emit`. */
	static async start(host: Host, path: string, emit: Emit): Promise<PortWatch> {
		const waiting = new Set<() => void>();
		const say: Emit = (source, fact, t) => {
			emit(source, fact, t);
			for (const wake of waiting) wake();
		};
		const peer = await peerOf(host.sysfs, path);
		const isHere = (device: UsbDevice) => device.path === path || device.path === peer;
		const watch = await watchUsb(host, say, isHere);
		return new PortWatch(host, [path, peer], watch, waiting);
	}

	/** What is plugged in there now. */
	get device(): UsbDevice | undefined {
		const devices = this.#watch.devices();
		return (
			devices.get(this.path) ?? (this.#peer === undefined ? undefined : devices.get(this.#peer))
		);
	}

	/** Calls `see` with what is there whenever that changes, until the returned function is called. */
	onChange(see: (device: UsbDevice) => void): () => void {
		const look = () => {
			if (this.device) see(this.device);
		};
		this.#waiting.add(look);
		return () => void this.#waiting.delete(look);
	}

	/** Resolves with true when `wanted` holds for what is there, false when `seconds` pass before. */
	async until(
		wanted: (device: UsbDevice | undefined) => boolean,
		seconds: number,
		signal?: AbortSignal,
	): Promise<boolean> {
		if (wanted(this.device)) return true;
		const met = new AbortController();
		const check = () => {
			if (wanted(this.device)) met.abort();
		};
		this.#waiting.add(check);
		await this.#host.clock.sleep(
			seconds,
			signal ? AbortSignal.any([met.signal, signal]) : met.signal,
		);
		this.#waiting.delete(check);
		return met.signal.aborted;
	}

	stop(): void {
		this.#watch.stop();
	}
}
