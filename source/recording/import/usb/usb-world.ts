/**
 * The devices that the lists and the logs of one text name. A list tells bus and device number, a
 * kernel's log path and device number: so they are known as one.
 */
import type { Event, UsbDevice } from '../../../events.ts';
import type { Line } from '../line.ts';
import type { Moment } from '../time/clock.ts';

/** An id that the text does not tell. */
export const unknownId = '????';

/** A device that a log saw come. */
type Sight = { readonly device: UsbDevice; isGone: boolean };

type Listed = { readonly device: UsbDevice; readonly bus: number; readonly number: number };
/** What was plugged in at one time, by bus and device number. `tools` are those that have told it. */
type Snapshot = { readonly devices: Map<string, Listed>; readonly tools: Set<string> };

/** Where the events go. */
type Target = {
	readonly untimed: Moment;
	later(events: () => readonly Event[]): void;
};

export class UsbWorld {
	readonly #paste: Target;
	readonly #sights: Sight[] = [];
	readonly #snapshots: Snapshot[] = [];

	constructor(paste: Target) {
		this.#paste = paste;
	}

	/** A device whose coming a log tells. */
	saw(sight: Sight): void {
		this.#sights.push(sight);
	}

	/** The command of a tool was typed: what it lists now is the state at another time. */
	listsAgain(tool: string): void {
		const now = this.#snapshots.at(-1);
		if (now?.tools.has(tool)) this.#snapshots.push({ devices: new Map(), tools: new Set() });
	}

	/**
	 * The device that a tool lists, for it to complete. A device that the same tool has listed before
	 * begins another list. `isAgain` is false for tools that tell one device in several lines.
	 */
	listed(tool: string, bus: number, number: number, line: Line, isAgain = true): UsbDevice {
		const key = `${bus}/${number}`;
		let now = this.#snapshots.at(-1);
		if (!now || (isAgain && now.tools.has(`${tool} ${key}`))) {
			now = { devices: new Map(), tools: new Set() };
			this.#snapshots.push(now);
		}
		if (now.tools.size === 0) this.#begin(now, line);
		now.tools.add(tool);
		now.tools.add(`${tool} ${key}`);
		const known = now.devices.get(key);
		if (known) return known.device;
		const path = number === 1 ? `usb${bus}` : `${bus}-? (device ${number})`;
		const device: UsbDevice = {
			path,
			vid: unknownId,
			pid: unknownId,
			number,
			driversTold: false,
			interfaces: [],
		};
		const listed = { device, bus, number };
		now.devices.set(key, listed);
		this.#say(line, () => (this.#isNew(listed, now) ? [{ type: 'usb-came', device }] : []));
		return device;
	}

	#begin(snapshot: Snapshot, line: Line): void {
		const index = this.#snapshots.indexOf(snapshot);
		this.#say(line, () => [
			{ type: 'note', text: `List ${index + 1} of ${this.#snapshots.length} of what is on USB.` },
			...this.#goings(snapshot),
		]);
	}

	#say(line: Line, facts: () => readonly object[]): void {
		const { t } = this.#paste.untimed;
		this.#paste.later(() =>
			facts().map(
				(fact) =>
					({
						t,
						source: 'type' in fact && fact.type === 'note' ? 'log' : 'usb',
						untimed: true,
						lineNumber: line.number,
						...fact,
					}) as Event,
			),
		);
	}

	#before(snapshot: Snapshot): Snapshot | undefined {
		return this.#snapshots[this.#snapshots.indexOf(snapshot) - 1];
	}

	#isNew({ device, bus, number }: Listed, snapshot: Snapshot): boolean {
		const before = this.#before(snapshot)?.devices.get(`${bus}/${number}`);
		if (before && isSame(before.device, device)) return false;
		const sight = this.#sightOf(bus, device);
		if (!sight) return true;
		complete(sight.device, device);
		return false;
	}

	#goings(snapshot: Snapshot): object[] {
		const before = this.#before(snapshot)?.devices ?? new Map<string, Listed>();
		return [...before].flatMap(([key, { bus, device }]) => {
			const now = snapshot.devices.get(key);
			if (now && isSame(now.device, device)) return [];
			const sight = this.#sightOf(bus, device);
			if (sight?.isGone) return [];
			const path = sight?.device.path ?? device.path;
			return [{ type: 'usb-went', path, vid: device.vid, pid: device.pid }];
		});
	}

	/** The last one that a log saw on this bus with this number. */
	#sightOf(bus: number, device: UsbDevice): Sight | undefined {
		return this.#sights.findLast(
			({ device: seen }) =>
				seen.number === device.number && seen.path.startsWith(`${bus}-`) && isSame(seen, device),
		);
	}
}

const isSame = (one: UsbDevice, other: UsbDevice) =>
	one.vid === unknownId ||
	other.vid === unknownId ||
	(one.vid === other.vid && one.pid === other.pid);

/** What a list tells and a log does not. */
function complete(seen: UsbDevice, listed: UsbDevice): void {
	if (listed.vid !== unknownId) Object.assign(seen, { vid: listed.vid, pid: listed.pid });
	seen.product ??= listed.product;
	seen.speed ??= listed.speed;
	for (const iface of listed.interfaces) {
		const known = seen.interfaces.find(({ number }) => number === iface.number);
		if (!known) seen.interfaces.push(iface);
		else if (known.class === '//') Object.assign(known, { ...iface, nodes: known.nodes });
	}
	seen.interfaces.sort((a, b) => a.number - b.number);
}
