import type { Event } from '../events.ts';
import { BoundedMap } from './bounded-map.ts';

/** Knows when the modem behind a port starts anew, and which USB path a port is of. */
export class PerBootState<T> {
	readonly #paths = new BoundedMap<string, string>();
	readonly #lives = new BoundedMap<string, T>();
	readonly #begin: () => T;

	constructor(begin: () => T) {
		this.#begin = begin;
	}

	/** What is known of the life of this port, which begins now if it is not known. */
	of(port: string): T {
		const life = this.#lives.get(port) ?? this.#begin();
		this.#lives.set(port, life);
		return life;
	}

	/** The USB path of a port by its node: `3-1` for `/dev/ttyUSB0`. */
	pathOf(port: string): string | undefined {
		return this.#paths.get(nodeOf(port));
	}

	/** Forgets the lives that end with this event. */
	add(event: Event): void {
		if (event.type === 'port-lost') this.#lives.delete(event.port);
		if (event.type === 'usb-went') this.#forget(event.path);
		if (event.type === 'usb-came') this.#forget(event.device.path);
		if (event.type !== 'usb-came' && event.type !== 'usb-changed') return;
		const { path, interfaces } = event.device;
		for (const node of interfaces.flatMap(({ nodes }) => nodes)) this.#paths.set(node, path);
	}

	#forget(path: string): void {
		for (const port of [...this.#lives.keys()]) {
			if (this.pathOf(port) === path) this.#lives.delete(port);
		}
	}
}

const nodeOf = (port: string) => port.slice(port.lastIndexOf('/') + 1);
