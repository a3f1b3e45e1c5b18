/**
 * Watches the USB devices of a host. sysfs is the truth. A scan costs the listing of one folder; it
 * runs whenever hotplug reports something, and by the clock. A device that differs is read again.
 */
import type { Emit, Fact, UsbDevice } from '../../events.ts';
import type { Host } from '../../host.ts';
import { type Hotplug, watchHotplug } from './hotplug.ts';
import { PollScheduler, type ScanDepth } from './poll-scheduler.ts';
import {
	changeableState,
	ifComplete,
	interfacesAndDrivers,
	namesOnBus,
	numberAt,
	pathsAmong,
	readDevice,
	stringsOf,
} from './sysfs.ts';

/** A device without interfaces is reported as such after this time, wall seconds: most still get them. */
const patience = 1;

export type UsbWatch = {
	/** What is plugged in now, by path. */
	devices(): ReadonlyMap<string, UsbDevice>;
	/** Scans and reads everything now; resolves when every change has been emitted. */
	rescan(): Promise<void>;
	stop(): void;
};

/** A device from its coming to its going; a re-enumeration makes a new record. */
type DeviceRecord = {
	readonly path: string;
	readonly number: number | undefined;
	/** When it was seen first. */
	readonly since: number;
	/** It was there before the first scan. */
	readonly found: boolean;
	/** What was emitted last, if the device is wanted. */
	announced: UsbDevice | undefined;
	/** What was seen before it was complete; emitted if it goes before that. */
	partial: UsbDevice | undefined;
	/** `changeableState` when `partial` was read. */
	partialState: string | undefined;
	/** `changeableState` at the last complete read. */
	state: string | undefined;
	/** The first scan that differed from the last full read. */
	differsSince: number | undefined;
	/** The first scan with fewer interfaces or bound drivers than were emitted. */
	losingSince: number | undefined;
	isWanted: boolean;
	reading: Promise<void> | undefined;
	readAgain: boolean;
};

type Scan = ScanDepth & { readonly t: number; readonly readAll: boolean };

/** Emits `usb-came`, `usb-changed` and `usb-went` for devices that `wanted` accepts. */
export async function watchUsb(
	host: Host,
	emit: Emit,
	wanted: (device: UsbDevice) => boolean,
): Promise<UsbWatch> {
	const watch = new Watch(host, emit, wanted);
	await watch.rescan();
	watch.start();
	return {
		devices: () => watch.devices,
		rescan: () => watch.rescan(),
		stop: () => watch.stop(),
	};
}

class Watch {
	readonly devices = new Map<string, UsbDevice>();
	readonly #host: Host;
	readonly #emit: Emit;
	readonly #wanted: (device: UsbDevice) => boolean;
	readonly #records = new Map<string, DeviceRecord>();
	#hotplug: Hotplug | undefined;
	readonly #scheduler = new PollScheduler(() => this.scan());
	#names: readonly string[] = [];
	#lastNames = '';
	#lastEmitted = Number.NEGATIVE_INFINITY;
	#stopped = false;
	/** What the first scan finds was there before. */
	#isFirst = true;

	constructor(host: Host, emit: Emit, wanted: (device: UsbDevice) => boolean) {
		this.#host = host;
		this.#emit = emit;
		this.#wanted = wanted;
	}

	start(): void {
		this.#hotplug = watchHotplug(this.#host, () => {
			this.#scheduler.bump();
			this.scan();
		});
		// Devices may have come before the watch on hotplug began.
		this.scan();
	}

	stop(): void {
		this.#stopped = true;
		this.#scheduler.stop();
		this.#hotplug?.stop();
	}

	async rescan(): Promise<void> {
		this.scan(true);
		await Promise.all([...this.#records.values()].map(({ reading }) => reading));
	}

	/** Emits at once what is gone, and reads what is new or different. */
	scan(readAll = false): void {
		if (this.#stopped) return;
		const t = this.#host.clock.now();
		this.#names = namesOnBus(this.#host.sysfs);
		const seen = this.#names.join();
		const isOther = seen !== this.#lastNames;
		this.#lastNames = seen;
		if (isOther) this.#scheduler.bump();
		const scan = { t, readAll, ...this.#scheduler.nextScan(isOther || readAll) };
		const paths = new Set(pathsAmong(this.#names));
		for (const record of this.#records.values()) if (!paths.has(record.path)) this.#went(record, t);
		for (const path of paths) this.#scanPath(path, scan);
		this.#isFirst = false;
		if (this.#hotplug) this.#scheduler.reschedule(this.#hotplug.isComplete);
	}

	#scanPath(path: string, { t, readAll, close, all }: Scan): void {
		const known = this.#records.get(path);
		if (known && !known.isWanted && !all) return;
		const record = this.#recordAt(path, known, t);
		if (!record.announced && record.isWanted) this.#snapshotPartial(record);
		const isClose = close || record.differsSince !== undefined;
		const differs = () =>
			record.differsSince !== undefined ||
			changeableState(this.#host.sysfs, path, this.#names) !== record.state;
		if (!readAll && !(isClose && differs())) return;
		record.differsSince ??= t;
		const told =
			record.announced?.interfaces.flatMap(({ driver }) => (driver ? [1, 1] : [1])) ?? [];
		const isLess = interfacesAndDrivers(this.#host.sysfs, path, this.#names) < told.length;
		record.losingSince = isLess ? (record.losingSince ?? t) : undefined;
		void this.#read(record);
	}

	/**
	 * Keeps what can be read of a device that is not complete yet. It may go before it is, and then
	 * its descriptors vanish first (usb_bus_notify in drivers/usb/core/usb.c).
	 */
	#snapshotPartial(record: DeviceRecord): void {
		const { sysfs } = this.#host;
		const parts = changeableState(sysfs, record.path, this.#names);
		if (parts === record.partialState) return;
		const device = readDevice(sysfs, record.path, this.#names);
		if (device && (device.interfaces.length > 0 || !record.partial)) record.partial = device;
		record.partialState = parts;
	}

	/** The record of the device at this path: a new one when its number has changed. */
	#recordAt(path: string, known: DeviceRecord | undefined, t: number): DeviceRecord {
		const number = numberAt(this.#host.sysfs, path);
		if (known && known.number === number) return known;
		if (known) this.#went(known, t);
		this.#scheduler.bump();
		const record: DeviceRecord = {
			path,
			number,
			since: t,
			found: this.#isFirst,
			announced: undefined,
			partial: undefined,
			partialState: undefined,
			state: undefined,
			differsSince: t,
			losingSince: undefined,
			isWanted: true,
			reading: undefined,
			readAgain: false,
		};
		this.#records.set(path, record);
		return record;
	}

	/** One read at a time. A request during a read starts another: the first may have missed it. */
	#read(record: DeviceRecord): Promise<void> {
		record.readAgain = true;
		record.reading ??= this.#readWhileAsked(record).finally(() => {
			record.reading = undefined;
		});
		return record.reading;
	}

	async #readWhileAsked(record: DeviceRecord): Promise<void> {
		while (record.readAgain) {
			record.readAgain = false;
			const { path } = record;
			const { sysfs, dev } = this.#host;
			const strings = await stringsOf(sysfs, path);
			if (this.#stopped || this.#records.get(path) !== record) return;
			const names = namesOnBus(sysfs);
			const device = readDevice(sysfs, path, names, { dev, strings });
			if (!device || device.number !== record.number) continue;
			this.#accept(record, ifComplete(device, names), changeableState(sysfs, path, names));
		}
	}

	#accept(record: DeviceRecord, device: UsbDevice | undefined, parts: string): void {
		const { clock } = this.#host;
		const { announced, differsSince = clock.now() } = record;
		const waited = (clock.now() - differsSince) / clock.speed;
		if (!device || (device.interfaces.length === 0 && waited < patience)) return;
		record.state = parts;
		record.differsSince = undefined;
		record.losingSince = undefined;
		record.isWanted = this.#wanted(device);
		if (!record.isWanted) {
			this.#forget(record, differsSince);
			return;
		}
		if (announced && JSON.stringify(announced) === JSON.stringify(device)) return;
		record.announced = device;
		this.#scheduler.bump();
		this.devices.set(record.path, device);
		if (announced) this.#emitInOrder({ type: 'usb-changed', device }, differsSince);
		else this.#emitCame(record, device);
	}

	/** Drivers and interfaces go first, so the device went when the first of them was missing. */
	#went(record: DeviceRecord, t: number): void {
		this.#records.delete(record.path);
		this.#forget(record, record.losingSince ?? t);
	}

	#forget(record: DeviceRecord, t: number): void {
		const { path } = record;
		const told = record.announced ?? this.#announceLate(record);
		record.announced = undefined;
		if (!told) return;
		this.devices.delete(path);
		this.#emitInOrder({ type: 'usb-went', path, vid: told.vid, pid: told.pid }, t);
	}

	/** For a device that went before its drivers were bound: on a slow machine, or in a fast loop. */
	#announceLate(record: DeviceRecord): UsbDevice | undefined {
		const { partial, isWanted } = record;
		if (!partial || !isWanted || !this.#wanted(partial)) return undefined;
		this.#emitCame(record, partial);
		return partial;
	}

	#emitCame({ since, found }: DeviceRecord, device: UsbDevice): void {
		this.#emitInOrder({ type: 'usb-came', device, ...(found ? { found } : {}) }, since);
	}

	/** Times never go back: a slow read is emitted after what went in the meantime. */
	#emitInOrder(fact: Fact, t: number): void {
		this.#lastEmitted = Math.max(this.#lastEmitted, t);
		this.#emit('usb', fact, this.#lastEmitted);
	}
}
