/**
 * What the build puts in the place of Ink's Output, which makes an object of each cell of each frame
 * and keeps them: here a row of a frame is made of the texts that stand in it.
 */
import { cut, sliceAfter, widthOf } from '../text/lines.ts';
import { narrowWidth } from '../text/narrow.ts';
import { lookAfter, lookChange, seeLooks } from './sgr.ts';

/** Bounds in cells, those at the right and at the bottom outside; an undefined one lets all pass. */
type Clip = { readonly [bound in 'x1' | 'x2' | 'y1' | 'y2']?: number | undefined };
type Transformer = (line: string, index: number) => string;

/** A text at its place in a row. Those of a row do not overlap. */
type Part = { readonly x: number; readonly width: number; readonly text: string };

const invisible = /^\p{Default_Ignorable_Code_Point}+$/u;
const graphemes = new Intl.Segmenter();

export default class FrameOutput {
	readonly height: number;
	readonly #rows: Part[][];
	readonly #clips: Clip[] = [];

	constructor({ height }: { readonly width: number; readonly height: number }) {
		this.height = height;
		this.#rows = Array.from({ length: height }, () => []);
	}

	write(
		x: number,
		y: number,
		text: string,
		{ transformers }: { readonly transformers: readonly Transformer[] },
	): void {
		if (text === '') return;
		const { x1 = 0, x2, y1 = 0, y2 = this.height } = this.#clips.at(-1) ?? {};
		for (const [index, line] of linesOf(text).entries()) {
			const row = y + index;
			if (row < y1 || row >= y2) continue;
			const from = Math.max(0, x1 - x, -x);
			const kept = from > 0 ? sliceAfter(line, from) : line;
			const shown = x2 === undefined ? kept : cutOrFilled(kept, x2 - x - from);
			const said = transformers.reduce((before, transform) => transform(before, index), shown);
			const part = { x: x + from, width: widthOf(said), text: said };
			const under = this.#rows[row];
			if (part.width > 0 && under) this.#rows[row] = [...around(under, part), part];
		}
	}

	clip(inner: Clip): void {
		const outer = this.#clips.at(-1) ?? {};
		this.#clips.push({
			x1: either(outer.x1, inner.x1, Math.max),
			x2: either(outer.x2, inner.x2, Math.min),
			y1: either(outer.y1, inner.y1, Math.max),
			y2: either(outer.y2, inner.y2, Math.min),
		});
	}

	unclip(): void {
		this.#clips.pop();
	}

	get(): { output: string; height: number } {
		return { output: this.#rows.map(rowOf).join('\n'), height: this.height };
	}
}

/** The first columns of a line; a sign of two that stands across the edge is a blank there. */
const cutOrFilled = (line: string, width: number) =>
	widthOf(line) <= width ? line : cutTo(line, width);

/** Without a sign that more would follow: what lies over it says so. */
function cutTo(line: string, width: number): string {
	const kept = cut(line, width);
	return kept + ' '.repeat(Math.max(0, width - widthOf(kept)));
}

/** What is left of the parts of a row when another one is laid over them. */
function around(row: readonly Part[], { x, width }: Part): Part[] {
	const end = x + width;
	return row.flatMap((part) => {
		const partEnd = part.x + part.width;
		if (partEnd <= x || part.x >= end) return [part];
		const left = { x: part.x, width: x - part.x, text: '' };
		const right = { x: end, width: partEnd - end, text: '' };
		return [
			...(left.width > 0 ? [{ ...left, text: cutTo(part.text, left.width) }] : []),
			...(right.width > 0 ? [{ ...right, text: sliceAfter(part.text, end - part.x) }] : []),
		];
	});
}

function rowOf(parts: readonly Part[]): string {
	let text = '';
	let column = 0;
	for (const part of parts.toSorted((one, other) => one.x - other.x)) {
		text += ' '.repeat(Math.max(0, part.x - column)) + part.text;
		column = part.x + part.width;
	}
	return text.trimEnd();
}

const either = (
	one: number | undefined,
	other: number | undefined,
	tighter: (one: number, other: number) => number,
) => (one === undefined ? other : other === undefined ? one : tighter(one, other));

/** The lines of a text, each with the look in which the one before has ended, and ending without one. */
function linesOf(text: string): string[] {
	const lines = text.split('\n');
	if (!text.includes('\u001b')) return lines.map(visible);
	let look = '';
	return lines.map((line) => {
		const before = look;
		seeLooks(line, (codes) => {
			look = lookAfter(look, codes) ?? look;
		});
		return visible(lookChange('', before) + line + lookChange(look, ''));
	});
}

/** Without signs that are nothing by themselves: some terminals give them a cell. */
function visible(line: string): string {
	if (narrowWidth(line) !== undefined) return line;
	return Array.from(graphemes.segment(line), ({ segment }) =>
		invisible.test(segment) ? '' : segment,
	).join('');
}
