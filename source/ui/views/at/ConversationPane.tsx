import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Session } from '../../../session/session.ts';
import { atNode } from '../../../usb/device/modes.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';
import type { AtState } from './at-state.ts';

export type AtPaneProps = {
	readonly state: AtState;
	readonly size: Size;
	readonly boxed: boolean;
};

/** What we and the modem have said. */
export function ConversationPane({ state, size, boxed }: AtPaneProps) {
	const context = useViewContext();
	const appearance = useAppearance();
	const { session, pane } = context;
	const { conversation, isTyping } = state;
	const { list } = conversation;
	const title = `AT conversation  ${portWords(session)}`;
	const isChosen = !isTyping && pane === 0;
	const room = inside(size, boxed);
	const how = session.modem ? ' Press i to type a command.' : '';
	return (
		<Pane {...{ size, boxed, title, list }} focused={isChosen}>
			{session.transcript.total === 0 ? (
				<Lines lines={[` Nothing was said yet.${how}`]} size={room} />
			) : (
				<List
					list={list}
					size={room}
					focused={isChosen && !list.following}
					row={(number) => conversation.row(appearance, session.header, number, room.width - 1)}
					onFocus={() => {
						context.pane = 0;
					}}
				/>
			)}
		</Pane>
	);
}

function portWords({ devices, path }: Session): string {
	if (path === undefined) return 'no modem seen';
	const device = devices.get(path);
	return sanitize(`${path} ${(device && atNode(device)) ?? 'AT port not there now'}`);
}
