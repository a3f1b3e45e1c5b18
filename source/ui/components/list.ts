/** The rows of a list around the chosen one: every list of the console is drawn here. */

import type { About } from '../list/filter.ts';
import { highlight } from '../list/highlight.ts';
import type { ListState } from '../list/list-state.ts';
import type { Range } from '../list/range.ts';
import type { Appearance } from '../text/appearance.ts';
import { cut, fitLeft, type Size, stripColors } from '../text/lines.ts';

export type ListOptions = Range & {
	readonly list: ListState;
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

export function listRows(appearance: Appearance, options: ListOptions): string[] {
	const { list, first, end, size, row, focused } = options;
	const drawn = (index: number) => stripColors(row(index)).trimEnd();
	const top = list.layout({ first, end }, size.height, {
		first,
		end,
		about: options.about ?? ((index) => ({ text: drawn(index) })),
		copy: options.copy ?? drawn,
		fields: options.fields ?? [],
		source: options.source,
	});
	if (list.isFiltering) appearance.requestRedraw?.();
	if (list.count === 0 && list.filter !== '') {
		const says = list.isFiltering ? 'Looking..' : 'Nothing passes the filter. Esc clears it.';
		return [appearance.paint.dim(fitLeft(` ${says}`, size.width))];
	}
	const { selection } = list;
	const count = Math.max(0, Math.min(list.placesEnd - top, size.height));
	return Array.from({ length: count }, (_, offset) => {
		const place = top + offset;
		const index = list.itemAt(place);
		const isChosen = index === list.at;
		const isSelected = selection && place >= selection.first && place < selection.end;
		const sign = isChosen && !options.quiet ? '>' : isSelected ? '*' : ' ';
		const content = highlight(appearance, row(index), list.query);
		const text = fitLeft(`${sign}${cut(content, size.width - 1)}`, size.width);
		const target = appearance.target?.(list, index, size.width) ?? '';
		return target + ((isChosen && focused) || isSelected ? appearance.paint.selected(text) : text);
	});
}

/** How a list is looked at, for its title: the filter, the search, what is selected or frozen. */
export function listNote({
	filter,
	count,
	query,
	selection,
	isFrozen,
	isFiltering,
}: ListState): string {
	return [
		filter === '' ? '' : `f ${filter} (${count}${isFiltering ? '..' : ''})`,
		query === '' ? '' : `/${query}`,
		selection ? `${selection.end - selection.first} selected` : '',
		isFrozen ? 'FROZEN' : '',
	]
		.filter((part) => part !== '')
		.join('  ');
}

/** The keys that move every list, in dialogs too; false when it was another. */
export function moveBy(list: ListState, key: string): boolean {
	switch (key) {
		case 'up':
			list.move(-1);
			return true;
		case 'down':
			list.move(1);
			return true;
		case 'pageup':
			list.page(-1);
			return true;
		case 'pagedown':
			list.page(1);
			return true;
		case 'home':
			list.toStart();
			return true;
		case 'end':
			list.toEnd();
			return true;
		default:
			return false;
	}
}
