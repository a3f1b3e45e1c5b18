import { Box, useIsScreenReaderEnabled, useWindowSize } from 'ink';
import { useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { ConsoleContext } from '../actions/use-view-context.ts';
import {
	OverlayContext,
	type RedrawTimer,
	SurroundingsContext,
} from '../components/console-hooks.ts';
import { Toasts } from '../components/Toasts.tsx';
import type { Size } from '../text/lines.ts';
import { views } from '../views/index.ts';
import type { ConsoleState } from './console-state.ts';
import { DrawingBoundary } from './DrawingBoundary.tsx';
import { Header, headerLines } from './Header.tsx';
import { HintLine } from './HintLine.tsx';
import { roomForScrubber, Scrubber } from './Scrubber.tsx';
import { isSmall, SmallScreen } from './SmallScreen.tsx';
import { scrubberRow } from './scrubber-row.ts';
import { useInputs } from './use-inputs.ts';

type AppProps = { readonly state: ConsoleState; readonly redraw: RedrawTimer };

/** The console on a terminal. */
export function App({ state, redraw }: AppProps) {
	const { columns, rows } = useWindowSize();
	useInputs(state.input);
	return <Screen state={state} redraw={redraw} size={{ width: columns, height: rows }} />;
}

type ScreenProps = AppProps & { readonly size: Size };

/** One screen of the console; it needs no terminal. */
export function Screen({ state, redraw, size }: ScreenProps) {
	const frame = useSyncExternalStore(state.subscribe, state.frame, state.frame);
	const { appearance, mouse } = state;
	const surroundings = useMemo(() => ({ appearance, mouse, redraw }), [appearance, mouse, redraw]);
	useLayoutEffect(() => state.resize(size));
	return (
		<ConsoleContext value={state}>
			<SurroundingsContext value={surroundings}>
				<Box {...size} flexDirection="column">
					<DrawingBoundary frame={frame} size={size}>
						{isSmall(size) ? (
							<SmallScreen size={size} />
						) : (
							<Frame state={state} size={size} frame={frame} />
						)}
					</DrawingBoundary>
				</Box>
			</SurroundingsContext>
		</ConsoleContext>
	);
}

type FrameProps = {
	readonly state: ConsoleState;
	readonly size: Size;
	readonly frame: number;
};

/** Header, view and hints, and what lies over them. */
function Frame({ state, size, frame }: FrameProps) {
	const isSpoken = useIsScreenReaderEnabled();
	const { overlay, toasts, viewName } = state;
	const { width } = size;
	const header = headerLines(state, width, isSpoken);
	const scrubber =
		size.height >= roomForScrubber
			? scrubberRow(state.appearance, state.session, width)
			: undefined;
	const below = scrubber ? 2 : 1;
	const body = { width, height: size.height - header.length - below };
	return (
		<>
			<Box {...size} flexShrink={0} flexDirection="column" aria-hidden={overlay !== undefined}>
				<Header lines={header} width={width} />
				<Box {...body} flexShrink={0} flexDirection="column">
					<DrawingBoundary frame={frame} size={body}>
						<CurrentView key={viewName} state={state} size={body} />
					</DrawingBoundary>
				</Box>
				{scrubber && <Scrubber {...scrubber} width={width} />}
				<HintLine width={width} />
			</Box>
			<Toasts toasts={toasts} screen={size} />
			<OverlayContext value={{ below: header.length, at: state.view.dialogsAt ?? 'bottom' }}>
				{overlay?.render(size)}
			</OverlayContext>
		</>
	);
}

function CurrentView({ state, size }: Pick<FrameProps, 'state' | 'size'>) {
	const { view, viewName, isZoomed, updateError } = state;
	if (updateError !== undefined) throw updateError;
	const { Component } = views[viewName];
	return <Component state={view} size={size} isZoomed={isZoomed} />;
}
