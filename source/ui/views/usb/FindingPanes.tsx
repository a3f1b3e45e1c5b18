import { sanitize } from '../../../protocol/text/sanitize.ts';
import { stepKeys } from '../../actions/next-step.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance, useViewport } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { List } from '../../components/List.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import { wrap } from '../../text/lines.ts';
import type { UsbPaneProps } from './EventsPane.tsx';
import { chosenMeaning, findingRow, leadingMeaning, meaningRows, nowRow } from './finding-rows.ts';
import type { UsbState } from './usb-state.ts';

type MeaningPaneProps = UsbPaneProps & {
	/** The findings stand beside it: there one is chosen. */
	readonly isListed?: boolean;
};

/** What the situation means, or the finding that a person chose, and what is armed. */
export function MeaningPane({ state, size, boxed, isListed = false }: MeaningPaneProps) {
	const context = useViewContext();
	const { session, pane } = context;
	const armed = session.modem?.at.armed;
	const { situation, chosen } = state;
	const appearance = useAppearance();
	const room = inside(size, boxed);
	const { width, height } = room;
	const says = `${sanitize(armed ?? '')} is armed: it is sent in the next window. h disarms it.`;
	const warning = armed ? wrap(says, width - 2).map((row) => ` ${appearance.paint.warn(row)}`) : [];
	const { next } = situation;
	const leads = armed && next?.action === 'wait' ? { ...situation, next: undefined } : situation;
	const meaning = chosen
		? chosenMeaning(chosen, situation.findings.includes(chosen))
		: leadingMeaning(leads, next && stepKeys(context, next.action));
	const left = { width, height: height - warning.length };
	const { rows, hidden } = meaningRows(appearance, meaning, left);
	const note = [
		noteOf(state, session.findings.length),
		hidden > 0 ? `${hidden} more row${hidden === 1 ? '' : 's'}: ${pane === 1 ? '' : 'Tab, '}+` : '',
	]
		.filter(Boolean)
		.join('  ');
	return (
		<Pane {...{ size, boxed, note }} title="What this means" focused={pane === 1 && !isListed}>
			<Lines lines={[...warning, ...rows]} size={room} />
			{!isListed && <OneFinding state={state} />}
		</Pane>
	);
}

/** Which of all findings it is; how many more hold, and how to come to them. */
function noteOf({ chosen, findingList, firstFinding, situation }: UsbState, all: number): string {
	if (chosen) return `${findingList.at - firstFinding + 1} of ${all}`;
	const more = situation.findings.length - 1;
	return more > 0 ? `${more} more: Tab, k` : '';
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
	const { findingList: list, firstFinding, situation } = state;
	const appearance = useAppearance();
	const focused = pane === 1;
	return (
		<Pane
			{...{ size, boxed, list, focused }}
			title={`Findings: ${situation.findings.length} of ${findings.length} current`}
		>
			<List
				list={list}
				size={inside(size, boxed)}
				focused={focused}
				row={(number) => {
					const finding = findings[number - firstFinding];
					if (!finding) return nowRow(appearance, header, session.now(), situation);
					return findingRow(appearance, header, finding, situation.findings.includes(finding));
				}}
				onFocus={() => {
					context.pane = 1;
				}}
			/>
		</Pane>
	);
}
