/** `lsusb -v`: what a device's descriptors say. It names no port path and no driver. */
import type { UsbDevice, UsbEndpoint, UsbInterface } from '../../../events.ts';
import type { Importer, LineReader } from '../importer.ts';
import type { Line } from '../line.ts';
import type { Paste } from '../paste.ts';

const title = /^Bus (\d{1,3}) Device (\d{1,3}): ID ([0-9a-f]{4}):([0-9a-f]{4})(?: (.*))?$/i;
const descriptor = /^([A-Z][\w() ]{0,40}) Descriptor(?: Type)?:$/;
const field = /^(b|bm|bcd|i|id|w|dw|Max)([A-Z]\w{0,40}) +(\S+) *(.*)$/;
const others =
	/^(?:Transfer Type|Synch Type|Usage Type|\(Bus Powered\)|Self Powered|Bus Powered|Remote Wakeup|Device Status:|Negotiated speed:|Couldn't open device|can't get |\*\* UNRECOGNIZED|ACM:|Union:|CDC |Port \d|Lowest |Latency|Device can operate|Debug Mode|U1|U2|Alternate|line coding|\(error\)|Hub Port Status|FIXME|Binary Object Store)/;

export const lsusbVerbose: Importer = {
	reads: 'lsusb -v',
	isSure: true,
	begin: (paste) => new Reading(paste),
};

class Reading implements LineReader {
	readonly #paste: Paste;
	#before: Line | undefined;
	#device: UsbDevice | undefined;
	#iface: (UsbInterface & { pipes: UsbEndpoint[] }) | undefined;
	/** An alternate setting of an interface that is known, or nothing that is looked at. */
	#isElsewhere = false;

	constructor(paste: Paste) {
		this.#paste = paste;
	}

	command(): void {
		this.#device = undefined;
	}

	take(line: Line): boolean {
		// The line that names the device is one of plain lsusb too; the next one tells.
		if (title.test(line.text)) {
			this.#before = line;
			this.#device = undefined;
			return false;
		}
		if (line.text === 'Device Descriptor:' && this.#before) {
			this.#begin(this.#before);
			return true;
		}
		if (!this.#device) return false;
		const [, prefix, name, value = '', words = ''] = field.exec(line.text) ?? [];
		if (name !== undefined) {
			this.#field(`${prefix}${name}`, value, words);
			return true;
		}
		const kind = descriptor.exec(line.text)?.[1];
		if (kind === 'Interface') this.#isElsewhere = false;
		else if (kind !== undefined && kind !== 'Endpoint') this.#isElsewhere = true;
		const [, transfer] = /^Transfer Type +(\w+)/.exec(line.text) ?? [];
		const pipe = this.#iface?.pipes.at(-1);
		if (transfer && pipe && !this.#isElsewhere) {
			pipe.type = transfer.toLowerCase() as UsbEndpoint['type'];
		}
		return kind !== undefined || others.test(line.text);
	}

	#begin(line: Line): void {
		const [, bus, number, vid, pid] = title.exec(line.text)!;
		const { usb } = this.#paste;
		this.#device = usb.listed('lsusb -v', Number(bus), Number(number), line, false);
		Object.assign(this.#device, { vid: vid!.toLowerCase(), pid: pid!.toLowerCase() });
		this.#device.interfaces.length = 0;
		this.#iface = undefined;
		this.#isElsewhere = true;
	}

	#field(name: string, value: string, words: string): void {
		const device = this.#device!;
		if (name === 'iProduct' && words) device.product = words.trim();
		if (name === 'iManufacturer' && words) device.manufacturer = words.trim();
		if (name === 'iSerial' && words) device.serial = words.trim();
		if (this.#isElsewhere) return;
		if (name === 'bInterfaceNumber') this.#interface(Number(value));
		const iface = this.#iface;
		if (!iface) return;
		if (name === 'bNumEndpoints') iface.endpoints = Number(value);
		const part = ['bInterfaceClass', 'bInterfaceSubClass', 'bInterfaceProtocol'].indexOf(name);
		if (part >= 0) {
			const codes = iface.class.split('/');
			codes[part] = Number(value).toString(16).padStart(2, '0');
			iface.class = codes.join('/');
		}
		const [, address] = name === 'bEndpointAddress' ? (/^0x([0-9a-f]{2})$/i.exec(value) ?? []) : [];
		if (address) iface.pipes.push({ address: address.toLowerCase(), type: 'bulk' });
	}

	#interface(number: number): void {
		const { interfaces } = this.#device!;
		this.#isElsewhere = interfaces.some((iface) => iface.number === number);
		if (this.#isElsewhere) return;
		this.#iface = { number, class: '//', endpoints: 0, pipes: [], nodes: [] };
		interfaces.push(this.#iface);
	}
}
