/** View 1: the USB life of the modem as it happens, and what it means. */
import { Box } from 'ink';
import { laneCount } from '../../../session/lanes.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import type { ViewProps } from '../../actions/view-context.ts';
import { useAppearance, useRedrawIn } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { wide } from '../../components/pane-frame.ts';
import type { Size } from '../../text/lines.ts';
import { EventsPane } from './EventsPane.tsx';
import { FindingsPane, MeaningPane } from './FindingPanes.tsx';
import { noUsbRows } from './no-usb.ts';
import { SaidPane } from './SaidPane.tsx';
import { Timelines } from './Timelines.tsx';
import { timelineHeight, usbLayout } from './usb-layout.ts';
import type { UsbState } from './usb-state.ts';

export function UsbView({ state, size, isZoomed }: ViewProps<UsbState>) {
	useRedrawIn(state.hasEvents ? 1000 : undefined);
	if (isZoomed) return <ZoomedPane state={state} size={size} />;
	if (!state.hasEvents) return <WithoutUsb state={state} size={size} />;
	const ports = state.shownPorts(size.height);
	const { hasLanes, cursors, measured } = state;
	const wanted =
		1 + ports.length + (hasLanes ? laneCount : 0) + (cursors.path ? 1 + measured.length : 0);
	const lines = timelineHeight(wanted, size.height);
	const below = { width: size.width, height: size.height - lines };
	return (
		<>
			<Timelines state={state} ports={ports} size={{ width: size.width, height: lines }} />
			<Panes state={state} size={below} />
		</>
	);
}

type Props = { readonly state: UsbState; readonly size: Size };

function Panes({ state, size }: Props) {
	const { isWide, events, meaning, said, findings } = usbLayout(size);
	if (!isWide) {
		return (
			<>
				<EventsPane state={state} size={events} boxed={false} />
				<MeaningPane state={state} size={meaning} boxed={false} />
			</>
		);
	}
	return (
		<Box>
			<Box flexDirection="column">
				<EventsPane state={state} size={events} boxed />
				<SaidPane state={state} size={said} boxed />
			</Box>
			<Box flexDirection="column">
				<MeaningPane state={state} size={meaning} boxed isListed />
				<FindingsPane state={state} size={findings} boxed />
			</Box>
		</Box>
	);
}

function ZoomedPane({ state, size }: Props) {
	const { pane } = useViewContext();
	const boxed = size.width >= wide;
	if (pane === 0) return <EventsPane state={state} size={size} boxed={boxed} />;
	if (pane === 1) return <MeaningPane state={state} size={size} boxed={boxed} />;
	return <SaidPane state={state} size={size} boxed={boxed} />;
}

function WithoutUsb({ state, size }: Props) {
	const { width, height } = size;
	const { session } = useViewContext();
	const says = noUsbRows(useAppearance(), session, width);
	const below = { width, height: height - says.length - 1 };
	return (
		<>
			<Lines lines={[...says, '']} size={size} />
			{session.findings.length > 0 && (
				<MeaningPane state={state} size={below} boxed={width >= wide} />
			)}
		</>
	);
}
