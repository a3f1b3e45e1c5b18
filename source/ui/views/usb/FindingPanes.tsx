import { sanitize } from '../../../protocol/text/sanitize.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance, useViewport } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import { wrap } from '../../text/lines.ts';
import type { UsbPaneProps } from './EventsPane.tsx';
import { findingRow, findingRows } from './finding-rows.ts';

type MeaningPaneProps = UsbPaneProps & {
	/** The findings stand beside it: there one is chosen. */
	readonly isListed?: boolean;
};

/** What the chosen finding says, and what is armed. */
export function MeaningPane({ state, size, boxed, isListed = false }: MeaningPaneProps) {
	const { session, pane } = useViewContext();
	const { findings } = session;
	const armed = session.modem?.at.armed;
	const { findingList, firstFinding, finding } = state;
	const appearance = useAppearance();
	const room = inside(size, boxed);
	const { width, height } = room;
	const at = findingList.at - firstFinding;
	const note = findings.length > 1 ? `${at + 1} of ${findings.length}` : '';
	const says = `armed ${sanitize(armed ?? '')}: it fires in the next window of the AT port. h disarms.`;
	const warning = armed ? wrap(says, width - 2).map((row) => ` ${appearance.paint.warn(row)}`) : [];
	const lines = [...warning, ...findingRows(appearance, finding, width, height - warning.length)];
	return (
		<Pane {...{ size, boxed, note }} title="What this means" focused={pane === 1 && !isListed}>
			<Lines lines={lines} size={room} />
			{!isListed && <OneFinding state={state} />}
		</Pane>
	);
}

/** Keys go from one finding to the next where only one is seen. */
function OneFinding({ state }: Pick<UsbPaneProps, 'state'>) {
	useViewport(state.findingList, 1);
	return null;
}

/** All findings, to choose one of. */
export function FindingsPane({ state, size, boxed }: UsbPaneProps) {
	const context = useViewContext();
	const { session, pane } = context;
	const { findings, header } = session;
	const { findingList: list, firstFinding } = state;
	const appearance = useAppearance();
	const focused = pane === 1;
	return (
		<Pane {...{ size, boxed, list, focused }} title={`Findings so far: ${findings.length}`}>
			<List
				list={list}
				size={inside(size, boxed)}
				focused={focused}
				row={(number) => findingRow(appearance, header, findings[number - firstFinding]!)}
				onFocus={() => {
					context.pane = 1;
				}}
			/>
		</Pane>
	);
}
