import { Box, type DOMElement } from 'ink';
import { useRef } from 'react';
import { useViewContext } from '../../actions/use-view-context.ts';
import type { View, ViewContext, ViewProps } from '../../actions/view-context.ts';
import { useMouse, useRedrawIn } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import type { ListState } from '../../list/list-state.ts';
import { fill } from '../../text/lines.ts';
import type { DrawnView } from './drawn-view.ts';
import { takeSigns } from './mouse-signs.ts';

/** Rows that one turn of the wheel moves a list. */
const wheelRows = 3;

/** Shows a view that is still drawn as one text. */
export function Rows({ state, size, isZoomed }: ViewProps<DrawnView>) {
	const context = useViewContext();
	const drawn = isZoomed ? state.drawPane(size) : state.draw(size);
	const { rows, targets } = takeSigns(fill(drawn, size));
	useRedrawIn(state.list?.isFiltering ? 20 : state.redrawIn);
	const box = useRef<DOMElement>(null);
	useMouse(box, (does, row, column) => {
		const target = targets[row]?.findLast(({ from, to }) => column >= from && column < to);
		if (!target) return;
		choosePane(context, target.list);
		if (does === 'click') target.list.goTo(target.item);
		else target.list.move(does === 'wheel-up' ? -wheelRows : wheelRows);
	});
	return (
		<Box ref={box} {...size} flexShrink={0}>
			<Lines lines={rows} size={size} />
		</Box>
	);
}

/** The pane whose list this is: the view names the list of the pane that is chosen. */
function choosePane(context: ViewContext, list: ListState): void {
	const before = context.pane;
	const view: View = context.view;
	for (let pane = 0; pane < view.panes; pane++) {
		context.pane = pane;
		if (view.list === list) return;
	}
	context.pane = before;
}
