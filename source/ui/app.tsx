import { Text, useIsScreenReaderEnabled, useWindowSize } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import type { Desk } from './desk.ts';
import type { FrameClock } from './frame-clock.ts';
import { screenRows } from './screen.ts';
import { spokenRows } from './spoken.ts';
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
