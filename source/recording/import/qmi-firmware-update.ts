/**
 * Logs of `qmi-firmware-update -v`, as people paste them: with prompts, typographic quotes and CRLF.
 * Source of the formats: libqmi src/qmi-firmware-update (qfu-main.c log_handler, qfu-qdl-device.c).
 */
import type { Event, Fact, Source } from '../../events.ts';
import type { Recording } from '../file/record.ts';
import { nest } from './image-ranges.ts';
import { type Importer, promptCommand, unknownStart } from './importer.ts';

const stamped = /^\[(\d{1,2}) (\p{L}{3,4})\.? (\d{4}), (\d\d):(\d\d):(\d\d)\] (\[.*)$/u;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const tool = /qmi-firmware-update|^\[.*\] \[(?:Debug|Message|Info|Warning)\] \[qfu[-,]/;

export const qmiFirmwareUpdate: Importer = {
	reads: 'a log of qmi-firmware-update',
	recognise: (firstLines) => firstLines.some((line) => tool.test(line)),
	read: (lines, title) => {
		const reading = new Reading();
		for (const line of lines) reading.take(line);
		return reading.end(title);
	},
};

const exchanged =
	/^\[\w+\] \[[^\]]+\] (>>|<<) ((?:[0-9A-F]{2}:)*[0-9A-F]{2}) \[(\d+)(, unframed)?\]$/i;
const imageRange = /image offset range: \[(\d{1,15}),(\d{1,15})\]$/;
const imageValid = /\[qfu-image-cwe\] image at offset \d+ is valid$/;
const opening = /opening TTY: (\S+)$/;

/** One log, line after line. */
class Reading {
	readonly #events: Event[] = [];
	readonly #notes: string[] = [];
	#number = 0;
	#start: number | undefined;
	#t = 0;
	#file = 'a file that the log does not name';
	#ranges: { start: number; end: number }[] = [];
	#port: string | undefined;

	take(line: string): void {
		this.#number++;
		const text = this.#untimed(line.trimEnd());
		if (text === '') return;
		const range = imageRange.exec(text);
		if (range) {
			this.#ranges.push({ start: Number(range[1]), end: Number(range[2]) });
			return;
		}
		if (!imageValid.test(text)) this.#endImages();
		if (this.#exchange(text)) return;
		this.#say('log', { type: 'note', text });
		this.#command(text);
		this.#open(text);
	}

	end(title: string): Recording {
		this.#endImages();
		const dated = this.#start !== undefined;
		return {
			header: {
				modemscope: 1,
				started: dated ? new Date(this.#start!).toISOString() : unknownStart,
				title,
				origin: dated
					? 'imported from a qmi-firmware-update log; its times are whole seconds of a time zone that it does not tell'
					: 'imported from a qmi-firmware-update log, which has no times',
				speed: 1,
			},
			events: this.#events,
			notes: this.#notes,
		};
	}

	/** Takes the time off a line; lines without one keep the time of the line before. */
	#untimed(line: string): string {
		const [, day, name, year, hour, minute, second, text] = stamped.exec(line) ?? [];
		const month = months.indexOf(name?.toLowerCase() ?? '');
		if (text === undefined || month < 0) return line;
		const [d, y, h, m, s] = [day, year, hour, minute, second].map(Number);
		const time = Date.UTC(y!, month, d, h, m, s);
		this.#start ??= time;
		this.#t = Math.max(this.#t, (time - this.#start) / 1000);
		return text;
	}

	/** Bytes on the wire. What a tool shows unframed goes out framed, in the line that follows. */
	#exchange(text: string): boolean {
		const [, arrows, bytes, count, unframed] = exchanged.exec(text) ?? [];
		if (bytes === undefined || unframed !== undefined) return false;
		const hex = bytes.replaceAll(':', '').toLowerCase();
		const dir = arrows === '>>' ? 'out' : 'in';
		this.#say('port', { type: 'bytes', port: this.#port ?? 'a port that is not named', dir, hex });
		if (Number(count) !== hex.length / 2) {
			const found = `Line ${this.#number} announces ${count} bytes and shows ${hex.length / 2}.`;
			this.#notes.push(found);
			this.#say('log', { type: 'note', text: found });
		}
		return true;
	}

	#endImages(): void {
		if (this.#ranges.length === 0) return;
		this.#say('log', { type: 'images', file: this.#file, images: nest(this.#ranges) });
		this.#ranges = [];
	}

	#command(text: string): void {
		const words = promptCommand(text)?.split(/\s+/) ?? [];
		this.#file = words.find((word) => /\.(?:spk|cwe|nvu)$/i.test(word)) ?? this.#file;
	}

	/** A second opening says that the first was closed. */
	#open(text: string): void {
		const port = opening.exec(text)?.[1];
		if (port === undefined) return;
		if (this.#port !== undefined) this.#say('port', { type: 'port-closed', port: this.#port });
		this.#port = port;
		this.#say('port', { type: 'port-opened', port });
	}

	#say(source: Source, fact: Fact): void {
		this.#events.push({ t: this.#t, source, ...fact });
	}
}
