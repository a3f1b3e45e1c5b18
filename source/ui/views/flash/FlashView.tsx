/** View 4: the plan, the flash as it runs, and the traffic with its meaning. */
import { Box } from 'ink';
import { useViewContext } from '../../actions/use-view-context.ts';
import type { ViewProps } from '../../actions/view-context.ts';
import { useRedrawIn } from '../../components/console-hooks.ts';
import { wide } from '../../components/pane-frame.ts';
import { FramePane } from './FramePane.tsx';
import { flashLayout } from './flash-layout.ts';
import type { FlashState } from './flash-state.ts';
import { PlanPane } from './PlanPane.tsx';
import { TrafficPane } from './TrafficPane.tsx';

export function FlashView({ state, size, isZoomed }: ViewProps<FlashState>) {
	const { session, pane } = useViewContext();
	useRedrawIn(session.flash.running ? 1000 : undefined);
	const { traffic, planRows, isPlanNews } = state;
	if (isZoomed) {
		const boxed = size.width >= wide;
		if (pane === 0) return <TrafficPane traffic={traffic} size={size} boxed={boxed} />;
		if (pane === 1) return <FramePane traffic={traffic} size={size} boxed={boxed} />;
		return <PlanPane state={state} size={size} boxed={boxed} />;
	}
	const { asDiagram } = traffic;
	const layout = flashLayout(size, { planRows: planRows.length, isPlanNews, asDiagram });
	const boxed = layout.isWide;
	return (
		<>
			<PlanPane state={state} size={layout.plan} boxed={boxed} />
			<Box flexDirection={boxed ? 'row' : 'column'}>
				<TrafficPane traffic={traffic} size={layout.traffic} boxed={boxed} />
				<FramePane traffic={traffic} size={layout.frame} boxed={boxed} />
			</Box>
		</>
	);
}
