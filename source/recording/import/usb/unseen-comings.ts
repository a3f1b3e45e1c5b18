import type { EventOf, UsbDevice } from '../../../events.ts';
import { unknownId } from './usb-world.ts';

type Going = EventOf<'usb-went'>;
type Guess = {
	readonly goings: readonly Going[];
	readonly device: UsbDevice;
	/** The drivers that left what went, by interface. */
	readonly drivers: ReadonlyMap<number, string>;
};

/**
 * Goings of what nobody saw come. Its id is that of what comes there next, unless other drivers take
 * that: a modem that crashed comes back as its loader, or under its chip's id.
 */
export class UnseenComings {
	readonly #goings = new Map<string, Going[]>();
	readonly #drivers = new Map<string, Map<number, string>>();
	readonly #guesses: Guess[] = [];

	went(going: Going): void {
		const earlier = this.#goings.get(going.path) ?? [];
		this.#goings.set(going.path, [...earlier, going]);
	}

	/** A driver left an interface of what was there. */
	left(path: string, number: number, driver: string): void {
		const drivers = this.#drivers.get(path) ?? new Map<number, string>();
		this.#drivers.set(path, drivers.set(number, driver));
	}

	came(device: UsbDevice): void {
		const { path, vid, pid } = device;
		const goings = this.#goings.get(path);
		const drivers = this.#drivers.get(path) ?? new Map<number, string>();
		this.#goings.delete(path);
		this.#drivers.delete(path);
		if (!goings) return;
		for (const going of goings) Object.assign(going, { vid, pid });
		this.#guesses.push({ goings, device, drivers });
	}

	/** The text has ended: all drivers that it tells of are known. */
	end(): void {
		for (const { goings, device, drivers } of this.#guesses) {
			const { interfaces } = device;
			const isAnother = [...drivers].some(
				([number, driver]) =>
					!interfaces.some((iface) => iface.number === number && iface.driver === driver),
			);
			if (interfaces.length === 0 || !isAnother) continue;
			for (const going of goings) Object.assign(going, { vid: unknownId, pid: unknownId });
		}
	}
}
