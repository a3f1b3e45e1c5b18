import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import { grouped } from '../../text/format.ts';
import type { Size } from '../../text/lines.ts';
import { eventRow } from './event-row.ts';
import type { RecordingsState } from './recordings-state.ts';

export type RecordingsPaneProps = {
	readonly state: RecordingsState;
	readonly size: Size;
	readonly boxed: boolean;
};

/** Every event of the session: the log itself, which may be long. */
export function LogPane({ state, size, boxed }: RecordingsPaneProps) {
	const context = useViewContext();
	const appearance = useAppearance();
	const { session, pane } = context;
	const { header, log } = session;
	const { log: list } = state;
	const room = inside(size, boxed);
	const focused = pane === 1;
	const all = log.dropped + log.length;
	const title = `This session  ${grouped(all)} event${all === 1 ? '' : 's'}`;
	const note = list.following ? 'newest' : '';
	return (
		<Pane {...{ size, boxed, title, note, list, focused }}>
			{log.length === 0 ? (
				<Lines lines={[' Nothing has happened yet.']} size={room} />
			) : (
				<List
					list={list}
					size={room}
					focused={focused}
					row={(number) => eventRow(appearance, header, log.at(number - log.dropped)!, room.width)}
					onFocus={() => {
						context.pane = 1;
					}}
				/>
			)}
		</Pane>
	);
}
