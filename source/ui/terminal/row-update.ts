/**
 * What the build puts in the place of Ink's line-update, which draws a row anew from its first
 * changed cell to its end: over a slow link, what stands unchanged behind a clock that ticks is dear.
 */
import { isNarrow } from '../text/narrow.ts';
import { codesOf, lookAfter, lookChange } from './sgr.ts';

const sgr = /\u001b\[([\d;]*)m/g;
const eraseEnd = '\u001b[K';
/** Unchanged columns that may be drawn again; to jump over more is always shorter. */
const shortGap = 8;

/** The sign and the look of each column, up to the last one that is more than a blank. */
type Row = { readonly signs: string; readonly looks: readonly string[]; readonly length: number };

/** A part of a row that was drawn, and the look in which it has left the terminal. */
type Drawn = { readonly bytes: string; readonly look: string };

/** The sequences that draw `next` where `previous` is. The cursor is somewhere in that row. */
export default function rowUpdate(previous: string, next: string, columns: number): string {
	const whole = `\r${eraseEnd}${next}`;
	const before = parse(previous);
	const after = parse(next);
	if (!before || !after || Math.max(before.length, after.length) > columns) return whole;
	const update = drawChanges(before, after);
	return update.length < whole.length ? update : whole;
}

/**
 * Undefined for a row that can only be drawn as a whole: where a terminal may give a sign another
 * width than we do, the place of what is behind it is not certain.
 */
function parse(row: string): Row | undefined {
	const signs = row.replace(sgr, '');
	if (!isNarrow(signs)) return undefined;
	const looks: string[] = [];
	let look: readonly string[] | undefined = [];
	let codes = '';
	let end = 0;
	for (const match of row.matchAll(sgr)) {
		for (; end < match.index; end++) looks.push(codes);
		end = match.index + match[0].length;
		look = lookAfter(look, match[1]!);
		if (!look) return undefined;
		codes = codesOf(look);
	}
	if (codes !== '') return undefined;
	let length = signs.length;
	while (length > 0 && signs[length - 1] === ' ' && !looks[length - 1]) length--;
	return { signs, looks, length };
}

function drawChanges(before: Row, after: Row): string {
	const isChanged = (column: number) =>
		(before.signs[column] ?? ' ') !== (after.signs[column] ?? ' ') ||
		(before.looks[column] ?? '') !== (after.looks[column] ?? '');
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

const sizeOf = ({ bytes }: Drawn) => Buffer.byteLength(bytes);

const jump = ({ bytes, look }: Drawn, column: number): Drawn => ({
	bytes: `${bytes}${column === 0 ? '\r' : `\u001b[${column + 1}G`}`,
	look,
});

function draw({ signs, looks }: Row, drawn: Drawn, from: number, to: number): Drawn {
	let { bytes, look } = drawn;
	for (let column = from; column < to; column++) {
		const wanted = looks[column] ?? '';
		bytes += lookChange(look, wanted) + (signs[column] ?? ' ');
		look = wanted;
	}
	return { bytes, look };
}
