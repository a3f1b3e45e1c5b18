/**
 * Quectel's QFirehose and QFlash: remarks with the seconds since the tool's start, or with month, day
 * and time. It names what it finds on USB.
 */
import type { Importer, LineReader } from '../importer.ts';
import type { Line } from '../line.ts';
import type { Paste } from '../paste.ts';

const seconds = /^\[(\d{1,6}\.\d{3})\]:? (.*)$/;
/** `[07-23_09:16:52:554] `. */
const date = /^\[(\d\d)-(\d\d)_(\d\d):(\d\d):(\d\d):(\d{3})\] ?(.*)$/;
/** `P: /dev/bus/usb/003/002 idVendor=05c6 idProduct=9008`. */
const seen = /P: \/dev\/bus\/usb\/(\d{3})\/(\d{3}) idVendor=([0-9a-f]{4}) idProduct=([0-9a-f]{4})/i;
const interfaces = /C: \/dev\/bus\/usb\/(\d{3})\/(\d{3}) bNumInterfaces: (\d+)/;
const plain =
	/^(?:qfirehose\.c|STATE (?:<--|←)|RECEIVED (?:<--|←)|SENDING (?:-->|→)|Upgrade module|Version: QFirehose)/;

export const qfirehose: Importer = {
	reads: 'QFirehose or QFlash',
	begin: (paste) => new Reading(paste),
};

class Reading implements LineReader {
	readonly #paste: Paste;
	readonly #clock;

	constructor(paste: Paste) {
		this.#paste = paste;
		this.#clock = paste.clock();
	}

	take(line: Line): boolean {
		const text = this.#untimed(line.text);
		if (text === undefined) return false;
		const moment = this.#clock.isSet ? this.#clock.now : this.#paste.untimed;
		if (text !== '') this.#paste.note(line, moment, text);
		const [, bus, number, vid, pid] = seen.exec(text) ?? [];
		if (bus !== undefined) {
			const device = this.#paste.usb.listed('QFirehose', Number(bus), Number(number), line);
			Object.assign(device, { vid: vid!.toLowerCase(), pid: pid!.toLowerCase() });
		}
		const [, onBus, at, count] = interfaces.exec(text) ?? [];
		if (onBus !== undefined) {
			const device = this.#paste.usb.listed('QFirehose', Number(onBus), Number(at), line, false);
			device.interfaces = Array.from({ length: Number(count) }, (_, index) => ({
				number: index,
				class: 'ff//',
				endpoints: 0,
				nodes: [],
			}));
		}
		return true;
	}

	#untimed(line: string): string | undefined {
		const [, since, text] = seconds.exec(line) ?? [];
		if (since !== undefined) {
			this.#clock.at({ kind: 'tool', seconds: Number(since) });
			return text;
		}
		const [, month, day, h, m, s, ms, rest] = date.exec(line) ?? [];
		if (month === undefined) return plain.test(line) ? line : undefined;
		const [mm, dd, hh, min, sec, milli] = [month, day, h, m, s, ms].map(Number);
		const at = Date.UTC(1970, mm! - 1, dd, hh, min, sec, milli) / 1000;
		this.#clock.at({ kind: 'yearless', seconds: at });
		return rest ?? '';
	}
}
