import type { Event } from '../../events.ts';
import { BoundedMap } from './bounded-map.ts';

/** The events that begin a new state, or tell whose port it is. */
export const bootEvents = ['port-lost', 'usb-came', 'usb-changed', 'usb-went'] as const;

/** State kept for each port and dropped when its modem starts again; knows the USB path of a port. */
export class PerBootState<T> {
	readonly #paths = new BoundedMap<string, string>();
	readonly #states = new BoundedMap<string, T>();
	readonly #begin: () => T;

	constructor(begin: () => T) {
		this.#begin = begin;
	}

	/** The state of this port since its modem started; a new one when there is none. */
	of(port: string): T {
		const known = this.#states.get(port);
		if (known !== undefined) return known;
		const state = this.#begin();
		this.#states.set(port, state);
		return state;
	}

	/** The USB path of a port by its node: `3-1` for `/dev/ttyUSB0`. */
	pathOf(port: string): string | undefined {
		return this.#paths.get(nodeOf(port));
	}

	/** Drops the states that end with this event. */
	add(event: Event): void {
		if (event.type === 'port-lost') this.#states.delete(event.port);
		if (event.type === 'usb-went') this.#forget(event.path);
		if (event.type === 'usb-came') this.#forget(event.device.path);
		if (event.type !== 'usb-came' && event.type !== 'usb-changed') return;
		const { path, interfaces } = event.device;
		for (const node of interfaces.flatMap(({ nodes }) => nodes)) this.#paths.set(node, path);
	}

	#forget(path: string): void {
		for (const port of [...this.#states.keys()]) {
			if (this.pathOf(port) === path) this.#states.delete(port);
		}
	}
}

const nodeOf = (port: string) => port.slice(port.lastIndexOf('/') + 1);
