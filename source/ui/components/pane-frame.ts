/** The frame of a pane: a rule with its title where it is narrow, a box where there is room. */
import type { ListState } from '../list/list-state.ts';
import type { Appearance } from '../text/appearance.ts';
import { cut, fitLeft, type Size, shorten, widthOf } from '../text/lines.ts';
import { listNote } from './list-rows.ts';

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

/** What is done to the list comes before what the view says of it. */
export const paneNote = ({ note = '', list }: Pick<PaneOptions, 'note' | 'list'>): string =>
	[list ? listNote(list) : '', note].filter((part) => part !== '').join('  ');

/** A rule is one line; a box is as high as the pane and empty inside. */
export function paneFrame(
	{ paint, symbols }: Appearance,
	{ width, height }: Size,
	options: PaneOptions,
): string[] {
	const { title, focused = false, boxed } = options;
	const note = paneNote(options);
	const painted = focused ? paint.title(title) : title;
	const edge = focused ? paint.title : paint.dim;
	if (!boxed) {
		const end = note === '' ? '' : ` ${shorten(note, width - 8)} `;
		const head = shorten(painted, Math.max(0, width - widthOf(end) - 4));
		const length = Math.max(0, width - widthOf(head) - widthOf(end) - 3);
		const line = (columns: number) => edge(symbols.line.repeat(columns));
		const rule = `${line(1)} ${head} ${line(length)}${end}`;
		return [fitLeft(title === '' ? line(width) : rule, width)];
	}
	const [topLeft, topRight, bottomLeft, bottomRight] = symbols.corners;
	const end = note === '' ? '' : ` ${shorten(note, width - 12)} ${edge(symbols.line)}`;
	const head = ` ${shorten(painted, Math.max(0, width - widthOf(end) - 6))} `;
	const length = Math.max(0, width - 3 - widthOf(head) - widthOf(end));
	const side = edge(symbols.side);
	const top = `${edge(topLeft + symbols.line)}${head}${edge(symbols.line.repeat(length))}${end}`;
	const middle = `${side}${' '.repeat(Math.max(0, width - 2))}${side}`;
	return [
		cut(top, width - 1) + edge(topRight),
		...Array.from({ length: Math.max(0, height - 2) }, () => middle),
		edge(bottomLeft + symbols.line.repeat(Math.max(0, width - 2)) + bottomRight),
	];
}
