/**
 * Watches the USB life of a host. sysfs is the truth: it is glanced at ten times a second, at the
 * cost of listing one folder, and whenever hotplug wakes us; what looks different is read.
 */
import type { Emit, Fact, UsbDevice } from '../events.ts';
import type { Host } from '../host.ts';
import { wakeOnHotplug } from './hotplug.ts';
import { movingParts, namesOnBus, numberAt, pathsAmong, readDevice } from './sysfs.ts';

/** Wall milliseconds between two glances: no life of 0.2 s is missed where no udevd runs. */
const glanceEvery = 100;
/** Glances between two that compare drivers and nodes too, of modems and of what is none. */
const closely = 10;
const seldom = 100;
/** So many glances after a change every one is close: drivers bind and nodes appear. */
const lively = 20;
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
	/** `movingParts` at the last reading that found it whole. */
	parts: string | undefined;
	/** Since when it has not been whole. */
	oddSince: number | undefined;
	/** Glances since it last changed. */
	quiet: number;
	isWanted: boolean;
	reading: Promise<void> | undefined;
	asked: boolean;
};

/** Says `usb-came`, `usb-changed` and `usb-went` for devices that `wanted` accepts. */
export async function watchUsb(
	host: Host,
	emit: Emit,
	wanted: (device: UsbDevice) => boolean,
): Promise<UsbWatch> {
	const watch = new Watch(host, emit, wanted);
	await watch.look();
	const wake = () => watch.glance();
	const stopWaking = await wakeOnHotplug(host, wake);
	const timer = setInterval(wake, glanceEvery);
	return {
		devices: () => watch.devices,
		look: () => watch.look(),
		stop: () => {
			watch.stop();
			clearInterval(timer);
			stopWaking();
		},
	};
}

class Watch {
	readonly devices = new Map<string, UsbDevice>();
	readonly #host: Host;
	readonly #emit: Emit;
	readonly #wanted: (device: UsbDevice) => boolean;
	readonly #sights = new Map<string, Sight>();
	#names: readonly string[] = [];
	#seen = '';
	#glances = 0;
	#said = Number.NEGATIVE_INFINITY;
	#stopped = false;

	constructor(host: Host, emit: Emit, wanted: (device: UsbDevice) => boolean) {
		this.#host = host;
		this.#emit = emit;
		this.#wanted = wanted;
	}

	stop(): void {
		this.#stopped = true;
	}

	async look(): Promise<void> {
		this.glance(true);
		await Promise.all([...this.#sights.values()].map(({ reading }) => reading));
	}

	/** Says at once what is gone, and reads what is new or looks different. */
	glance(readAll = false): void {
		if (this.#stopped) return;
		const t = this.#host.clock.now();
		this.#glances++;
		this.#names = namesOnBus(this.#host.sysfs);
		const seen = this.#names.join();
		const isOther = seen !== this.#seen;
		this.#seen = seen;
		const paths = new Set(pathsAmong(this.#names));
		for (const sight of this.#sights.values()) if (!paths.has(sight.path)) this.#went(sight, t);
		for (const path of paths) {
			const sight = this.#sightAt(path, t, isOther || readAll);
			if (readAll || this.#differs(sight, isOther)) void this.#read(sight, t);
		}
	}

	/** The life at this path, which is another one when its number is. */
	#sightAt(path: string, t: number, isOther: boolean): Sight {
		const known = this.#sights.get(path);
		if (known && !known.isWanted && !isOther && !this.#isDue(seldom)) return known;
		const number = numberAt(this.#host.sysfs, path);
		if (known && known.number === number) return known;
		if (known) this.#went(known, t);
		const sight: Sight = {
			path,
			number,
			since: t,
			told: undefined,
			parts: undefined,
			oddSince: t,
			quiet: 0,
			isWanted: true,
			reading: undefined,
			asked: false,
		};
		this.#sights.set(path, sight);
		return sight;
	}

	#isDue = (every: number) => this.#glances % every === 0;

	#differs(sight: Sight, isOther: boolean): boolean {
		sight.quiet++;
		if (sight.oddSince !== undefined) return true;
		const isDue = sight.isWanted
			? sight.quiet < lively || this.#isDue(closely)
			: this.#isDue(seldom);
		if (!isOther && !isDue) return false;
		return movingParts(this.#host.sysfs, sight.path, this.#names) !== sight.parts;
	}

	/** One reading at a time; who asks during one gets the next, which sees what that one missed. */
	#read(sight: Sight, t: number): Promise<void> {
		sight.asked = true;
		sight.reading ??= this.#readWhileAsked(sight, t).finally(() => {
			sight.reading = undefined;
		});
		return sight.reading;
	}

	async #readWhileAsked(sight: Sight, t: number): Promise<void> {
		while (sight.asked) {
			sight.asked = false;
			const names = this.#names;
			const { sysfs, dev } = this.#host;
			const parts = movingParts(sysfs, sight.path, names);
			const device = await readDevice(sysfs, sight.path, names, dev);
			if (this.#stopped || this.#sights.get(sight.path) !== sight) return;
			this.#take(sight, device, parts, t);
		}
	}

	#take(sight: Sight, device: UsbDevice | undefined, parts: string, t: number): void {
		const { clock } = this.#host;
		if (!device || device.interfaces.length === 0) {
			sight.oddSince ??= t;
			const waited = (clock.now() - sight.oddSince) / clock.speed;
			if (!device || waited < patience) return;
		}
		const { told } = sight;
		sight.parts = parts;
		sight.oddSince = undefined;
		sight.isWanted = this.#wanted(device);
		if (!sight.isWanted) {
			this.#forget(sight, t);
			return;
		}
		if (told && JSON.stringify(told) === JSON.stringify(device)) return;
		sight.told = device;
		sight.quiet = 0;
		this.devices.set(sight.path, device);
		if (told) this.#say({ type: 'usb-changed', device }, t);
		else this.#say({ type: 'usb-came', device }, sight.since);
	}

	/** Its interfaces go before it does: it went when the first was seen to be missing. */
	#went(sight: Sight, t: number): void {
		this.#sights.delete(sight.path);
		this.#forget(sight, sight.oddSince ?? t);
	}

	#forget(sight: Sight, t: number): void {
		const { told, path } = sight;
		sight.told = undefined;
		if (!told) return;
		this.devices.delete(path);
		this.#say({ type: 'usb-went', path, vid: told.vid, pid: told.pid }, t);
	}

	/** Times never go back: what took long to read is said after what went meanwhile. */
	#say(fact: Fact, t: number): void {
		this.#said = Math.max(this.#said, t);
		this.#emit('usb', fact, this.#said);
	}
}
