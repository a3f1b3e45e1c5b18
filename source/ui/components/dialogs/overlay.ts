import type { Appearance } from '../../text/appearance.ts';
import { fitLeft, type Size } from '../../text/lines.ts';
import { pane } from '../pane.ts';

/** What lies over a view and takes every key until it is closed. */
export type Overlay = {
	/** A box that fits into `size`. */
	draw(appearance: Appearance, size: Size): string[];
	key(key: string): void;
	paste?(text: string): void;
	/** At the foot of the screen, in the place of the hints, and not over the middle. */
	readonly atBottom?: boolean;
};

/** Closes the overlay that asks. */
export type Close = () => void;

/** The usual box: as wide as is good to read, as high as its rows. */
export function overlayBox(
	appearance: Appearance,
	{ width, height }: Size,
	title: string,
	rows: readonly string[],
	hint: string,
): string[] {
	const boxWidth = boxWidthIn(width);
	const kept = rows.slice(0, height - 4);
	const content = [...kept, '', appearance.paint.dim(fitLeft(hint, boxWidth - 4))];
	const size = { width: boxWidth, height: content.length + 2 };
	return pane(appearance, size, { title, boxed: true, focused: true }, content);
}

/** As wide as is good to read; a few columns of what lies under it would only be noise. */
const boxWidthIn = (width: number) => (width < 90 ? width : 76);

/** The width of a row in the box. */
export const roomIn = ({ width }: Size): number => boxWidthIn(width) - 4;
