import { Box, useWindowSize } from 'ink';
import { useMemo, useState, useSyncExternalStore } from 'react';
import type { LessonRun } from '../../learn/lesson-run.ts';
import { useInputs } from '../app/use-inputs.ts';
import { type RedrawTimer, SurroundingsContext } from '../components/console-hooks.ts';
import { HexDump } from '../components/HexDump.tsx';
import { Lines } from '../components/Lines.tsx';
import { Pane } from '../components/Pane.tsx';
import { inside } from '../components/pane-frame.ts';
import { TextInput } from '../components/TextInput.tsx';
import { fitRight, type Size } from '../text/lines.ts';
import { frameTitle } from '../views/flash/frame-text.ts';
import { SequenceDiagram, stepRow } from '../views/flash/sequence-diagram.ts';
import {
	backLine,
	busRows,
	headRow,
	helpRows,
	hintLine,
	saidRow,
	smallRows,
	taskRows,
	textRows,
} from './learn-rows.ts';
import type { LearnState } from './learn-state.ts';

type LearnProps = { readonly state: LearnState; readonly redraw: RedrawTimer };

const smallest = { width: 80, height: 24 };

/** The lessons on a terminal. */
export function LearnApp({ state, redraw }: LearnProps) {
	const { columns: width, rows: height } = useWindowSize();
	useInputs(state.input);
	return <LearnScreen state={state} redraw={redraw} size={{ width, height }} />;
}

type ScreenProps = LearnProps & { readonly size: Size };

/** One screen of a lesson; it needs no terminal. */
export function LearnScreen({ state, redraw, size }: ScreenProps) {
	useSyncExternalStore(state.subscribe, state.frame, state.frame);
	const { appearance, mouse } = state;
	const surroundings = useMemo(() => ({ appearance, mouse, redraw }), [appearance, mouse, redraw]);
	const isSmall = size.width < smallest.width || size.height < smallest.height;
	return (
		<SurroundingsContext value={surroundings}>
			<Box {...size} flexDirection="column">
				{isSmall ? (
					<Lines lines={smallRows(size.width)} size={size} />
				) : (
					<Frame state={state} size={size} />
				)}
			</Box>
		</SurroundingsContext>
	);
}

function Frame({ state, size }: { readonly state: LearnState; readonly size: Size }) {
	const { appearance, run } = state;
	const { width, height } = size;
	const body = { width, height: height - 2 };
	return (
		<>
			<Lines lines={[headRow(state, width)]} size={{ width, height: 1 }} />
			<Box {...body} flexShrink={0} flexDirection="column">
				{state.isHelping ? (
					<Lines lines={helpRows(appearance, width)} size={body} />
				) : (
					run && <LessonPanes state={state} run={run} size={body} />
				)}
			</Box>
			<Lines
				lines={[(state.isHelping ? backLine : hintLine)(appearance, width)]}
				size={{ width, height: 1 }}
			/>
		</>
	);
}

type PanesProps = {
	readonly state: LearnState;
	readonly run: LessonRun;
	readonly size: Size;
};

/** Text, tasks and bus take what they need; the port gets the rest. */
function LessonPanes({ state, run, size: { width, height } }: PanesProps) {
	const { appearance } = state;
	const text = textRows(state, width);
	const tasks = taskRows(appearance, run, width);
	const bus = busRows(appearance, run, width);
	const rest = Math.max(2, height - text.length - tasks.length - 1 - bus.length - 2);
	const of = (rows: number) => ({ width, height: rows });
	return (
		<>
			<Box {...of(text.length)} flexShrink={0}>
				<Lines lines={text} size={of(text.length)} />
			</Box>
			<Pane title="Tasks, in this order" size={of(tasks.length + 1)} boxed={false}>
				<Lines lines={tasks} size={of(tasks.length)} />
			</Pane>
			<Box {...of(bus.length)} flexShrink={0}>
				<Lines lines={bus} size={of(bus.length)} />
			</Box>
			<PortPane state={state} run={run} size={of(rest)} />
			<Lines lines={[saidRow(appearance, run, width)]} size={of(1)} />
			<TextInput input={state.line} lead=" > " width={width} />
		</>
	);
}

/** What crossed the ports: the last arrows, or the last frame in hex. */
function PortPane({ state, run, size }: PanesProps) {
	const { appearance, lower, back } = state;
	const { traffic, openPort } = run.bench;
	const [diagram] = useState(() => new SequenceDiagram());
	const last = traffic.frame(traffic.total - back);
	const title = openPort === undefined ? 'No port is open' : `${openPort} is open`;
	const room = inside(size, false);
	if (lower === 'hex' && last && !last.payload) {
		return (
			<Pane title={frameTitle(last)} note={title} size={size} boxed={false}>
				<HexDump bytes={last.bytes} base={0} size={room} />
			</Pane>
		);
	}
	const { end: newest, first } = diagram.take(traffic, traffic.total);
	const end = Math.max(newest - back, Math.min(newest, first + room.height));
	const rows: string[] = [];
	for (let number = Math.max(first, end - room.height); number < end; number++) {
		const step = diagram.at(number);
		if (!step) continue;
		const label = step.kind === 'silence' ? '' : String(step.frame.number);
		rows.push(fitRight(label, 4) + stepRow(appearance, step, room.width - 4));
	}
	return (
		<Pane title={title} size={size} boxed={false}>
			<Lines lines={rows} size={room} />
		</Pane>
	);
}
