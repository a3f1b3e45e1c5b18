import { Box, type DOMElement } from 'ink';
import { useRef } from 'react';
import { useAppearance, useMouse, useRedrawIn, useViewport } from './console-hooks.ts';
import { Lines } from './Lines.tsx';
import { type ListRowsOptions, listRows } from './list-rows.ts';

/** Rows that one turn of the wheel moves a list. */
const wheelRows = 3;

type ListProps = ListRowsOptions & {
	/** The mouse has chosen this list. */
	readonly onFocus?: () => void;
};

/** The visible rows of a list as one Text; a click chooses one, the wheel moves it. */
export function List({ onFocus, ...options }: ListProps) {
	const { list, size } = options;
	const appearance = useAppearance();
	const box = useRef<DOMElement>(null);
	useViewport(list, size.height);
	// A filter looks through a long list little by little.
	useRedrawIn(list.isFiltering ? 20 : undefined);
	useMouse(box, (does, row) => {
		const { first, end } = list.visible(size.height);
		if (first + row >= end) return;
		onFocus?.();
		if (does === 'click') list.goTo(list.itemAt(first + row));
		else list.move(does === 'wheel-up' ? -wheelRows : wheelRows);
	});
	return (
		<Box ref={box} width={size.width} height={Math.max(0, size.height)} aria-role="list">
			<Lines lines={listRows(appearance, options)} size={size} />
		</Box>
	);
}
