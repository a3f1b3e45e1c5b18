import { Box } from 'ink';
import type { ReactNode } from 'react';
import { fitLeft, type Size } from '../../text/lines.ts';
import { useAppearance } from '../console-hooks.ts';
import { Lines } from '../Lines.tsx';
import { Pane } from '../Pane.tsx';

type DialogProps = {
	readonly title: string;
	/** The keys, in the last row. */
	readonly hint: string;
	readonly screen: Size;
	/** How many rows the children have; what has no room is cut off. */
	readonly rows: number;
	readonly children: ReactNode;
};

/** A box over the middle of the screen: as wide as is good to read, as high as what is in it. */
export function Dialog({ title, hint, screen, rows, children }: DialogProps) {
	const { paint } = useAppearance();
	const kept = Math.max(0, Math.min(rows, screen.height - 4));
	const size = { width: dialogWidth(screen.width), height: kept + 4 };
	const foot = ['', paint.dim(fitLeft(hint, size.width - 4))];
	return (
		<Box
			position="absolute"
			top={Math.max(0, Math.floor((screen.height - size.height) / 2))}
			left={Math.max(0, Math.floor((screen.width - size.width) / 2))}
		>
			<Pane size={size} title={title} boxed focused>
				<Box height={kept} flexShrink={0} flexDirection="column" overflow="hidden">
					{children}
				</Box>
				<Lines lines={foot} size={{ width: size.width - 4, height: 2 }} />
			</Pane>
		</Box>
	);
}

/** A few columns of what lies under a box would only be noise. */
const dialogWidth = (width: number) => (width < 90 ? width : 76);

/** The width of a row in the box. */
export const roomIn = ({ width }: Size): number => dialogWidth(width) - 4;
