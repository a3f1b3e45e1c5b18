/**
 * Watches the USB life of a host. sysfs is the truth: it is glanced at, at the cost of listing one
 * folder, whenever hotplug wakes us and by the clock; what looks different is read.
 */
import type { Emit, Fact, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { type Hotplug, hearHotplug } from './hotplug.ts';
import { type Attention, Pace } from './poll-scheduler.ts';
import {
	movingParts,
	namesOnBus,
	numberAt,
	pathsAmong,
	piecesAt,
	readDevice,
	settled,
	stringsOf,
} from './sysfs.ts';

/** A device without interfaces is told as such after this time, wall seconds: most are on their way. */
const patience = 1;

export type UsbWatch = {
	/** What is plugged in now, by path. */
	devices(): ReadonlyMap<string, UsbDevice>;
	/** Looks now, and resolves when what changed has been said. */
	look(): Promise<void>;
	stop(): void;
};

/** One life of a device, from its coming to its going. */
type Sight = {
	readonly path: string;
	readonly number: number | undefined;
	/** When it was seen first. */
	readonly since: number;
	/** What was said of it, if it is wanted. */
	told: UsbDevice | undefined;
	/** What was there of it before it was whole: told when it goes before that. */
	begun: UsbDevice | undefined;
	/** `movingParts` when `begun` was read. */
	begunParts: string | undefined;
	/** `movingParts` at the last reading that found it whole. */
	parts: string | undefined;
	/** Since when it has looked unlike what was read of it last. */
	oddSince: number | undefined;
	/** Since when it has had fewer interfaces, or drivers of them, than were told. */
	goingSince: number | undefined;
	isWanted: boolean;
	reading: Promise<void> | undefined;
	asked: boolean;
};

type Look = Attention & { readonly t: number; readonly readAll: boolean };

/** Says `usb-came`, `usb-changed` and `usb-went` for devices that `wanted` accepts. */
export async function watchUsb(
	host: Host,
	emit: Emit,
	wanted: (device: UsbDevice) => boolean,
): Promise<UsbWatch> {
	const watch = new Watch(host, emit, wanted);
	await watch.look();
	watch.start();
	return {
		devices: () => watch.devices,
		look: () => watch.look(),
		stop: () => watch.stop(),
	};
}

class Watch {
	readonly devices = new Map<string, UsbDevice>();
	readonly #host: Host;
	readonly #emit: Emit;
	readonly #wanted: (device: UsbDevice) => boolean;
	readonly #sights = new Map<string, Sight>();
	#hotplug: Hotplug | undefined;
	readonly #pace = new Pace(() => this.glance());
	#names: readonly string[] = [];
	#seen = '';
	#said = Number.NEGATIVE_INFINITY;
	#stopped = false;

	constructor(host: Host, emit: Emit, wanted: (device: UsbDevice) => boolean) {
		this.#host = host;
		this.#emit = emit;
		this.#wanted = wanted;
	}

	start(): void {
		this.#hotplug = hearHotplug(this.#host, () => {
			this.#pace.stir();
			this.glance();
		});
		// What came while nobody listened yet.
		this.glance();
	}

	stop(): void {
		this.#stopped = true;
		this.#pace.stop();
		this.#hotplug?.stop();
	}

	async look(): Promise<void> {
		this.glance(true);
		await Promise.all([...this.#sights.values()].map(({ reading }) => reading));
	}

	/** Says at once what is gone, and reads what is new or looks different. */
	glance(readAll = false): void {
		if (this.#stopped) return;
		const t = this.#host.clock.now();
		this.#names = namesOnBus(this.#host.sysfs);
		const seen = this.#names.join();
		const isOther = seen !== this.#seen;
		this.#seen = seen;
		if (isOther) this.#pace.stir();
		const look = { t, readAll, ...this.#pace.attend(isOther || readAll) };
		const paths = new Set(pathsAmong(this.#names));
		for (const sight of this.#sights.values()) if (!paths.has(sight.path)) this.#went(sight, t);
		for (const path of paths) this.#lookAt(path, look);
		if (this.#hotplug) this.#pace.settle(this.#hotplug.isSure);
	}

	#lookAt(path: string, { t, readAll, close, everywhere }: Look): void {
		const known = this.#sights.get(path);
		if (known && !known.isWanted && !everywhere) return;
		const sight = this.#sightAt(path, known, t);
		if (!sight.told && sight.isWanted) this.#glimpse(sight);
		const isClose = close || sight.oddSince !== undefined;
		const differs = () =>
			sight.oddSince !== undefined ||
			movingParts(this.#host.sysfs, path, this.#names) !== sight.parts;
		if (!readAll && !(isClose && differs())) return;
		sight.oddSince ??= t;
		const told = sight.told?.interfaces.flatMap(({ driver }) => (driver ? [1, 1] : [1])) ?? [];
		const isLess = piecesAt(this.#host.sysfs, path, this.#names) < told.length;
		sight.goingSince = isLess ? (sight.goingSince ?? t) : undefined;
		void this.#read(sight);
	}

	/**
	 * Keeps what is there of a device that is not whole yet: it may go before it is, and its
	 * descriptors go first (usb_bus_notify in drivers/usb/core/usb.c).
	 */
	#glimpse(sight: Sight): void {
		const { sysfs } = this.#host;
		const parts = movingParts(sysfs, sight.path, this.#names);
		if (parts === sight.begunParts) return;
		const device = readDevice(sysfs, sight.path, this.#names);
		if (device && (device.interfaces.length > 0 || !sight.begun)) sight.begun = device;
		sight.begunParts = parts;
	}

	/** The life at this path, which is another one when its number is. */
	#sightAt(path: string, known: Sight | undefined, t: number): Sight {
		const number = numberAt(this.#host.sysfs, path);
		if (known && known.number === number) return known;
		if (known) this.#went(known, t);
		this.#pace.stir();
		const sight: Sight = {
			path,
			number,
			since: t,
			told: undefined,
			begun: undefined,
			begunParts: undefined,
			parts: undefined,
			oddSince: t,
			goingSince: undefined,
			isWanted: true,
			reading: undefined,
			asked: false,
		};
		this.#sights.set(path, sight);
		return sight;
	}

	/** One reading at a time; who asks during one gets the next, which sees what that one missed. */
	#read(sight: Sight): Promise<void> {
		sight.asked = true;
		sight.reading ??= this.#readWhileAsked(sight).finally(() => {
			sight.reading = undefined;
		});
		return sight.reading;
	}

	async #readWhileAsked(sight: Sight): Promise<void> {
		while (sight.asked) {
			sight.asked = false;
			const { path } = sight;
			const { sysfs, dev } = this.#host;
			const strings = await stringsOf(sysfs, path);
			if (this.#stopped || this.#sights.get(path) !== sight) return;
			const names = namesOnBus(sysfs);
			const device = readDevice(sysfs, path, names, { dev, strings });
			if (!device || device.number !== sight.number) continue;
			this.#take(sight, settled(device, names), movingParts(sysfs, path, names));
		}
	}

	#take(sight: Sight, device: UsbDevice | undefined, parts: string): void {
		const { clock } = this.#host;
		const { told, oddSince = clock.now() } = sight;
		const waited = (clock.now() - oddSince) / clock.speed;
		if (!device || (device.interfaces.length === 0 && waited < patience)) return;
		sight.parts = parts;
		sight.oddSince = undefined;
		sight.goingSince = undefined;
		sight.isWanted = this.#wanted(device);
		if (!sight.isWanted) {
			this.#forget(sight, oddSince);
			return;
		}
		if (told && JSON.stringify(told) === JSON.stringify(device)) return;
		sight.told = device;
		this.#pace.stir();
		this.devices.set(sight.path, device);
		if (told) this.#say({ type: 'usb-changed', device }, oddSince);
		else this.#say({ type: 'usb-came', device }, sight.since);
	}

	/** Its drivers and interfaces go before it does: it went when the first was seen to be missing. */
	#went(sight: Sight, t: number): void {
		this.#sights.delete(sight.path);
		this.#forget(sight, sight.goingSince ?? t);
	}

	#forget(sight: Sight, t: number): void {
		const { path } = sight;
		const told = sight.told ?? this.#toldLate(sight);
		sight.told = undefined;
		if (!told) return;
		this.devices.delete(path);
		this.#say({ type: 'usb-went', path, vid: told.vid, pid: told.pid }, t);
	}

	/** A life that ended before its drivers were bound, on a slow machine or in a fast loop. */
	#toldLate({ begun, isWanted, since }: Sight): UsbDevice | undefined {
		if (!begun || !isWanted || !this.#wanted(begun)) return undefined;
		this.#say({ type: 'usb-came', device: begun }, since);
		return begun;
	}

	/** Times never go back: what took long to read is said after what went meanwhile. */
	#say(fact: Fact, t: number): void {
		this.#said = Math.max(this.#said, t);
		this.#emit('usb', fact, this.#said);
	}
}
