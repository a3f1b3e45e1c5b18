/** The rows of a list for a view that is still drawn as one text: it is laid out while it is drawn. */
import { listRows as drawnRows } from '../../components/list-rows.ts';
import type { About } from '../../list/filter.ts';
import type { ListItems, ListState } from '../../list/list-state.ts';
import type { Range } from '../../list/range.ts';
import type { Appearance } from '../../text/appearance.ts';
import { type Size, stripColors } from '../../text/lines.ts';
import { mouseSign } from './mouse-signs.ts';

type ListOptions = Range & {
	readonly list: ListState;
	readonly size: Size;
	readonly row: (index: number) => string;
	readonly focused: boolean;
	readonly quiet?: boolean;
	readonly about?: (index: number) => About;
	readonly fields?: readonly string[];
	readonly copy?: (index: number) => string;
	readonly source?: unknown;
};

export function listRows(appearance: Appearance, options: ListOptions): string[] {
	const { list, first, end, size, row } = options;
	const drawn = (index: number) => stripColors(row(index)).trimEnd();
	const { about = (index) => ({ text: drawn(index) }), copy = drawn, fields = [] } = options;
	const items = { first, end, about, copy, fields, source: options.source };
	const top = layout(list, items, size.height);
	const rows = drawnRows(appearance, options);
	if (list.count === 0) return rows;
	return rows.map((text, index) => mouseSign(list, list.itemAt(top + index), size.width) + text);
}

/** Takes the list as it is now and says which place is the uppermost in `height` rows. */
export function layout(list: ListState, items: ListItems, height: number): number {
	list.update(items);
	list.setViewport(height);
	return list.visible(height).first;
}
