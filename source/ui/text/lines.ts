/**
 * A screen is a list of rows, each one string that is exactly as wide as its pane. All the width
 * arithmetic is here; colours are in the strings already and take no width.
 */
import stringWidth from 'string-width';
import { isNarrow, narrowWidth } from './narrow.ts';

export type Size = { readonly width: number; readonly height: number };

const color = /(\u001b\[[\d;]*m)/;
const colors = /\u001b\[[\d;]*m/g;
const graphemes = new Intl.Segmenter();

/** Columns that a text takes; text of our own signs is counted without asking Unicode's tables. */
export const widthOf = (text: string): number =>
	narrowWidth(text) ?? stringWidth(stripColors(text));

/** The text without its colours. */
export const stripColors = (text: string): string =>
	text.includes('\u001b') ? text.replace(colors, '') : text;

/** Text and colour changes in turn, text first. */
export const splitColors = (text: string): string[] => text.split(color);

/** The first `width` columns; colours that were opened are closed. */
export function cut(text: string, width: number): string {
	if (widthOf(text) <= width) return text;
	let left = Math.max(0, width);
	return text
		.split(color)
		.map((part, index) => {
			// Later colour changes are kept: they close what the kept part has opened.
			if (index % 2 === 1) return part;
			const kept = cutPlain(part, left);
			left = kept === part ? left - widthOf(part) : 0;
			return kept;
		})
		.join('');
}

/** What stands behind the first `width` columns, in its colours. */
export function sliceAfter(text: string, width: number): string {
	let left = Math.max(0, width);
	return text
		.split(color)
		.map((part, index) => {
			if (index % 2 === 1) return part;
			const head = cutPlain(part, left);
			left -= widthOf(head);
			const rest = part.slice(head.length);
			if (left === 0 || rest === '') return rest;
			// A sign of two columns stands across the edge: its second half is a blank.
			const [{ segment: sign } = { segment: '' }] = graphemes.segment(rest);
			const half = ' '.repeat(widthOf(sign) - left);
			left = 0;
			return half + rest.slice(sign.length);
		})
		.join('');
}

function cutPlain(text: string, width: number): string {
	if (widthOf(text) <= width) return text;
	if (isNarrow(text)) return text.slice(0, width);
	let kept = '';
	let left = width;
	for (const { segment } of graphemes.segment(text)) {
		left -= widthOf(segment);
		if (left < 0) break;
		kept += segment;
	}
	return kept;
}

/** At most `width` columns; a text that goes on behind them ends in two dots. */
export function shorten(text: string, width: number): string {
	if (widthOf(text) <= width) return text;
	if (widthOf(stripColors(text).trimEnd()) <= width) return cut(text, width);
	return cut(`${cut(text, Math.max(0, width - 2))}..`, width);
}

/** Of uncoloured text the end: a path is known by its file. */
export function shortenStart(text: string, width: number): string {
	const over = widthOf(text) - width;
	return over <= 0 ? text : `..${sliceAfter(text, over + 2)}`;
}

/** Of uncoloured text both ends: a name that begins with a time ends with what it is of. */
export function shortenMiddle(text: string, width: number): string {
	const over = widthOf(text) - width;
	if (over <= 0) return text;
	const head = cut(text, Math.ceil((width - 2) / 2));
	return `${head}..${sliceAfter(text, widthOf(head) + over + 2)}`;
}

/** Shortened or filled up to exactly `width` columns. */
export function fitLeft(text: string, width: number): string {
	const kept = shorten(text, width);
	return kept + ' '.repeat(Math.max(0, width - widthOf(kept)));
}

export function fitRight(text: string, width: number): string {
	const kept = shorten(text, width);
	return ' '.repeat(Math.max(0, width - widthOf(kept))) + kept;
}

/** One text at the left edge and one at the right; the left one gives way. */
export function spaceBetween(left: string, right: string, width: number): string {
	const end = shorten(right, width);
	const room = Math.max(0, width - widthOf(end));
	return fitLeft(shorten(left, Math.max(0, room - 1)), room) + end;
}

/** At most `height` rows of at most `width` columns; where more would follow, the last one says so. */
export function fitRows(rows: readonly string[], { width, height }: Size): string[] {
	const shown = rows.slice(0, Math.max(0, height)).map((row) => shorten(row, width));
	const isMore = rows.slice(shown.length).some((row) => stripColors(row).trim() !== '');
	const last = shown.pop();
	if (last === undefined) return shown;
	return [...shown, isMore ? `${cut(last.trimEnd(), Math.max(0, width - 3))} ..` : last];
}

/** Breaks uncoloured text between words; a word that is wider than a row is broken too. */
export function wrap(text: string, width: number): string[] {
	const rows: string[] = [];
	let row = '';
	for (const word of text.split(' ')) {
		let rest = word;
		const joined = row === '' ? rest : `${row} ${rest}`;
		if (widthOf(joined) <= width) {
			row = joined;
			continue;
		}
		if (row !== '') rows.push(row);
		while (widthOf(rest) > width && width > 0) {
			const head = cut(rest, width) || rest;
			rows.push(head);
			rest = rest.slice(head.length);
		}
		row = rest;
	}
	if (row !== '') rows.push(row);
	return rows;
}

/** `wrap` with the first row led by `lead` and the others set in as far. */
export function hangingIndent(lead: string, text: string, width: number): string[] {
	const indent = widthOf(lead);
	return wrap(text, Math.max(1, width - indent)).map(
		(row, index) => (index === 0 ? lead : ' '.repeat(indent)) + row,
	);
}

/** Two columns of rows, each as wide as it already is. */
export const hconcat = (left: readonly string[], right: readonly string[]): string[] =>
	left.map((row, index) => row + (right[index] ?? ''));
