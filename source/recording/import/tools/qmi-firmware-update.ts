/**
 * Logs of `qmi-firmware-update`, with -v and without, as people paste them. Source of the formats:
 * libqmi src/qmi-firmware-update (qfu-main.c log_handler, qfu-qdl-device.c, qfu-updater.c g_print).
 */
import type { Importer, LineReader } from '../importer.ts';
import type { Line } from '../line.ts';
import type { Paste } from '../paste.ts';
import type { Moment } from '../time/clock.ts';
import { monthOf } from '../time/months.ts';
import { nest } from './image-ranges.ts';

const stamped = /\[(\d{1,2}) ([^\s\d,\]]{2,14})\.? (\d{4}), (\d\d):(\d\d):(\d\d)\] (\[.*)$/u;
const levelled =
	/^\[(?:Debug|Message|Info|Warning|Error|Critical)\] \[(?:qfu[-,]|\/dev\/|[\w/-]+\])/i;
/** What it prints without -v. */
const printed = [
	/^loading device information before the update/,
	/^setting firmware preference/,
	/^(?:firmware version|config version|carrier): +['‘’"\w]/,
	/^reboot(?:ing)? in (?:download|normal) mode/,
	/^(?:download|normal) mode detected/,
	/^downloading (?:cwe|nvu|spk|\w+) image: /,
	/^finalizing download/,
	/^successfully downloaded in /,
	/^(?:original|new) (?:firmware revision|running firmware details) ?(?:is)?:?/,
	/^\[(?:modem|pri)\d*\] unique id/i,
	/^firmware successfully (?:updated|downloaded)/,
	/^no download needed/,
	/^Running (?:download|update) /,
	/^error: (?:couldn['’‘]?t|error |unsupported|no |device|firmware|multiple|the |unknown|timed|invalid|not |failed|operation|update|reset|download|HDLC|must|vid|you|a |sahara)/,
];
const otherTools = /\b(?:mmcli|qmicli|mbimcli|uqmi|umbim|nmcli|fwupdmgr|systemctl)\b/;
const banner = /^qmi-firmware-update \d/;

export const qmiFirmwareUpdate: Importer = {
	reads: 'qmi-firmware-update',
	begin: (paste) => new Reading(paste),
};

const exchanged =
	/^\[\w+\] \[[^\]]+\] (>>|<<) ((?:[0-9A-F]{2}:)*[0-9A-F]{2})(\.\.\.|…)? \[(\d+)(, unframed)?\]$/i;
const imageRange = /image offset range: \[(\d{1,15}),(\d{1,15})\]$/;
const imageValid = /\[qfu-image-cwe\] image at offset \d+ is valid$/;
const opening = /opening TTY: (\S+)$/;

class Reading implements LineReader {
	readonly #paste: Paste;
	readonly #clock;
	#file = 'a file that the log does not name';
	#ranges: { start: number; end: number }[] = [];
	#rangesAt: { line: Line; moment: Moment } | undefined;
	#port: string | undefined;
	/** Another tool of its family was asked, whose errors have the same form. */
	#isOther = false;

	constructor(paste: Paste) {
		this.#paste = paste;
		this.#clock = paste.clock();
	}

	command(command: string): void {
		this.#isOther = otherTools.test(command) && !/qmi-firmware-update/.test(command);
		const words = command.split(/\s+/);
		this.#file = words.find((word) => /\.(?:spk|cwe|nvu)$/i.test(word)) ?? this.#file;
	}

	take(line: Line): boolean {
		const text = this.#untimed(line.text);
		if (this.#isOther && text.startsWith('error: ')) return false;
		const isLogged = text !== line.text || levelled.test(text);
		if (!isLogged && !printed.some((form) => form.test(text)) && !banner.test(text)) return false;
		const moment = this.#moment();
		const range = imageRange.exec(text);
		if (range) {
			this.#rangesAt = { line, moment };
			this.#ranges.push({ start: Number(range[1]), end: Number(range[2]) });
			return true;
		}
		if (!imageValid.test(text)) this.#endImages();
		if (this.#exchange(text, line, moment)) return true;
		this.#paste.note(line, moment, text);
		this.#open(text, line, moment);
		return true;
	}

	end(): void {
		this.#endImages();
	}

	caveat(): string {
		return this.#clock.isSet
			? 'qmi-firmware-update tells whole seconds of a time zone that it does not name'
			: 'its qmi-firmware-update log has no times';
	}

	/** Lines without a time go with the line before. */
	#moment(): Moment {
		return this.#clock.isSet ? this.#clock.now : this.#paste.untimed;
	}

	/** Takes the time off a line. */
	#untimed(line: string): string {
		const [, day, name, year, hour, minute, second, text] = stamped.exec(line) ?? [];
		const month = monthOf(name ?? '');
		if (text === undefined || month === undefined) return line;
		const [d, y, h, m, s] = [day, year, hour, minute, second].map(Number);
		const seconds = Date.UTC(y!, month - 1, d, h, m, s) / 1000;
		this.#clock.at({ kind: 'dated', seconds, date: seconds });
		return text;
	}

	/** Bytes on the wire. What a tool shows unframed goes out framed, in the line that follows. */
	#exchange(text: string, line: Line, moment: Moment): boolean {
		const [, arrows, bytes, cut, count, unframed] = exchanged.exec(text) ?? [];
		if (bytes === undefined || unframed !== undefined) return false;
		const hex = bytes.replaceAll(':', '').toLowerCase();
		const dir = arrows === '>>' ? 'out' : 'in';
		const port = this.#port ?? 'a port that is not named';
		this.#paste.say('port', { type: 'bytes', port, dir, hex }, line, moment);
		if (Number(count) !== hex.length / 2 && cut === undefined) {
			const found = `Line ${line.number} announces ${count} bytes and shows ${hex.length / 2}.`;
			this.#paste.remark(found, line, moment);
		}
		return true;
	}

	#endImages(): void {
		const at = this.#rangesAt;
		if (!at) return;
		const images = nest(this.#ranges);
		this.#paste.say('log', { type: 'images', file: this.#file, images }, at.line, at.moment);
		this.#ranges = [];
		this.#rangesAt = undefined;
	}

	/** A second opening says that the first was closed. */
	#open(text: string, line: Line, moment: Moment): void {
		const port = opening.exec(text)?.[1];
		if (port === undefined) return;
		const before = this.#port;
		if (before !== undefined) {
			this.#paste.say('port', { type: 'port-closed', port: before }, line, moment);
		}
		this.#port = port;
		this.#paste.say('port', { type: 'port-opened', port }, line, moment);
	}
}
