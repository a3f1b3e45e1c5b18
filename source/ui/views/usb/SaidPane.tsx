import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import type { UsbPaneProps } from './EventsPane.tsx';

/** What the AT port and we said last. */
export function SaidPane({ state, size, boxed }: UsbPaneProps) {
	const context = useViewContext();
	const appearance = useAppearance();
	const { list } = state.said;
	const { header } = context.session;
	const room = inside(size, boxed);
	const focused = context.pane === 2;
	return (
		<Pane {...{ size, boxed, list, focused }} title="Last said on the AT port">
			{list.count === 0 && list.filter === '' ? (
				<Lines lines={[appearance.paint.dim(' Nothing was said yet.')]} size={room} />
			) : (
				<List
					list={list}
					size={room}
					focused={focused}
					row={(number) => state.said.row(appearance, header, number, room.width - 1)}
					onFocus={() => {
						context.pane = 2;
					}}
				/>
			)}
		</Pane>
	);
}
