import { Text, useIsScreenReaderEnabled, useWindowSize } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import type { FrameClock } from '../terminal/redraw-scheduler.ts';
import { spokenRows } from '../text/screen-reader.ts';
import type { Desk } from './console-state.ts';
import { screenRows } from './screen.ts';
import { useKeys } from './use-keys.ts';

type AppProps = {
	readonly desk: Desk;
	readonly clock: FrameClock;
};

/** Draws the desk anew with each frame of the clock, as one text, and gives it the keys. */
export function App({ desk, clock }: AppProps) {
	useSyncExternalStore(clock.subscribe, clock.frame);
	const { columns, rows } = useWindowSize();
	useKeys(desk);
	const isSpoken = useIsScreenReaderEnabled();
	const drawn = screenRows(desk, { width: columns, height: rows });
	const screen = isSpoken ? spokenRows(drawn) : drawn;
	useEffect(() => {
		if (desk.nextLook < Number.POSITIVE_INFINITY) clock.later(desk.nextLook);
	});
	return <Text wrap="truncate">{screen.join('\n')}</Text>;
}
