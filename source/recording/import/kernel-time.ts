/** When a line of the kernel's log was said, as `dmesg`, `journalctl` and OpenWrt's `logread` write it. */

export type LineTime = {
	/** Seconds since boot, or since 1970 where the line tells a date. */
	readonly seconds: number;
	/** The line tells a date with its year. */
	readonly isDated: boolean;
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const monotonic = /\[ *(\d{1,9}\.\d{1,9})\]/;
/** `journalctl -o short-iso`. */
const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?)(Z|[+-]\d\d):?(\d\d)?/;
/** `dmesg -T` and logread: `Thu Jun  1 17:54:03 2023`. */
const ctime = /^\[?\w{3} (\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)(\.\d+)? (\d{4})\]?/;
/** `journalctl -k`: `Jun 01 17:54:03.112`, without a year. */
const short = /^(\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)(\.\d+)? /;

/** Undefined for a line without a time. A time zone that is not told is taken for UTC. */
export function timeOf(line: string): LineTime | undefined {
	// Seconds since boot are the kernel's own, where a line has both.
	const boot = monotonic.exec(line)?.[1];
	if (boot !== undefined) return { seconds: Number(boot), isDated: false };
	const [, stamp, zone, minutes] = iso.exec(line) ?? [];
	if (stamp !== undefined) {
		const suffix = zone === 'Z' ? 'Z' : `${zone}:${minutes ?? '00'}`;
		return dated(Date.parse(`${stamp.replace(',', '.')}${suffix}`));
	}
	const whole = ctime.exec(line);
	if (whole) return dated(utc(Number(whole[7]), whole));
	const yearless = short.exec(line);
	const at = yearless && dated(utc(1970, yearless));
	return at ? { ...at, isDated: false } : undefined;
}

const dated = (milliseconds: number): LineTime | undefined =>
	Number.isNaN(milliseconds) ? undefined : { seconds: milliseconds / 1000, isDated: true };

function utc(year: number, [, month, day, hour, minute, second, part]: RegExpExecArray): number {
	const index = months.indexOf(month ?? '');
	if (index < 0) return Number.NaN;
	const [d, h, m, s] = [day, hour, minute, second].map(Number);
	return Date.UTC(year, index, d, h, m, s) + Number(part ?? 0) * 1000;
}
