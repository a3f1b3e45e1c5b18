import { Text, useIsScreenReaderEnabled, useWindowSize } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import type { RedrawScheduler } from '../terminal/redraw-scheduler.ts';
import { screenReaderLines } from '../text/screen-reader.ts';
import type { ConsoleState } from './console-state.ts';
import { screenRows } from './screen.ts';
import { useKeys } from './use-keys.ts';

type AppProps = {
	readonly context: ConsoleState;
	readonly clock: RedrawScheduler;
};

/** Draws the console anew with each frame of the clock, as one text, and gives it the keys. */
export function App({ context, clock }: AppProps) {
	useSyncExternalStore(clock.subscribe, clock.frame);
	const { columns, rows } = useWindowSize();
	useKeys(context);
	const isSpoken = useIsScreenReaderEnabled();
	const drawn = screenRows(context, { width: columns, height: rows });
	const screen = isSpoken ? screenReaderLines(drawn) : drawn;
	useEffect(() => {
		if (context.nextRedraw < Number.POSITIVE_INFINITY) clock.requestIn(context.nextRedraw);
	});
	return <Text wrap="truncate">{screen.join('\n')}</Text>;
}
