/**
 * The kernel's log (dmesg, journalctl -k, logread): what came and went on USB, and which drivers
 * took it. It tells no descriptors, so a device's interfaces are those that a driver took. Source of
 * the lines: Linux drivers/usb/core/hub.c and message.c, serial/usb-serial.c, class/cdc-wdm.c.
 */
import type { Event, Fact, Source, UsbDevice, UsbInterface } from '../../events.ts';
import type { Recording } from '../file/record.ts';
import { type Importer, unknownStart } from './importer.ts';
import { type LineTime, timeOf } from './kernel-time.ts';

/** `usb 3-1: …`, `qcserial 3-1:1.0: …`, `qmi_wwan 3-1:1.8 wwan0: …`. */
const spoken = /\b([a-z][\w-]*) (\d+-\d+(?:\.\d+)*)(?::\d+\.(\d+))?(?: \w+)?: (.*)$/;
const began =
	/new (low|full|high|super|Super)[ -]?[Ss]peed(?: Plus)?(?: \S+ \S+)? USB device number (\d+)/;
const found = /New USB device found, idVendor=([0-9a-f]{4}), idProduct=([0-9a-f]{4})/;
const strings = /^(Product|Manufacturer|SerialNumber): (.*)$/;
const attached = /now attached to (tty\w+)/;
const wdm = /^(cdc-wdm\d+): USB WDM device/;
const network = /\b(\w+): register '/;
const gone = /USB disconnect, device number/;

const megabits: Readonly<Record<string, number>> = { low: 1.5, full: 12, high: 480, super: 5000 };
const names = { Product: 'product', Manufacturer: 'manufacturer', SerialNumber: 'serial' } as const;
/** Drivers bind within this time after a device has come, seconds; later it is a change. */
const settled = 5;

/** A line of dmesg; of journalctl or logread. A whole log says much before its first word of USB. */
const printed = /^(?:<\d+>)?\[ *\d+\.\d{6}\] |^\S.{10,40} kernel: /;

const isUsb = (line: string) => found.test(line) || gone.test(line) || began.test(line);

export const kernelLog: Importer = {
	reads: 'the kernel’s log',
	recognise: (firstLines) =>
		firstLines.some((line) => printed.test(line) || (spoken.test(line) && isUsb(line))),
	read: (lines, title) => {
		const reading = new Reading();
		for (const line of lines) reading.take(line.trimEnd());
		return reading.end(title);
	},
};

type Sight = { device: UsbDevice; since: number; isGone: boolean };

class Reading {
	readonly #events: Event[] = [];
	readonly #sights = new Map<string, Sight>();
	/** What the line before `New USB device found` told of a path. */
	readonly #coming = new Map<string, { number: number; speed: number | undefined }>();
	#first: LineTime | undefined;
	#t = 0;

	take(line: string): void {
		const [, driver, path, iface, text] = spoken.exec(line) ?? [];
		if (line.includes('usb_modeswitch')) this.#say('log', { type: 'note', text: line });
		if (driver === undefined || path === undefined || text === undefined) return;
		this.#time(line);
		this.#say('log', { type: 'note', text: line.slice(line.indexOf(`${driver} ${path}`)) });
		if (driver === 'usb') this.#core(path, text);
		else if (iface !== undefined) this.#bound(path, Number(iface), driver, line);
	}

	end(title: string): Recording {
		const { isDated = false, seconds = 0 } = this.#first ?? {};
		return {
			header: {
				modemscope: 1,
				started: isDated ? new Date(seconds * 1000).toISOString() : unknownStart,
				title,
				origin: isDated
					? 'imported from the kernel’s log, which tells no descriptors'
					: 'imported from the kernel’s log, which tells no descriptors; its times tell no date',
				speed: 1,
			},
			events: this.#events,
			notes: this.#sights.size > 0 ? [] : ['No USB device comes in this log.'],
		};
	}

	/** A line without a time has that of the line before. Kinds of time that change are not compared. */
	#time(line: string): void {
		const time = timeOf(line);
		if (!time) return;
		this.#first ??= time;
		if (time.isDated !== this.#first.isDated) return;
		this.#t = Math.max(this.#t, time.seconds - this.#first.seconds);
	}

	#core(path: string, text: string): void {
		const [, speed, number] = began.exec(text) ?? [];
		if (number !== undefined) {
			this.#coming.set(path, {
				number: Number(number),
				speed: megabits[speed?.toLowerCase() ?? ''],
			});
		}
		const [, vid, pid] = found.exec(text) ?? [];
		if (vid !== undefined && pid !== undefined) this.#came(path, vid, pid);
		if (gone.test(text)) this.#went(path);
		const sight = this.#here(path);
		if (!sight) return;
		const [, name, value] = strings.exec(text) ?? [];
		if (name !== undefined && value !== undefined) {
			sight.device[names[name as keyof typeof names]] = value;
		}
		const node = attached.exec(text)?.[1];
		// The line before it named the interface and its driver.
		const last = sight.device.interfaces.findLast(({ nodes }) => nodes.length === 0);
		if (node !== undefined && last) this.#change(sight, { ...last, nodes: [node] });
	}

	#bound(path: string, number: number, driver: string, line: string): void {
		const sight = this.#here(path);
		if (!sight || !/detected|register|USB WDM device/.test(line)) return;
		const before = sight.device.interfaces.find((iface) => iface.number === number);
		const node = wdm.exec(line.slice(line.lastIndexOf('cdc-wdm')))?.[1] ?? network.exec(line)?.[1];
		this.#change(sight, {
			number,
			// Neither is told.
			class: '//',
			endpoints: 0,
			driver,
			nodes: [...new Set([...(before?.nodes ?? []), ...(node ? [node] : [])])],
		});
	}

	#here(path: string): Sight | undefined {
		const sight = this.#sights.get(path);
		return sight?.isGone ? undefined : sight;
	}

	#came(path: string, vid: string, pid: string): void {
		const device: UsbDevice = { path, vid, pid, interfaces: [] };
		const { number, speed } = this.#coming.get(path) ?? {};
		if (number !== undefined) device.number = number;
		if (speed !== undefined) device.speed = speed;
		this.#coming.delete(path);
		this.#sights.set(path, { device, since: this.#t, isGone: false });
		this.#say('usb', { type: 'usb-came', device });
	}

	#went(path: string): void {
		const sight = this.#here(path);
		if (!sight) return;
		sight.isGone = true;
		this.#say('usb', { type: 'usb-went', path, vid: sight.device.vid, pid: sight.device.pid });
	}

	/** The coming that was said is completed; what comes much later is a change. */
	#change(sight: Sight, iface: UsbInterface): void {
		const { device } = sight;
		const others = device.interfaces.filter(({ number }) => number !== iface.number);
		const interfaces = [...others, iface].sort((a, b) => a.number - b.number);
		if (this.#t - sight.since <= settled) {
			device.interfaces = interfaces;
			return;
		}
		sight.device = { ...device, interfaces };
		this.#say('usb', { type: 'usb-changed', device: sight.device });
	}

	#say(source: Source, fact: Fact): void {
		this.#events.push({ t: this.#t, source, ...fact });
	}
}
