import type { View } from '../../actions/view-context.ts';
import type { Size } from '../../text/lines.ts';

/** A view that draws itself as rows, and takes in the session while it does. */
export type DrawnView = View & {
	/** At most as many rows as `size` has, none wider. */
	draw(size: Size): string[];
	/** The pane that Tab has chosen, over the whole view. */
	drawPane(size: Size): string[];
	/** Milliseconds after which it looks different by itself, as far as the last draw knew. */
	readonly redrawIn?: number | undefined;
};
