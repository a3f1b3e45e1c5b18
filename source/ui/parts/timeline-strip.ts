/** The life of one port as a row: one column is one second of the modem's time. */
import type { Mode } from '../../usb/modes.ts';
import type { Span } from '../../usb/timeline.ts';
import type { Look } from '../look.ts';

type Second = Mode | 'gone' | 'before';

/** What a column shows: any presence counts, so that a short life is never lost between columns. */
function secondAt(spans: readonly Span[], second: number): Second {
	if (second < 0) return 'before';
	const span = spans.findLast(
		({ from, to }) => from < second + 1 && (to ?? Number.POSITIVE_INFINITY) > second,
	);
	return span?.mode ?? 'gone';
}

export function strip(look: Look, spans: readonly Span[], now: number, width: number): string {
	const last = Math.floor(now);
	const from = last - width + 1;
	// Only the spans in the window are looked through for each column.
	const recent = spans.filter(({ to }) => to === undefined || to > from);
	let row = '';
	for (let start = 0; start < width; ) {
		const second = secondAt(recent, from + start);
		let end = start + 1;
		while (end < width && secondAt(recent, from + end) === second) end += 1;
		row += paintSecond(look, second, end - start);
		start = end;
	}
	return row;
}

function paintSecond({ paint, signs }: Look, second: Second, length: number): string {
	switch (second) {
		case 'before':
			return ' '.repeat(length);
		case 'gone':
			return paint.dim(signs.gone.repeat(length));
		case 'application':
			return paint.good(signs.application.repeat(length));
		case 'loader':
			return paint.warn(signs.loader.repeat(length));
		default:
			return paint.bad(signs.odd.repeat(length));
	}
}

export const legend = ({ signs }: Look): string =>
	`${signs.application} app ${signs.loader} boot ${signs.gone} gone`;
