/** The rows of a list around the chosen one: every list of the console is drawn here. */
import { highlight } from '../list/highlight.ts';
import type { ListState } from '../list/list-state.ts';
import type { Appearance } from '../text/appearance.ts';
import { fitLeft, type Size } from '../text/lines.ts';

export type ListRowsOptions = {
	readonly list: ListState;
	readonly size: Size;
	/** Without the sign of the chosen row, which the list draws. */
	readonly row: (item: number) => string;
	/** Whether keys move this list now. */
	readonly focused: boolean;
	/** To read, while keys move another list: no row of it is pointed at. */
	readonly quiet?: boolean;
};

export function listRows(appearance: Appearance, options: ListRowsOptions): string[] {
	const { list, size, row, focused, quiet = false } = options;
	const { paint } = appearance;
	if (list.count === 0 && list.filter !== '') {
		const says = list.isFiltering ? 'Looking..' : 'Nothing passes the filter. Esc clears it.';
		return [paint.dim(fitLeft(` ${says}`, size.width))];
	}
	const { selection } = list;
	const { first, end } = list.visible(size.height);
	return Array.from({ length: end - first }, (_, offset) => {
		const place = first + offset;
		const item = list.itemAt(place);
		const isChosen = item === list.at;
		const isSelected = selection && place >= selection.first && place < selection.end;
		const sign = isChosen && !quiet ? '>' : isSelected ? '*' : ' ';
		const content = highlight(appearance, row(item), list.query);
		const text = fitLeft(`${sign}${content}`, size.width);
		return (isChosen && focused) || isSelected ? paint.selected(text) : text;
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
