import { Box, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import type { Size } from '../text/lines.ts';
import { useAppearance } from './console-hooks.ts';
import { Lines } from './Lines.tsx';
import { inside, type PaneOptions, paneFrame, paneNote } from './pane-frame.ts';

type PaneProps = PaneOptions & {
	readonly size: Size;
	/** At most as large as `inside` says. */
	readonly children?: ReactNode;
};

/** A part of a view with a title: under a rule where it is narrow, in a box where there is room. */
export function Pane({ size, children, ...options }: PaneProps) {
	const appearance = useAppearance();
	const isSpoken = useIsScreenReaderEnabled();
	const { width, height } = size;
	const { boxed } = options;
	const room = inside(size, boxed);
	const frame = isSpoken
		? [[options.title, paneNote(options)].filter((part) => part !== '').join(', ')]
		: paneFrame(appearance, size, options);
	return (
		<Box width={width} height={height} flexShrink={0} flexDirection="column">
			<Box position="absolute">
				<Lines lines={frame} size={size} />
			</Box>
			<Box
				position="absolute"
				top={1}
				left={boxed ? 2 : 0}
				width={room.width}
				height={room.height}
				flexDirection="column"
			>
				{children}
			</Box>
		</Box>
	);
}
