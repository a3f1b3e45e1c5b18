/**
 * Bytes written as text: `7e 70`, `7e:70`, `0x7e70`, hexdump -C, xxd, usbmon, and the `>>` and `<<` of
 * qmi-firmware-update. Whatever a person copies out of another tool.
 */
export type Written = {
	readonly bytes: Buffer;
	/** `in` is from the modem; undefined when the text does not tell. */
	readonly dir?: 'in' | 'out' | undefined;
	/** Seconds, when the text tells. */
	readonly t?: number | undefined;
};

/** Thrown for text that is no bytes; says where. */
export class NotHex extends Error {
	override name = 'NotHex';
}

/** Lines that belong together; `next` is the offset that the next line of a dump has. */
type Run = { bytes: Buffer[]; length: number; next: number | undefined };

const pairs = (text: string) => Buffer.from(text.replaceAll(/[\s:,]/g, ''), 'hex');

const hexdump =
	/^([0-9a-f]{7,8})(?: {2}((?:[0-9a-f]{2} {1,2}){0,15}[0-9a-f]{2})? *(?:\|.*\|?)?)?$/i;
const xxd = /^([0-9a-f]{4,8}): ([0-9a-f]{2,}(?: [0-9a-f]{2,})*) ?(?: [\s\S]*)?$/i;
/** Tag, microseconds, event, then type, direction, bus, device and endpoint (Documentation/usb/usbmon). */
const usbmon = /^[0-9a-f]{4,16} (\d+) ([SCE]) ([BCIZ])([io]):(\d+):(\d+)(?::(\d+))? /i;
const exchanged = /(>>|<<) ((?:[0-9a-f]{2}:)*[0-9a-f]{2}) \[\d+(, unframed)?/i;
const plainHex = /^(?:0x)?[0-9a-f]+(?:[\s:,]+(?:0x)?[0-9a-f]+)*[\s:,]*$/i;

/** Reads any of the forms; throws `NotHex` when a line is none of them. */
export function readHexText(text: string): Written[] {
	const lines = text
		.replace(/^\ufeff/, '')
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
	const written: Written[] = [];
	let run: Run | undefined;
	const endRun = () => {
		if (run && run.bytes.length > 0) written.push({ bytes: Buffer.concat(run.bytes) });
		run = undefined;
	};
	const isLog = lines.some((line) => exchanged.test(line));
	for (const [index, line] of lines.entries()) {
		const exchange = exchangeIn(line) ?? usbmonIn(line);
		if (exchange) {
			endRun();
			if (exchange.bytes.length > 0) written.push(exchange);
			continue;
		}
		if (isLog || line === '*') {
			if (line === '*') throw new NotHex('line with *: hexdump left lines out (use hexdump -v)');
			continue;
		}
		const dump = dumpIn(line, run);
		if (dump) {
			// A dump that begins at 0 again is another one.
			if (run && dump.offset === 0 && run.length > 0) endRun();
			run ??= { bytes: [], length: 0, next: dump.offset };
			run.bytes.push(dump.bytes);
			run.length += dump.bytes.length;
			run.next = dump.offset + dump.bytes.length;
			continue;
		}
		run ??= { bytes: [], length: 0, next: undefined };
		const bytes = plainIn(line, index + 1);
		run.bytes.push(bytes);
		run.length += bytes.length;
	}
	endRun();
	return written;
}

function exchangeIn(line: string): Written | undefined {
	const [, arrows, hex = '', unframed] = exchanged.exec(line) ?? [];
	if (arrows === undefined) return undefined;
	// What the tool shows unframed goes out framed, in the line that follows.
	return { bytes: unframed ? Buffer.alloc(0) : pairs(hex), dir: arrows === '>>' ? 'out' : 'in' };
}

function usbmonIn(line: string): Written | undefined {
	const [head, microseconds, event, , way] = usbmon.exec(line) ?? [];
	if (head === undefined) return undefined;
	const dir = way?.toLowerCase() === 'i' ? 'in' : 'out';
	const data = / = ([0-9a-f ]+)$/i.exec(line)?.[1] ?? '';
	// Data goes out when it is submitted and comes in when that is completed.
	const carries = (event === 'S') === (dir === 'out');
	return { bytes: carries ? pairs(data) : Buffer.alloc(0), dir, t: Number(microseconds) / 1e6 };
}

function dumpIn(line: string, run: Run | undefined): { offset: number; bytes: Buffer } | undefined {
	const ofXxd = xxd.exec(line);
	const [, at, hex] = ofXxd ?? hexdump.exec(line) ?? [];
	if (at === undefined) return undefined;
	const offset = Number.parseInt(at, 16);
	// Eight digits may be four bytes as well as an offset: one that fits, or with text beside it.
	const isOffset = ofXxd || /\|/.test(line) || (hex && offset === 0) || offset === run?.next;
	return isOffset ? { offset, bytes: pairs(hex ?? '') } : undefined;
}

function plainIn(line: string, number: number): Buffer {
	if (!plainHex.test(line)) throw new NotHex(`line ${number} is no hex`);
	const words = line.split(/[\s:,]+/).filter((word) => word !== '');
	const digits = words.map((word) => {
		const bare = word.replace(/^0x/i, '');
		// `0x1` and `1` beside other bytes are bytes too.
		return bare.length === 1 ? `0${bare}` : bare;
	});
	const odd = digits.find((word) => word.length % 2 === 1);
	if (odd !== undefined) throw new NotHex(`"${odd}" has an odd number of digits`);
	return Buffer.from(digits.join(''), 'hex');
}
