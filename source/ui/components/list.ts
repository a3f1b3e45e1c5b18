/** The rows of a list around the chosen one: every list of the console is drawn here. */

import type { About } from '../list/filter.ts';
import { markHits } from '../list/highlight.ts';
import type { Cursor } from '../list/list-state.ts';
import type { Look } from '../text/appearance.ts';
import { bare, cut, fitLeft, type Size } from '../text/lines.ts';

export { Cursor } from '../list/list-state.ts';

/** Items are numbered; those from `first` to before `end` can be shown. */
export type Range = { readonly first: number; readonly end: number };

export type ListOptions = Range & {
	readonly cursor: Cursor;
	readonly size: Size;
	/** Without the sign of the chosen row, which the list draws. */
	readonly row: (index: number) => string;
	/** Whether keys move this list now. */
	readonly focused: boolean;
	/** To read, while keys move another list: no row of it is pointed at. */
	readonly quiet?: boolean;
	/** What search and filter look at; the row as it is drawn unless given. */
	readonly about?: (index: number) => About;
	/** The names of the fields that `about` has. */
	readonly fields?: readonly string[];
	/** What is copied; the row as it is drawn unless given. */
	readonly copy?: (index: number) => string;
	/** When this changes, the items are others, whatever their numbers. */
	readonly source?: unknown;
};

export function listRows(look: Look, options: ListOptions): string[] {
	const { cursor, first, end, size, row, focused } = options;
	const drawn = (index: number) => bare(row(index)).trimEnd();
	const top = cursor.place({ first, end }, size.height, {
		first,
		end,
		about: options.about ?? ((index) => ({ text: drawn(index) })),
		copy: options.copy ?? drawn,
		fields: options.fields ?? [],
		source: options.source,
	});
	if (cursor.isSifting) look.again?.();
	if (cursor.count === 0 && cursor.filter !== '') {
		const says = cursor.isSifting ? 'Looking..' : 'Nothing passes the filter. Esc clears it.';
		return [look.paint.dim(fitLeft(` ${says}`, size.width))];
	}
	const { selection } = cursor;
	const count = Math.max(0, Math.min(cursor.placesEnd - top, size.height));
	return Array.from({ length: count }, (_, offset) => {
		const place = top + offset;
		const index = cursor.itemAt(place);
		const isChosen = index === cursor.at;
		const isSelected = selection && place >= selection.first && place < selection.end;
		const sign = isChosen && !options.quiet ? '>' : isSelected ? '*' : ' ';
		const content = markHits(look, row(index), cursor.query);
		const text = fitLeft(`${sign}${cut(content, size.width - 1)}`, size.width);
		const target = look.target?.(cursor, index, size.width) ?? '';
		return target + ((isChosen && focused) || isSelected ? look.paint.selected(text) : text);
	});
}

/** How a list is looked at, for its title: the filter, the search, what is selected or frozen. */
export function listNote({ filter, count, query, selection, isFrozen, isSifting }: Cursor): string {
	return [
		filter === '' ? '' : `f ${filter} (${count}${isSifting ? '..' : ''})`,
		query === '' ? '' : `/${query}`,
		selection ? `${selection.end - selection.first} selected` : '',
		isFrozen ? 'FROZEN' : '',
	]
		.filter((part) => part !== '')
		.join('  ');
}

/** The keys that move every list, in dialogs too; false when it was another. */
export function moveBy(cursor: Cursor, key: string): boolean {
	switch (key) {
		case 'up':
			cursor.move(-1);
			return true;
		case 'down':
			cursor.move(1);
			return true;
		case 'pageup':
			cursor.page(-1);
			return true;
		case 'pagedown':
			cursor.page(1);
			return true;
		case 'home':
			cursor.toStart();
			return true;
		case 'end':
			cursor.toEnd();
			return true;
		default:
			return false;
	}
}
