/** `lsusb -t`, of old and new usbutils: ports, interfaces and their drivers. It tells ids with -v only. */
import type { UsbDevice } from '../../../events.ts';
import type { Importer, LineReader } from '../importer.ts';
import type { Line } from '../line.ts';
import type { Paste } from '../paste.ts';

const root = /^\/: +Bus (\d{1,3})\.Port \d{1,3}: Dev (\d{1,3}), (.*)$/;
const branch = /^\|__ Port (\d{1,3}): Dev (\d{1,3}), (?:If (\d{1,3}), )?(.*)$/;
const ids = /^ID ([0-9a-f]{4}):([0-9a-f]{4})(?: (.*))?$/i;
const places = /^\/sys\/bus\/usb\/devices\/\S+ +\/dev\/bus\/usb\//;
const details = /Class=([^,]*), Driver=([^,]*?)(?:\/\d+p)?, ([\d.]+)M/;
const classes: readonly (readonly [RegExp, string])[] = [
	[/vendor/i, 'ff'],
	[/hub/i, '09'],
	[/communications|CDC Control/i, '02'],
	[/cdc data/i, '0a'],
	[/mass storage/i, '08'],
	[/human interface/i, '03'],
	[/wireless/i, 'e0'],
];

export const lsusbTree: Importer = {
	reads: 'lsusb -t',
	isSure: true,
	begin: (paste) => new Reading(paste),
};

class Reading implements LineReader {
	readonly #paste: Paste;
	#bus: number | undefined;
	/** The ports on the way to the device that was told last. */
	#way: { indent: number; path: string }[] = [];
	#device: UsbDevice | undefined;

	constructor(paste: Paste) {
		this.#paste = paste;
	}

	command(command: string): void {
		if (/\blsusb\b.* -\w*t/.test(command)) this.#paste.usb.listsAgain('lsusb -t');
	}

	take(line: Line): boolean {
		const [, bus, device] = root.exec(line.text) ?? [];
		if (bus !== undefined) {
			this.#bus = Number(bus);
			this.#way = [];
			this.#device = this.#listed(Number(device), line);
			this.#device.path = `usb${this.#bus}`;
			return true;
		}
		if (this.#bus === undefined) return false;
		const [, port, number, iface, rest] = branch.exec(line.text) ?? [];
		if (port !== undefined) {
			this.#branch(line, Number(port), Number(number), iface, rest ?? '');
			return true;
		}
		const [, vid, pid, name] = ids.exec(line.text) ?? [];
		if (vid === undefined || !this.#device) return places.test(line.text);
		Object.assign(this.#device, { vid: vid.toLowerCase(), pid: pid!.toLowerCase() });
		if (name) this.#device.product ??= name;
		return true;
	}

	#listed(number: number, line: Line): UsbDevice {
		const isAgain = this.#device === undefined || this.#device.number !== number;
		return this.#paste.usb.listed('lsusb -t', this.#bus!, number, line, isAgain);
	}

	#branch(line: Line, port: number, number: number, iface = '', rest: string): void {
		while (this.#way.length > 0 && this.#way.at(-1)!.indent >= line.indent) this.#way.pop();
		const above = this.#way.at(-1)?.path;
		const path = above === undefined ? `${this.#bus}-${port}` : `${above}.${port}`;
		this.#way.push({ indent: line.indent, path });
		const device = this.#listed(number, line);
		this.#device = device;
		device.path = path;
		delete device.driversTold;
		const [, kind = '', driver = '', speed] = details.exec(rest) ?? [];
		if (speed !== undefined) device.speed = Number(speed);
		if (iface === '' || device.interfaces.some((known) => known.number === Number(iface))) return;
		const code = classes.find(([name]) => name.test(kind))?.[1] ?? '';
		device.interfaces.push({
			number: Number(iface),
			class: `${code}//`,
			// It does not tell them.
			endpoints: 0,
			...(driver === '' || /none/.test(driver) ? {} : { driver }),
			nodes: [],
		});
	}
}
