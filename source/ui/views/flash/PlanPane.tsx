import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';
import type { FlashState } from './flash-state.ts';

type PlanPaneProps = {
	readonly state: FlashState;
	readonly size: Size;
	readonly boxed: boolean;
};

/** What is planned, or the flash that runs or ended. */
export function PlanPane({ state, size, boxed }: PlanPaneProps) {
	const context = useViewContext();
	const { symbols } = useAppearance();
	const { planList: list, planRows, isPlanNews } = state;
	const room = inside(size, boxed);
	const focused = context.pane === 2;
	const hidden = planRows.length - room.height;
	return (
		<Pane
			{...{ size, boxed, list, focused }}
			title={context.session.flash.started && !isPlanNews ? 'Flash' : 'Plan'}
			note={hidden > 0 ? `${hidden} more: Tab, ${symbols.down}` : ''}
		>
			<List
				list={list}
				size={room}
				focused={focused}
				quiet={!focused}
				row={(index) => planRows[index]!}
				onFocus={() => {
					context.pane = 2;
				}}
			/>
		</Pane>
	);
}
