import { Box, type DOMElement } from 'ink';
import { useRef } from 'react';
import { useViewContext } from '../actions/use-view-context.ts';
import { useMouse } from '../components/console-hooks.ts';
import { Lines } from '../components/Lines.tsx';
import { momentAt, type scrubberRow } from './scrubber-row.ts';

type ScrubberProps = NonNullable<ReturnType<typeof scrubberRow>> & { readonly width: number };

/** Rows of the screen from which on there is room for it. */
export const roomForScrubber = 20;

/** A click goes there, the wheel by one event. */
export function Scrubber({ row, bar, width }: ScrubberProps) {
	const context = useViewContext();
	const box = useRef<DOMElement>(null);
	useMouse(box, (does, _, column) => {
		const { player } = context.session;
		if (!player) return;
		if (does !== 'click') {
			player.step(does === 'wheel-up' ? -1 : 1);
			return;
		}
		const t = momentAt(column, player.end, bar);
		if (t !== undefined) player.seek(t);
	});
	const size = { width, height: 1 };
	return (
		<Box ref={box} {...size} flexShrink={0}>
			<Lines lines={[row]} size={size} />
		</Box>
	);
}
