import type { ImageRange } from '../../../events.ts';

/**
 * Ranges as a tool listed them, each outer image before the inner ones, made a tree: an image is
 * one deeper than the innermost that holds it.
 */
export function nest(ranges: readonly { start: number; end: number }[]): ImageRange[] {
	const around: { start: number; end: number }[] = [];
	return ranges.map(({ start, end }) => {
		while (around.length > 0 && !holds(around.at(-1)!, { start, end })) around.pop();
		const depth = around.length;
		around.push({ start, end });
		return { start, end, depth };
	});
}

type Range = { start: number; end: number };
const holds = (outer: Range, inner: Range) => outer.start <= inner.start && inner.end <= outer.end;
