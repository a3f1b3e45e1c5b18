/**
 * When a line was said, as kernels, journals and syslogs write it before their text: dmesg with every
 * option (util-linux sys-utils/dmesg.c), journalctl with every -o (systemd src/shared/logs-show.c),
 * rsyslog, BusyBox, OpenWrt's logread, /dev/kmsg, Android's logcat, `ts`.
 */
import { monthOf } from './months.ts';

export type Stamp = {
	/**
	 * What the seconds count from: the host's boot; 1970; the year's beginning, of a date without its
	 * year; midnight; the line before; the tool's start. `minute` tells the minute only.
	 */
	readonly kind: 'boot' | 'dated' | 'yearless' | 'daytime' | 'delta' | 'tool' | 'minute';
	readonly seconds: number;
	/** Seconds since 1970 where the line tells a date with its year. */
	readonly date?: number;
};

const boot = /\[ *(\d{1,9}\.\d{1,9})(?: <[^>]{0,20}>)?\]/;
const kmsg = /^\d{1,4},\d{1,20},(\d{1,20}),[^;]{0,40};/;
const delta = /\[ *\+(\d{1,7}\.\d{1,9})\]|\[< *(\d{1,7}\.\d{1,9})>\]/;
const minute = /\[[^\s\d[\]]{2,12}\.? *\d{1,2} \d\d:\d\d\]/u;
const iso =
	/(?<!\d)(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|[+-]\d\d):?(\d\d)?)?/;
/** `07.03.2024 09:15:02`. */
const dotted = /(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})[ ,T]+(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?/;
/** `Thu Jun  1 17:54:03 2023`, `Mar 07 09:15:02`, `Mar  7 2024 09:15:02`, `2024 Mar  7 09:15:02`. */
const named =
	/(?:(\d{4}) )?(?:([^\s\d[\]<>]{1,14}) +)?([^\s\d[\]<>"(]{2,14}|\d{1,2}[月월]) {0,2}(\d{1,2})(?: (\d{4}))?,? (\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (?:[A-Z]{3,5} )?(\d{4})(?!\d))?/u;
/** `07 Mar 2024 09:15:02`, `7 Mar 09:15:02`. */
const dayFirst =
	/(?<!\d)(\d{1,2})[ /]([^\s\d[\]<>"(/]{2,14})(?:[ /](\d{4}))?,?[ :](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?/u;
const unix = /(?<![\d.])(1\d{9})\.(\d{1,9})(?!\d)/;
/** Logcat: month and day. */
const logcat = /^(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})/;
const daytime = /(?:^|[\s[(])(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?=[\s\])]|$)/;
/** Longer ones are text. */
const longestHead = 200;

/** The time in what stands before a line's text. A time zone that is not told is taken for UTC. */
export function stampOf(before: string): Stamp | undefined {
	const head = before.slice(0, longestHead);
	const date = dateOf(head);
	const isDated = date !== undefined && date.kind === 'dated';
	const more = isDated ? { date: date.seconds } : {};
	// Seconds since boot are the kernel's own, where a line has both.
	const micros = kmsg.exec(head)?.[1];
	if (micros !== undefined) return { kind: 'boot', seconds: Number(micros) / 1e6 };
	const since = boot.exec(head)?.[1];
	if (since !== undefined) return { kind: 'boot', seconds: Number(since), ...more };
	if (date) return { ...date, ...more };
	const step = delta.exec(head)?.slice(1).find(Boolean);
	if (step !== undefined) return { kind: 'delta', seconds: Number(step) };
	if (minute.test(head)) return { kind: 'minute', seconds: 0 };
	const [, hours, minutes, seconds, part] = daytime.exec(head) ?? [];
	return hours === undefined
		? undefined
		: {
				kind: 'daytime',
				seconds: (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds) + fraction(part),
			};
}

const leading =
	/^(?:\[[\d :.,TZ+-]{8,36}\]:?|\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?|[^\s\d]{3,6} +\d{1,2} \d\d:\d\d:\d\d(?:[.,]\d+)?|\d\d:\d\d:\d\d(?:[.,]\d+)?:?)(?= |$)/;

/** The time that a line begins with, as terminals and tools put it, and what follows. */
export function leadingStamp(text: string): { stamp: Stamp | undefined; rest: string } {
	const head = leading.exec(text)?.[0];
	const stamp = head === undefined ? undefined : stampOf(head);
	return { stamp, rest: stamp ? text.slice(head!.length).trim() : text };
}

/** Where a year is not told, the seconds count from the beginning of one that has no leap day. */
const anyYear = 1970;

function dateOf(head: string): Stamp | undefined {
	const [, year, month, day, h, m, s, part, zone, zoneMinutes] = iso.exec(head) ?? [];
	if (year !== undefined) {
		const offset = zone === undefined || zone === 'Z' ? 0 : offsetOf(zone, zoneMinutes);
		return at(Number(year), Number(month), [day, h, m, s, part], offset);
	}
	const seconds = unix.exec(head);
	if (seconds) return { kind: 'dated', seconds: Number(seconds[0]) };
	const [, dotDay, dotMonth, dotYear, ...dotTime] = dotted.exec(head) ?? [];
	if (dotYear !== undefined) {
		return at(Number(dotYear), Number(dotMonth), [dotDay, ...dotTime], 0);
	}
	return namedDate(head) ?? dayFirstDate(head) ?? logcatDate(head);
}

function namedDate(head: string): Stamp | undefined {
	const found = named.exec(head);
	if (!found) return undefined;
	const [, before, weekday, name = '', day, middle, h, m, s, part, behind] = found;
	const year = before ?? middle ?? behind;
	const known = year === undefined ? undefined : Number(year);
	const month = monthOf(name, { weekday, year: known, day: Number(day) });
	return month === undefined ? undefined : at(known, month, [day, h, m, s, part], 0);
}

function dayFirstDate(head: string): Stamp | undefined {
	const [, day, name, year, ...time] = dayFirst.exec(head) ?? [];
	const month = name === undefined ? undefined : monthOf(name);
	if (month === undefined) return undefined;
	return at(year === undefined ? undefined : Number(year), month, [day, ...time], 0);
}

function logcatDate(head: string): Stamp | undefined {
	const [, month, day, ...time] = logcat.exec(head) ?? [];
	return month === undefined ? undefined : at(undefined, Number(month), [day, ...time], 0);
}

/** @param offset what the zone is ahead of UTC, seconds */
function at(
	year: number | undefined,
	month: number,
	[day, h, m, s, part]: readonly (string | undefined)[],
	offset: number,
): Stamp | undefined {
	const [d, hours, minutes, seconds] = [day, h, m, s].map(Number) as [
		number,
		number,
		number,
		number,
	];
	if (month < 1 || month > 12 || d < 1 || d > 31 || hours > 23 || minutes > 59 || seconds > 60) {
		return undefined;
	}
	const whole = Date.UTC(year ?? anyYear, month - 1, d, hours, minutes, seconds) / 1000;
	const kind = year === undefined ? 'yearless' : 'dated';
	return { kind, seconds: whole - offset + fraction(part) };
}

const fraction = (digits: string | undefined) => (digits ? Number(`0.${digits}`) : 0);

function offsetOf(hours: string, minutes = '0'): number {
	const sign = hours.startsWith('-') ? -1 : 1;
	return sign * (Math.abs(Number(hours)) * 60 + Number(minutes)) * 60;
}
