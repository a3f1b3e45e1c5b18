import { sanitize } from '../../../protocol/text/sanitize.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import { fieldColumns } from './answer-fields.ts';
import type { AtPaneProps } from './ConversationPane.tsx';
import { cardRows } from './modem-card.ts';

/** What is known of this modem. */
export function CardPane({ state, size, boxed }: AtPaneProps) {
	const { session, pane } = useViewContext();
	const room = inside(size, boxed);
	const lines = cardRows(useAppearance(), session, room.width);
	return (
		<Pane {...{ size, boxed }} title="This modem" focused={!state.isTyping && pane === 1}>
			<Lines lines={lines} size={room} />
		</Pane>
	);
}

/** The answer that is looked at, in its fields. */
export function AnswerPane({ state, size, boxed }: AtPaneProps) {
	const room = inside(size, boxed);
	const lines = fieldColumns(useAppearance(), state.fields, room);
	return (
		<Pane {...{ size, boxed }} title={`${sanitize(state.answer?.command ?? '')} in fields`}>
			<Lines lines={lines} size={room} />
		</Pane>
	);
}
