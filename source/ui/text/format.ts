/** Times and sizes in words, the same in every view. */
import type { Header } from '../../events.ts';

/** `17:54:03.112`: the wall time of a moment of the log. */
export function clockTime({ started }: Header, t: number): string {
	const at = new Date(Date.parse(started) + t * 1000);
	if (Number.isNaN(at.getTime())) return '--:--:--.---';
	const two = (value: number) => String(value).padStart(2, '0');
	const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
	return `${time}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** `2.4 s`, `38 s`, `12:04`, `3:12:04`. */
export function duration(seconds: number): string {
	if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
	return seconds < 60 ? `${Math.floor(seconds)} s` : counter(seconds);
}

/** `02:14`, `1:02:14`. */
export function counter(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) =>
		String(part).padStart(2, '0'),
	);
	const hours = Math.floor(whole / 3600);
	return [...(hours > 0 ? [hours] : []), ...parts].join(':');
}

/** `02:14.033`: a moment of a recording. */
export const finely = (seconds: number): string => {
	const milliseconds = Math.round(Math.max(0, seconds) * 1000);
	return `${counter(milliseconds / 1000)}.${String(milliseconds % 1000).padStart(3, '0')}`;
};

/** `34 878 832`. */
export { grouped } from '../../protocol/text/numbers.ts';

/** `34.9 MB`. */
export const megabytes = (bytes: number): string =>
	bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

export const percent = (part: number, whole: number): string =>
	whole > 0 ? `${((100 * part) / whole).toFixed(0)} %` : '0 %';

export const hex = (value: number, digits: number): string =>
	value.toString(16).padStart(digits, '0');
