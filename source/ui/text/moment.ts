/** How a person writes a moment of a recording. */

/** The times of a recording that a typed one is read against, seconds; `started` is its wall time, ISO 8601. */
export type Span = { readonly t: number; readonly end: number; readonly started: string };

/**
 * `83.5`, `1:23.5` and `0:01:23` from the beginning, `+5` and `-2.5` from here, `17:54:03.2` of the wall
 * clock where it lies in the recording. Seconds from the beginning; undefined for anything else.
 */
export function readMoment(typed: string, { t, end, started }: Span): number | undefined {
	const [, sign, time] =
		/^([+-]?)((?:\d{1,4}:){0,2}\d{1,7}(?:[.,]\d{1,6})?)$/.exec(typed.trim()) ?? [];
	if (time === undefined) return undefined;
	const parts = time.replace(',', '.').split(':').map(Number);
	const seconds = parts.reduce((sum, part) => sum * 60 + part, 0);
	if (sign === '+') return t + seconds;
	if (sign === '-') return t - seconds;
	const wall = parts.length === 3 ? wallMoment(seconds, started) : undefined;
	return wall !== undefined && wall <= end ? wall : seconds;
}

const day = 24 * 3600;

/** Seconds from the start to the next time that a clock shows this. */
function wallMoment(seconds: number, started: string): number | undefined {
	const at = new Date(started);
	if (seconds >= day || Number.isNaN(at.getTime())) return undefined;
	const begun =
		at.getHours() * 3600 + at.getMinutes() * 60 + at.getSeconds() + at.getMilliseconds() / 1000;
	return (seconds - begun + day) % day;
}
