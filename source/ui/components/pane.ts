/** A part of a view with a title: between rules where it is narrow, in a box where there is room. */

import type { ListState } from '../list/list-state.ts';
import type { Appearance } from '../text/appearance.ts';
import { cut, fill, fitLeft, type Size, sliceAfter, widthOf } from '../text/lines.ts';
import { listNote } from './list.ts';

export type PaneOptions = {
	readonly title: string;
	/** At the right end of the title. */
	readonly note?: string;
	/** The list in it, whose filter, search and selection stand in the title. */
	readonly list?: ListState;
	readonly focused?: boolean;
	readonly boxed: boolean;
};

/** From this width on, panes stand side by side in boxes. */
export const wide = 120;

/** The room that a pane of `size` leaves for its rows. */
export const inside = ({ width, height }: Size, boxed: boolean): Size =>
	boxed ? { width: width - 4, height: height - 2 } : { width, height: height - 1 };

export function pane(
	appearance: Appearance,
	size: Size,
	options: PaneOptions,
	rows: readonly string[],
): string[] {
	const { title, focused = false, boxed } = options;
	const { paint, symbols } = appearance;
	const note = noteOf(options);
	const room = inside(size, boxed);
	const content = fill(rows, room);
	const painted = focused ? paint.title(title) : title;
	if (!boxed) {
		const end = note === '' ? '' : ` ${cut(note, size.width - 8)} `;
		const head = cut(painted, Math.max(0, size.width - widthOf(end) - 4));
		const length = Math.max(0, size.width - widthOf(head) - widthOf(end) - 3);
		const rule = `${symbols.line} ${head} ${symbols.line.repeat(length)}${end}`;
		return [fitLeft(title === '' ? symbols.line.repeat(size.width) : rule, size.width), ...content];
	}
	const [topLeft, topRight, bottomLeft, bottomRight] = symbols.corners;
	const end = note === '' ? '' : ` ${cut(note, size.width - 12)} ${symbols.line}`;
	const head = ` ${cut(painted, Math.max(0, size.width - widthOf(end) - 6))} `;
	const length = Math.max(0, size.width - 3 - widthOf(head) - widthOf(end));
	const side = focused ? paint.title(symbols.side) : symbols.side;
	return [
		cut(`${topLeft}${symbols.line}${head}${symbols.line.repeat(length)}${end}`, size.width - 1) +
			topRight,
		...content.map((row) => `${side} ${row} ${side}`),
		bottomLeft + symbols.line.repeat(Math.max(0, size.width - 2)) + bottomRight,
	];
}

/** What is done to the list comes before what the view says of it. */
const noteOf = ({ note = '', list }: PaneOptions) =>
	[list ? listNote(list) : '', note].filter((part) => part !== '').join('  ');

/** Lays a box over the middle of a screen. */
export function overlayCentered(
	screen: readonly string[],
	box: readonly string[],
	width: number,
): string[] {
	const top = Math.max(0, Math.floor((screen.length - box.length) / 2));
	const boxWidth = widthOf(box[0] ?? '');
	const left = Math.max(0, Math.floor((width - boxWidth) / 2));
	return screen.map((row, index) => {
		const line = box[index - top];
		if (line === undefined) return row;
		return fitLeft(fitLeft(row, left) + line + sliceAfter(row, left + boxWidth), width);
	});
}
