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
import { laneRows, measureRows, secondsWords, withCursors } from './measure-rows.ts';
import { legend, stripFrom } from './timeline-strip.ts';
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
	const { width, height } = size;
	const { cursors } = state;
	const { label, columns } = timelineColumns(ports, width, state.hasLanes);
	const window = state.timeWindow(columns);
	const loop = ports[0]?.loop && loopWords(ports[0].loop, width);
	const signs = legend(
		appearance,
		ports.map(({ spans }) => spans),
	);
	const rows = [
		spaceBetween(
			` ${spanWords(state, window.step, columns)}  ${signs}`,
			loop ? `${paint.bad(loop)} ` : ' ',
			width,
		),
		...ports.map(({ path, spans }) => {
			const drawn = stripFrom(appearance, spans, window.first, columns, window.step);
			const row = path === cursors.path ? withCursors(appearance, drawn, cursors, window) : drawn;
			return ` ${fitLeft(sanitize(path), label)}${row} `;
		}),
		...(state.hasLanes ? laneRows(appearance, session, { ...window, columns }, label) : []),
		...(cursors.path ? measureRows(appearance, session.header, state, width) : []),
	];
	const hidden = rows.length - height;
	const lines =
		hidden > 0
			? [...rows.slice(0, height - 1), paint.dim(` ${hidden + 1} more rows in a higher terminal`)]
			: rows;
	return (
		<Box {...size} flexShrink={0} aria-label={loop ?? ''}>
			<Lines lines={lines} size={size} />
		</Box>
	);
}

function spanWords({ cursors }: UsbState, step: number, columns: number): string {
	const { isZoomed, range } = cursors;
	if (isZoomed && range) return `From A to B, ${secondsWords(range.to - range.from)}`;
	return step === 1 ? `Last ${columns} s` : `${duration(columns * step)}, ${step} s each`;
}

/** Where there is room, how regular it is too: a loop of software is, one of a weak supply is not. */
function loopWords({ up, down, period, duty, jitter, cycles }: Loop, width: number): string {
	const short = `loop: up ${up.toFixed(1)} s / down ${down.toFixed(1)} s, ${cycles} cycles`;
	if (width < wide) return short;
	return `${short}, every ${period.toFixed(1)} s ±${jitter.toFixed(1)}, there ${Math.round(duty * 100)} %`;
}
