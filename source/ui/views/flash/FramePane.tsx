import type { TrafficFrame } from '../../../recording/log/traffic.ts';
import { useViewContext } from '../../actions/use-view-context.ts';
import { useAppearance } from '../../components/console-hooks.ts';
import { FieldTable, fieldSentence } from '../../components/FieldTable.tsx';
import { HexDump } from '../../components/HexDump.tsx';
import { Lines } from '../../components/Lines.tsx';
import { Pane } from '../../components/Pane.tsx';
import { inside } from '../../components/pane-frame.ts';
import { fitRows, type Size } from '../../text/lines.ts';
import { frameTitle, frameWords, payloadRows, textRows } from './frame-text.ts';
import type { TrafficPaneProps } from './TrafficPane.tsx';
import type { TrafficState } from './traffic-state.ts';

/** One frame of the traffic: its bytes, the field that is lit, and why it was sent. */
export function FramePane({ traffic, size, boxed }: TrafficPaneProps) {
	const { pane } = useViewContext();
	const { chosen: frame, fieldList } = traffic;
	const focused = pane === 1;
	if (!frame) return <Pane {...{ size, boxed, focused }} title="Frame" />;
	const Content = frame.payload ? PayloadFrame : traffic.asText ? TextFrame : HexFrame;
	return (
		<Pane {...{ size, boxed, focused }} title={frameTitle(frame)} list={fieldList}>
			<Content frame={frame} traffic={traffic} size={inside(size, boxed)} />
		</Pane>
	);
}

type FrameProps = {
	readonly frame: TrafficFrame;
	readonly traffic: TrafficState;
	readonly size: Size;
};

function PayloadFrame({ frame, size }: FrameProps) {
	const words = frameWords(useAppearance(), frame, size);
	const rows = frame.payload ? payloadRows(frame.payload, size.width) : [];
	return <Lines lines={[...rows, '', ...words]} size={size} />;
}

function TextFrame({ frame, size }: FrameProps) {
	const words = frameWords(useAppearance(), frame, size);
	const room = Math.max(1, size.height - words.length);
	const text = fitRows(textRows(frame, size.width), { ...size, height: room });
	return <Lines lines={[...text, ...words]} size={size} />;
}

function HexFrame({ frame, traffic: { fieldList: list }, size }: FrameProps) {
	const context = useViewContext();
	const appearance = useAppearance();
	const { width, height } = size;
	const { bytes, fields } = frame;
	const words = frameWords(appearance, frame, size);
	const field = fields[list.at];
	// The table needs room beside the bytes; without it the lit field alone is named.
	const needed = Math.ceil(bytes.length / 16) + words.length + 3;
	const table = Math.min(fields.length, height - Math.min(needed, height));
	// The table names the field already.
	const sentence = field ? fieldSentence(appearance, field, width).slice(table > 0 ? 1 : 0) : [];
	const room = Math.max(1, height - table - sentence.length - words.length);
	return (
		<>
			<HexDump bytes={bytes} base={0} lit={field} size={{ width, height: room }} />
			<FieldTable
				fields={fields}
				list={list}
				size={{ width, height: table }}
				onFocus={() => {
					context.pane = 1;
				}}
			/>
			<Lines
				lines={[...sentence, ...words]}
				size={{ width, height: Math.max(0, height - table - room) }}
			/>
		</>
	);
}
