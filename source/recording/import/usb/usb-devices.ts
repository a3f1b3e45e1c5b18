/** `usb-devices` and /sys/kernel/debug/usb/devices (Documentation/driver-api/usb/usb.rst). */
import type { UsbDevice } from '../../../events.ts';
import type { Importer, LineReader } from '../importer.ts';
import type { Line } from '../line.ts';
import type { Paste } from '../paste.ts';

const topology =
	/^T: +Bus= *(\d+) +Lev= *(\d+) +Prnt= *(\d+) +Port= *(\d+) +Cnt= *\d+ +Dev#= *(\d+) +Spd= *([\d.]+)/;
const product = /^P: +Vendor= *([0-9a-f]{4}) +ProdID= *([0-9a-f]{4})/i;
const string = /^S: +(Manufacturer|Product|SerialNumber)= *(.*)$/;
const iface =
	/^I:[* ] *If#= *((?:0x)?[0-9a-f]+) +Alt= *(\d+) +#EPs= *(\d+) +Cls= *([0-9a-f]{2})(?:\([^)]*\)|\S*) +Sub= *([0-9a-f]{2}) +Prot= *([0-9a-f]{2})(?: +Driver= *(\S*))?/i;
const endpoint = /^E: +Ad= *([0-9a-f]{2})\([IO]\) +Atr=\S*?\((\w+)/i;
const types = { Bulk: 'bulk', 'Int.': 'interrupt', Int: 'interrupt', Isoc: 'isochronous' } as const;
const others = /^(?:B:|D:|C:|A:|E:)/;
const names = {
	Manufacturer: 'manufacturer',
	Product: 'product',
	SerialNumber: 'serial',
} as const;

export const usbDevices: Importer = {
	reads: 'usb-devices',
	isSure: true,
	begin: (paste) => new Reading(paste),
};

class Reading implements LineReader {
	readonly #paste: Paste;
	/** By bus and device number: a device names its parent so. */
	readonly #paths = new Map<string, string>();
	#device: UsbDevice | undefined;

	constructor(paste: Paste) {
		this.#paste = paste;
	}

	command(command: string): void {
		this.#device = undefined;
		if (/\busb-devices\b|\/usb\/devices\b/.test(command)) this.#paste.usb.listsAgain('usb-devices');
	}

	take(line: Line): boolean {
		const { text } = line;
		const place = topology.exec(text);
		if (place) {
			this.#begin(place.slice(1).map(Number), line);
			return true;
		}
		const device = this.#device;
		if (!device) return false;
		const [, vid, pid] = product.exec(text) ?? [];
		if (vid) Object.assign(device, { vid: vid.toLowerCase(), pid: pid!.toLowerCase() });
		const [, name, value] = string.exec(text) ?? [];
		if (name) device[names[name as keyof typeof names]] = value!;
		const found = iface.exec(text);
		if (found) this.#interface(device, found);
		const [, address, type = ''] = endpoint.exec(text) ?? [];
		if (address) this.#endpoint(device, address, type);
		return Boolean(vid || name || found || others.test(text));
	}

	#begin(numbers: readonly number[], line: Line): void {
		const [bus = 0, level = 0, parent = 0, port = 0, number = 0, speed = 0] = numbers;
		const device = this.#paste.usb.listed('usb-devices', bus, number, line);
		// Its ports count from 0. A parent that was not pasted leaves a part of the path open.
		const above = this.#paths.get(`${bus}/${parent}`);
		const path =
			level === 0
				? `usb${bus}`
				: level === 1
					? `${bus}-${port + 1}`
					: `${above ?? `${bus}-?`}.${port + 1}`;
		this.#paths.set(`${bus}/${number}`, path);
		Object.assign(device, { path, speed, interfaces: [] });
		delete device.driversTold;
		this.#device = device;
	}

	#interface(device: UsbDevice, found: RegExpExecArray): void {
		const [, number = '', , endpoints, kind, sub, protocol, driver = ''] = found;
		const entry = {
			number: Number(number),
			class: `${kind}/${sub}/${protocol}`.toLowerCase(),
			endpoints: Number(endpoints),
			pipes: [],
			...(driver === '' || /^\(?\[?none/.test(driver) ? {} : { driver }),
			nodes: [],
		};
		// An alternate setting is the same interface.
		if (!device.interfaces.some((known) => known.number === entry.number)) {
			device.interfaces.push(entry);
		}
	}

	#endpoint({ interfaces }: UsbDevice, address: string, type: string): void {
		const kind = types[type as keyof typeof types] ?? types[`${type}.` as keyof typeof types];
		interfaces.at(-1)?.pipes?.push({ address: address.toLowerCase(), type: kind ?? 'control' });
	}
}
