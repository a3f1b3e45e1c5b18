import type { Emit, UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import { type UsbWatch, watchUsb } from './watch.ts';

/** Waits for what happens at one port path. */
export class PortWatch {
	readonly #host: Host;
	readonly #path: string;
	readonly #watch: UsbWatch;
	readonly #waiting: Set<() => void>;

	private constructor(host: Host, path: string, watch: UsbWatch, waiting: Set<() => void>) {
		this.#host = host;
		this.#path = path;
		this.#watch = watch;
		this.#waiting = waiting;
	}

	/** Starts to watch; what comes and goes at `path` is said through `emit`. */
	static async start(host: Host, path: string, emit: Emit): Promise<PortWatch> {
		const waiting = new Set<() => void>();
		const say: Emit = (source, fact, t) => {
			emit(source, fact, t);
			for (const wake of waiting) wake();
		};
		const watch = await watchUsb(host, say, (device) => device.path === path);
		return new PortWatch(host, path, watch, waiting);
	}

	/** What is plugged in there now. */
	get device(): UsbDevice | undefined {
		return this.#watch.devices().get(this.#path);
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
