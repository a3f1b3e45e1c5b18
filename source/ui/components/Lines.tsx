import { Text, useIsScreenReaderEnabled } from 'ink';
import { memo } from 'react';
import { fitRows, type Size } from '../text/lines.ts';
import { screenReaderLines } from '../text/screen-reader.ts';
import { toAscii } from '../text/symbols.ts';
import { useAppearance } from './console-hooks.ts';

/** Controls other than our own colours: none should come this far, and none goes farther. */
const driving = /\u001b(?!\[[\d;]*m)|[\u0000-\u001a\u001c-\u001f\u007f-\u009f]/g;

type LinesProps = { readonly lines: readonly string[]; readonly size: Size };

/**
 * Finished lines as one Text: the leaf of every screen. A Text for each line would cost several times
 * as much; lines that are as they were are not drawn again.
 */
export const Lines = memo(
	({ lines, size: { width, height } }: LinesProps) => {
		const { ascii } = useAppearance();
		const isSpoken = useIsScreenReaderEnabled();
		const safe = fitRows(
			lines.map((line) => line.replace(driving, '')),
			{ width, height },
		);
		const shown = isSpoken ? screenReaderLines(safe) : safe;
		return <Text wrap="truncate">{(ascii ? shown.map(toAscii) : shown).join('\n')}</Text>;
	},
	(before, after) =>
		before.size.width === after.size.width &&
		before.size.height === after.size.height &&
		before.lines.length === after.lines.length &&
		before.lines.every((line, index) => line === after.lines[index]),
);
