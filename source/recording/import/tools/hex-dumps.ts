/**
 * Bytes as other tools print them: openpst's and QPST's dumps with their direction, usbmon's text,
 * `hexdump -C` and `xxd`. The column of characters is no data.
 */
import type { EventOf } from '../../../events.ts';
import { recognise } from '../../../protocol/decode/recognise.ts';
import type { Importer, LineReader } from '../importer.ts';
import type { Line } from '../line.ts';
import type { Paste } from '../paste.ts';
import type { Moment } from '../time/clock.ts';

const announced =
	/^(?:Dumping )?(\d+) bytes? (written|read|sent|received)\b|^(?:(Tx|Rx|TX|RX|Write|Read|Sent|Received)) ?(?:\((\d+)\)|\d+ bytes)? ?: ?$/;
const litefw = /^(Tx|Rx)\((\d+)\): ?((?:[0-9a-f]{2} ?)+)/i;
const row =
	/^(?:([0-9a-f]{4,8})[: ] ?)?((?:(?:0x)?[0-9a-f]{2}[ :,]{1,2}){0,31}(?:0x)?[0-9a-f]{2}|(?:[0-9a-f]{4} ){1,8}[0-9a-f]{0,4})(?: *\|.*| {2,}\S.*)?$/i;
/** `hexdump -C` and `xxd`, with an offset that tells them from other words. */
const dumped =
	/^([0-9a-f]{4,8})(?:: ?((?:[0-9a-f]{2,8} ){1,16})| {2}((?:[0-9a-f]{2} {1,2}){1,16}))(?: *\|.*\|?| .*)?$/i;
/** `TX: 7E 70 00`, `<- 01 00 00 00`: a message a line, with its direction. */
const directed =
	/^(tx|rx|write|read|wrote|sent|send|recv|received|out|in|-->|<--|->|<-|>>|<<) ?(?:\(\d+\)|\[\d+\])? ?[:=>]? ?((?:0x)?[0-9a-f]{2}(?:[ :,]{1,2}(?:0x)?[0-9a-f]{2}){3,})$/i;
/** Nothing but bytes, more than a version or a time has. */
const alone = /^[0-9a-f]{2}(?:[ :][0-9a-f]{2}){4,}$/i;
/** Tag, microseconds, event, type and way, bus, device, endpoint (Documentation/usb/usbmon.rst). */
const usbmon =
	/^[0-9a-f]{8,16} (\d{1,12}) ([SCE]) ([BCIZ])([io]):(\d+):(\d+):(\d+) (-?\d+)(?::\d+)*(?: \d+)?(?: (=|<|>)(?: ([0-9a-f ]+))?)?$/i;

export const hexDumps: Importer = {
	reads: 'bytes in hex: hexdump -C, xxd, usbmon, dumps of openpst and others',
	begin: (paste) => new Reading(paste),
};

type Run = {
	dir: 'in' | 'out';
	bytes: string;
	line: Line;
	moment: Moment;
	next: number | undefined;
};

class Reading implements LineReader {
	readonly #paste: Paste;
	readonly #clock;
	#dir: 'in' | 'out' | undefined;
	#run: Run | undefined;
	readonly #transfers = new Map<string, EventOf<'bytes'>[]>();

	constructor(paste: Paste) {
		this.#paste = paste;
		this.#clock = paste.clock();
	}

	command(): void {
		this.#flush();
		this.#dir = undefined;
	}

	take(line: Line): boolean {
		const { text } = line;
		const [, , wrote, how] = announced.exec(text) ?? [];
		const way = wrote ?? how;
		if (way !== undefined) {
			this.#flush();
			this.#dir = /writ|sent|tx/i.test(way) ? 'out' : 'in';
			return true;
		}
		return this.#usbmon(line) || this.#litefw(line) || this.#directed(line) || this.#row(line);
	}

	end(): void {
		this.#flush();
		// A loader has one endpoint each way: they are one port.
		for (const [device, events] of this.#transfers) {
			const pipes = new Set(events.map(({ port, dir }) => `${dir} ${port}`));
			if ([...pipes].filter((pipe) => pipe.startsWith('in')).length > 1 || pipes.size > 2) continue;
			for (const event of events) event.port = device;
		}
	}

	#usbmon(line: Line): boolean {
		const found = usbmon.exec(line.text);
		if (!found) return false;
		const [, micros, event, type, way, bus, number, endpoint, , mark, data = ''] = found;
		const moment = this.#clock.at({ kind: 'tool', seconds: Number(micros) / 1e6 });
		const dir = way?.toLowerCase() === 'i' ? 'in' : 'out';
		// Data goes out when it is submitted and comes in when that is completed.
		const carries = (event === 'S') === (dir === 'out') && mark === '=';
		const hex = data.replaceAll(' ', '').toLowerCase();
		if (carries && /B/i.test(type!) && hex !== '' && hex.length % 2 === 0) {
			const device = `USB ${Number(bus)}-? (device ${Number(number)})`;
			const port = `${device}, endpoint ${Number(endpoint)}`;
			const said = this.#paste.say('port', { type: 'bytes', port, dir, hex }, line, moment);
			const known = this.#transfers.get(device) ?? [];
			known.push(said as EventOf<'bytes'>);
			this.#transfers.set(device, known);
		}
		return true;
	}

	#litefw(line: Line): boolean {
		const [, way, count, bytes] = litefw.exec(line.text) ?? [];
		if (bytes === undefined) return false;
		const hex = bytes.replaceAll(' ', '').toLowerCase();
		const isWhole = hex.length / 2 === Number(count);
		if (!isWhole) return false;
		const dir = way!.toLowerCase() === 'tx' ? 'out' : 'in';
		const fact = {
			type: 'bytes' as const,
			port: 'the port of fwdwl',
			dir: dir as 'in' | 'out',
			hex,
		};
		this.#paste.say('port', fact, line, this.#paste.untimed);
		return true;
	}

	#directed(line: Line): boolean {
		const [, way, bytes] = directed.exec(line.text) ?? [];
		if (bytes === undefined) return false;
		this.#flush();
		const dir = /^(?:tx|w|s|out|-->|->|>>)/i.test(way!) ? 'out' : 'in';
		const hex = bytes.replace(/0x|[ :,]/gi, '').toLowerCase();
		this.#run = { dir, bytes: hex, line, moment: this.#paste.untimed, next: undefined };
		this.#flush();
		return true;
	}

	#row(line: Line): boolean {
		const [, offset, ofXxd, ofHexdump] = dumped.exec(line.text) ?? [];
		if (offset !== undefined) {
			this.#add(line, (ofXxd ?? ofHexdump)!, Number.parseInt(offset, 16));
			return true;
		}
		const [, , bytes] = row.exec(line.text) ?? [];
		if (bytes === undefined) return false;
		// Bytes without an offset are a dump's where a line before announced them.
		if (this.#dir !== undefined) this.#add(line, bytes, undefined);
		else if (alone.test(line.text)) this.#message(line, bytes);
		else return false;
		return true;
	}

	/** Bytes alone on a line are a message each; who sends such a one tells the direction. */
	#message(line: Line, text: string): void {
		const bytes = text.replace(/[ :]/g, '');
		const dir = recognise(Buffer.from(bytes, 'hex')).sender === 'host' ? 'out' : 'in';
		this.#run = { dir, bytes, line, moment: this.#paste.untimed, next: undefined };
		this.#flush();
	}

	#add(line: Line, text: string, offset: number | undefined): void {
		const bytes = text.replace(/0x|[ :,]/gi, '').toLowerCase();
		if (bytes.length % 2 !== 0) return;
		if (offset !== undefined && this.#run && offset !== this.#run.next) this.#flush();
		const dir = this.#dir ?? 'in';
		this.#run ??= { dir, bytes: '', line, moment: this.#paste.untimed, next: offset };
		this.#run.bytes += bytes;
		if (this.#run.next !== undefined) this.#run.next += bytes.length / 2;
	}

	#flush(): void {
		const run = this.#run;
		this.#run = undefined;
		if (!run) return;
		const port = 'a port that is not named';
		const { dir, bytes, line, moment } = run;
		this.#paste.say('port', { type: 'bytes', port, dir, hex: bytes }, line, moment);
	}
}
