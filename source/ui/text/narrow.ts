/** ASCII, blocks and lines, and the other signs of `symbols.ts`: one column each. */
const narrow = /^[\x20-\x7e±·×’←-↓⏎─-▟▶◀✓✗]*$/;
/** The same with colours among them, and in several lines. */
const painted = /^(?:[\x20-\x7e±·×’←-↓⏎─-▟▶◀✓✗]|\u001b\[[\d;]*m)*$/;
const paintedLines = /^(?:[\x20-\x7e±·×’←-↓⏎─-▟▶◀✓✗\n]|\u001b\[[\d;]*m)*$/;
const color = /\u001b\[[\d;]*m/g;

/** Each sign of an uncoloured text is one of our own and takes one column. */
export const isNarrow = (plain: string): boolean => narrow.test(plain);

/** Of our own signs and colours alone. */
export const isPainted = (lines: string): boolean => paintedLines.test(lines);

/** Columns of a line of our own signs in colours; undefined where another sign is in it. */
export function narrowWidth(line: string): number | undefined {
	if (!painted.test(line)) return undefined;
	let width = line.length;
	color.lastIndex = 0;
	// `test` makes no objects and no text without colours, and a frame asks for a thousand widths.
	while (color.test(line))
		width -= color.lastIndex - line.lastIndexOf('\u001b', color.lastIndex - 1);
	return width;
}
