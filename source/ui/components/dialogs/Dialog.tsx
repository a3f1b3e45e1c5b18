import { Box } from 'ink';
import type { ReactNode } from 'react';
import { fitLeft, type Size } from '../../text/lines.ts';
import { useAppearance, useDialogPlace } from '../console-hooks.ts';
import { Lines } from '../Lines.tsx';
import { Pane } from '../Pane.tsx';
import { wide } from '../pane-frame.ts';

/** A key as it is shown, and the word for what it does. */
export type KeyHint = readonly [key: string, does: string];

type DialogProps = {
	readonly title: string;
	/** At the right end of the title. */
	readonly note?: string;
	/** The keys, in place of those of the view; or the line that is typed there. */
	readonly hint: readonly KeyHint[] | string;
	readonly screen: Size;
	/** How many rows the children have; what has no room is cut off. */
	readonly rows: number;
	readonly children: ReactNode;
};

/**
 * A box as wide as is good to read and as high as what is in it, at the end of the screen where it does
 * not cover what it asks about. Its keys take the place of those of the view.
 */
export function Dialog({ title, note = '', hint, screen, rows, children }: DialogProps) {
	const { paint } = useAppearance();
	const { below, at } = useDialogPlace();
	const kept = Math.max(0, Math.min(rows, longest(screen)));
	const size = { width: dialogWidth(screen.width), height: kept + 2 };
	const lowest = Math.max(0, screen.height - 1 - size.height);
	const keys =
		typeof hint === 'string'
			? hint
			: hint.map(([key, does]) => `${paint.strong(key)} ${does}`).join('  ');
	return (
		<>
			<Box position="absolute" top={at === 'top' ? Math.min(below, lowest) : lowest}>
				<Pane size={size} title={title} note={note} boxed focused>
					<Box height={kept} flexShrink={0} flexDirection="column" overflow="hidden">
						{children}
					</Box>
				</Pane>
			</Box>
			<Box position="absolute" top={screen.height - 1}>
				<Lines
					lines={[fitLeft(` ${keys}`, screen.width)]}
					size={{ width: screen.width, height: 1 }}
				/>
			</Box>
		</>
	);
}

/** The most rows that a dialog has. */
export const longest = ({ height }: Size): number => height - 3;

/** The most rows of a dialog that leaves the state of the modem and its timeline in sight. */
export const longestBeside = (screen: Size): number =>
	Math.min(longest(screen), 20, Math.max(9, Math.floor(screen.height * 0.6)));

/** Where panes stand side by side, those at the right stay in sight. */
const dialogWidth = (width: number) => (width < wide ? width : 76);

/** The width of a row in the box. */
export const roomIn = ({ width }: Size): number => dialogWidth(width) - 4;
