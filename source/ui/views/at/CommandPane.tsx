import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Session } from '../../../session/session.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import { TextInput } from '../../components/TextInput.tsx';
import { explainedRows } from './at-help.ts';
import type { AtPaneProps } from './ConversationPane.tsx';

/** The line, and under it what it would do. */
export function CommandPane({ state, size, boxed }: AtPaneProps) {
	const { session } = useViewContext();
	const appearance = useAppearance();
	const { input, isTyping } = state;
	const room = inside(size, boxed);
	const { width, height } = room;
	return (
		<Pane {...{ size, boxed }} title="Command" focused={isTyping}>
			{isTyping ? (
				<>
					<TextInput input={input} lead=" AT> " width={width} />
					<Lines
						lines={explainedRows(appearance, input.text, width)}
						size={{ width, height: height - 1 }}
					/>
				</>
			) : (
				<Lines lines={[idleLine(session)]} size={room} />
			)}
		</Pane>
	);
}

function idleLine({ modem }: Session): string {
	if (!modem) return ' AT> nothing can be sent from a recording';
	const { armed } = modem.at;
	return ` AT> press i to type${armed ? `   armed: ${sanitize(armed)}` : ''}`;
}
