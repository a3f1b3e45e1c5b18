/** The life of one port as a row: one column is so many seconds of the modem's time. */
import type { Mode } from '../../../modems/product.ts';
import type { Span } from '../../../usb/timeline/spans.ts';
import type { Appearance } from '../../text/appearance.ts';

/** Seconds that a column may be. */
export const columnSteps = [1, 2, 5, 10, 30, 60] as const;
/** A strip shows at least so many seconds: a boot loop's next start is in it. */
const leastSeconds = 50;

/** The shortest step with which so many columns show enough. */
export function stepFor(columns: number): number {
	const fitting = columnSteps.findIndex((step) => step * columns >= leastSeconds);
	return fitting < 0 ? columnSteps.length - 1 : fitting;
}

type Piece = Mode | 'gone' | 'before';

/** What a column shows: any presence counts, so that a short life is never lost between columns. */
function pieceAt(spans: readonly Span[], from: number, step: number): Piece {
	if (from + step <= 0) return 'before';
	const span = spans.findLast(
		(each) => each.from < from + step && (each.to ?? Number.POSITIVE_INFINITY) > from,
	);
	return span?.mode ?? 'gone';
}

/** The last `width` columns of `step` seconds each; they stay where they are while time goes on. */
export function strip(
	appearance: Appearance,
	spans: readonly Span[],
	now: number,
	width: number,
	step = 1,
): string {
	return stripFrom(appearance, spans, firstColumn(now, width, step), width, step);
}

/** When the first of so many columns up to now begins. */
export const firstColumn = (now: number, width: number, step: number): number =>
	(Math.floor(now / step) - width + 1) * step;

/** `width` columns of `step` seconds each, from a moment on. */
export function stripFrom(
	appearance: Appearance,
	spans: readonly Span[],
	first: number,
	width: number,
	step: number,
): string {
	// Only the spans in the window are looked through for each column.
	const recent = spans.filter(({ to }) => to === undefined || to > first);
	const pieceOf = (column: number) => pieceAt(recent, first + column * step, step);
	let row = '';
	for (let start = 0; start < width; ) {
		const piece = pieceOf(start);
		let end = start + 1;
		while (end < width && pieceOf(end) === piece) end += 1;
		row += paintPiece(appearance, piece, end - start);
		start = end;
	}
	return row;
}

function paintPiece({ paint, symbols }: Appearance, piece: Piece, length: number): string {
	switch (piece) {
		case 'before':
			return ' '.repeat(length);
		case 'gone':
			return paint.dim(symbols.gone.repeat(length));
		case 'application':
			return paint.good(symbols.application.repeat(length));
		case 'loader':
			return paint.warn(symbols.loader.repeat(length));
		default:
			return paint.bad(symbols.odd.repeat(length));
	}
}

/** What the signs are, in their colours; of a sign that is rarely met only where it is seen. */
export function legend(appearance: Appearance, ports: readonly (readonly Span[])[]): string {
	const common = ['application', 'loader', 'gone'] as const;
	const odd = ports.flat().find(({ mode }) => mode !== 'application' && mode !== 'loader')?.mode;
	return [...common, ...(odd ? [odd] : [])]
		.map((piece) => `${paintPiece(appearance, piece, 1)} ${appearance.paint.dim(words[piece])}`)
		.join('  ');
}

const words: Readonly<Record<Exclude<Piece, 'before'>, string>> = {
	application: 'app',
	loader: 'boot',
	gone: 'gone',
	edl: 'EDL',
	'memory dump': 'dump',
	unknown: 'mode unknown',
};
