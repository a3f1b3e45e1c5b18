/**
 * What the build puts in the place of Ink's line-update, which draws a row anew from its first
 * changed cell to its end: over a slow link, what stands unchanged behind a clock that ticks is dear.
 */
import { stripColors } from '../text/lines.ts';
import { isNarrow } from '../text/narrow.ts';
import { lookAfter, lookChange, seeLooks } from './sgr.ts';

const eraseEnd = '\u001b[K';
/** Unchanged columns that may be drawn again; to jump over more is always shorter. */
const shortGap = 8;

/** The sign and the look of each column, up to the last one that is more than a blank. */
type Row = { readonly signs: string; readonly looks: readonly string[]; readonly length: number };

/** The looks of the rows of an update: made once, and not anew for each row of each frame. */
const looksBefore: string[] = [];
const looksAfter: string[] = [];

/** A part of a row that was drawn, and the look in which it has left the terminal. */
type Drawn = { readonly bytes: string; readonly look: string };

/** The sequences that draw `next` where `previous` is. The cursor is somewhere in that row. */
export default function rowUpdate(previous: string, next: string, columns: number): string {
	const whole = `\r${eraseEnd}${next}`;
	const before = parse(previous, looksBefore);
	const after = parse(next, looksAfter);
	if (!before || !after || Math.max(before.length, after.length) > columns) return whole;
	const update = drawChanges(before, after);
	return update.length < whole.length ? update : whole;
}

/**
 * Undefined for a row that can only be drawn as a whole: where a terminal may give a sign another
 * width than we do, the place of what is behind it is not certain.
 */
function parse(row: string, looks: string[]): Row | undefined {
	const signs = stripColors(row);
	if (!isNarrow(signs)) return undefined;
	let look: string | undefined = '';
	let column = 0;
	let end = 0;
	const fill = (columns: number) => {
		for (const stop = column + columns; column < stop; column++) looks[column] = look ?? '';
	};
	seeLooks(row, (codes, start, after) => {
		fill(start - end);
		end = after;
		if (look !== undefined) look = lookAfter(look, codes);
	});
	if (look !== '') return undefined;
	fill(signs.length - column);
	let length = signs.length;
	while (length > 0 && signs[length - 1] === ' ' && !looks[length - 1]) length--;
	return { signs, looks, length };
}

function drawChanges(before: Row, after: Row): string {
	const isChanged = (column: number) =>
		(before.signs[column] ?? ' ') !== (after.signs[column] ?? ' ') ||
		lookOf(before, column) !== lookOf(after, column);
	let drawn: Drawn = { bytes: '', look: '' };
	/** The column of the cursor: undefined before the first jump. */
	let cursor: number | undefined;
	for (let from = 0; from < after.length; from++) {
		if (!isChanged(from)) continue;
		let to = from + 1;
		while (to < after.length && isChanged(to)) to++;
		const jumped = draw(after, jump(drawn, from), from, to);
		const isNear = cursor !== undefined && from - cursor < shortGap;
		const through = isNear ? draw(after, drawn, cursor!, to) : undefined;
		drawn = through && sizeOf(through) <= sizeOf(jumped) ? through : jumped;
		cursor = from = to;
	}
	drawn = { bytes: drawn.bytes + lookChange(drawn.look, ''), look: '' };
	if (before.length > after.length) {
		if (cursor !== after.length) drawn = jump(drawn, after.length);
		return drawn.bytes + eraseEnd;
	}
	return drawn.bytes;
}

const lookOf = ({ signs, looks }: Row, column: number) =>
	column < signs.length ? looks[column]! : '';

const sizeOf = ({ bytes }: Drawn) => Buffer.byteLength(bytes);

const jump = ({ bytes, look }: Drawn, column: number): Drawn => ({
	bytes: `${bytes}${column === 0 ? '\r' : `\u001b[${column + 1}G`}`,
	look,
});

function draw(row: Row, drawn: Drawn, from: number, to: number): Drawn {
	let { bytes, look } = drawn;
	for (let column = from; column < to; column++) {
		const wanted = lookOf(row, column);
		bytes += lookChange(look, wanted) + (row.signs[column] ?? ' ');
		look = wanted;
	}
	return { bytes, look };
}
