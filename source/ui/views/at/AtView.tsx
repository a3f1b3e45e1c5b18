/** View 2: the AT conversation, and a line to type with what the catalogue knows of it. */
import { Box } from 'ink';
import { useViewContext } from '../../actions/use-view-context.ts';
import type { ViewProps } from '../../actions/view-context.ts';
import { wide } from '../../components/pane-frame.ts';
import { AnswerPane, CardPane } from './AnswerPanes.tsx';
import { atLayout } from './at-layout.ts';
import type { AtState } from './at-state.ts';
import { CommandPane } from './CommandPane.tsx';
import { ConversationPane } from './ConversationPane.tsx';

export function AtView({ state, size, isZoomed }: ViewProps<AtState>) {
	const { pane } = useViewContext();
	const { fields: answered, isTyping } = state;
	if (isZoomed) {
		const Zoomed = pane === 1 ? CardPane : ConversationPane;
		return <Zoomed state={state} size={size} boxed={size.width >= wide} />;
	}
	const options = { fieldCount: answered.length, isTyping };
	const { isWide, conversation, card, fields, command } = atLayout(size, options);
	return (
		<>
			<Box flexDirection={isWide ? 'row' : 'column'} flexShrink={0}>
				<ConversationPane state={state} size={conversation} boxed={isWide} />
				<Box flexDirection="column" flexShrink={0}>
					{isWide && <CardPane state={state} size={card} boxed />}
					{fields.height > 0 && <AnswerPane state={state} size={fields} boxed={isWide} />}
				</Box>
			</Box>
			<CommandPane state={state} size={command} boxed={isWide} />
		</>
	);
}
