/** A pane as rows, for a view that is still drawn as one text. */
import { inside, type PaneOptions, paneFrame } from '../../components/pane-frame.ts';
import type { Appearance } from '../../text/appearance.ts';
import { fill, type Size } from '../../text/lines.ts';

export { inside, wide } from '../../components/pane-frame.ts';

export function pane(
	appearance: Appearance,
	size: Size,
	options: PaneOptions,
	rows: readonly string[],
): string[] {
	const frame = paneFrame(appearance, size, options);
	const content = fill(rows, inside(size, options.boxed));
	if (!options.boxed) return [...frame, ...content];
	const { paint, symbols } = appearance;
	const side = options.focused ? paint.title(symbols.side) : symbols.side;
	return [frame[0]!, ...content.map((row) => `${side} ${row} ${side}`), frame.at(-1)!];
}
