import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';
import { usbEventHead, usbEventRow } from './usb-events.ts';
import type { UsbState } from './usb-state.ts';

export type UsbPaneProps = {
	readonly state: UsbState;
	readonly size: Size;
	readonly boxed: boolean;
};

/** What came and went, under the names of its columns. */
export function EventsPane({ state, size, boxed }: UsbPaneProps) {
	const context = useViewContext();
	const appearance = useAppearance();
	const { session, pane } = context;
	const { eventList: list, events } = state;
	const { width, height } = inside(size, boxed);
	const note = list.following ? 'newest' : '';
	const focused = pane === 0;
	return (
		<Pane {...{ size, boxed, list, note, focused }} title="USB events">
			<Lines lines={[appearance.paint.dim(usbEventHead(width))]} size={{ width, height: 1 }} />
			<List
				list={list}
				size={{ width, height: height - 1 }}
				focused={focused}
				row={(index) => usbEventRow(appearance, session, events[index]!, width)}
				onFocus={() => {
					context.pane = 0;
				}}
			/>
		</Pane>
	);
}
