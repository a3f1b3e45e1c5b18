import { Box } from 'ink';
import { sanitize } from '../../../protocol/text/sanitize.ts';
import type { Loop } from '../../../usb/timeline/loop.ts';
import type { PortTimeline } from '../../../usb/timeline/timeline.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { Lines } from '../../components/Lines.tsx';
import { wide } from '../../components/pane-frame.ts';
import { duration } from '../../text/format.ts';
import { fitLeft, type Size, spaceBetween } from '../../text/lines.ts';
import { columnSteps, legend, strip } from './timeline-strip.ts';
import { timelineColumns } from './usb-layout.ts';
import type { UsbState } from './usb-state.ts';

type TimelinesProps = {
	readonly state: UsbState;
	readonly ports: readonly PortTimeline[];
	readonly size: Size;
};

/** One row of time for each port, under what a column is. */
export function Timelines({ state, ports, size }: TimelinesProps) {
	const { session } = useViewContext();
	const appearance = useAppearance();
	const { paint } = appearance;
	const { width } = size;
	const now = session.now();
	const { label, columns } = timelineColumns(ports, width);
	const step = columnSteps[state.step(columns)]!;
	const loop = ports[0]?.loop && loopWords(ports[0].loop, width);
	const span = step === 1 ? `Last ${columns} s` : `${duration(columns * step)}, ${step} s each`;
	const lines = [
		spaceBetween(
			` ${span}  ${paint.dim(legend(appearance))}`,
			loop ? `${paint.bad(loop)} ` : ' ',
			width,
		),
		...ports.map(
			({ path, spans }) =>
				` ${fitLeft(sanitize(path), label)}${strip(appearance, spans, now, columns, step)} `,
		),
	];
	return (
		<Box {...size} flexShrink={0} aria-label={loop ?? ''}>
			<Lines lines={lines} size={size} />
		</Box>
	);
}

/** Where there is room, how regular it is too: a loop of software is, one of a weak supply is not. */
function loopWords({ up, down, period, duty, jitter, cycles }: Loop, width: number): string {
	const short = `loop: up ${up.toFixed(1)} s / down ${down.toFixed(1)} s, ${cycles} cycles`;
	if (width < wide) return short;
	return `${short}, every ${period.toFixed(1)} s ±${jitter.toFixed(1)}, there ${Math.round(duty * 100)} %`;
}
