/** What a terminal shows, cell by cell, and painted texts to show there. */
import xterm from '@xterm/headless';
import fc from 'fast-check';
import type { Size } from '../../source/ui/text/lines.ts';

/** Every cell of a terminal of this size as a person sees it, after these bytes. */
export async function cellsAfter({ width, height }: Size, ...bytes: string[]): Promise<string[][]> {
	const terminal = new xterm.Terminal({ cols: width, rows: height, allowProposedApi: true });
	await new Promise<void>((done) => terminal.write(bytes.join(''), done));
	return Array.from({ length: height }, (_, row) =>
		Array.from({ length: width }, (_, column) => {
			const cell = terminal.buffer.active.getLine(row)!.getCell(column)!;
			const look = [
				cell.getFgColorMode(),
				cell.getFgColor(),
				cell.getBgColorMode(),
				cell.getBgColor(),
				cell.isBold(),
				cell.isDim(),
				cell.isItalic(),
				cell.isUnderline(),
				cell.isInverse(),
				cell.isStrikethrough(),
			];
			return `${cell.getChars() || ' '} ${look}`;
		}),
	);
}

export const wholeFrame = (rows: readonly string[]): string =>
	`\u001b[H\u001b[2J${rows.join('\r\n')}`;

const looks = [
	['', ''],
	['', ''],
	['1', '22'],
	['2', '22'],
	['3', '23'],
	['4', '24'],
	['7', '27'],
	['31', '39'],
	['1;38;5;210', '22;39'],
	['38;2;95;175;255', '39'],
	['1;41;97', '22;49;39'],
	['48;5;17', '49'],
] as const;

const paint = (text: string, [open, close]: (typeof looks)[number]) =>
	open === '' ? text : `\u001b[${open}m${text}\u001b[${close}m`;

export const ownSigns = [...'ab 0 ─│█▁·→±'];
/** Two columns, a mark over a letter, half a width, a letter that is not one of ours. */
export const foreignSigns = ['漢', 'e\u0301', 'ｱ', 'é'];

/** A text of these signs in two looks, one in the other. */
export const paintedText = (signs: readonly string[]) =>
	fc
		.tuple(
			fc.string({ unit: fc.constantFrom(...signs), maxLength: 9 }),
			fc.constantFrom(...looks),
			fc.constantFrom(...looks),
		)
		.map(([text, inner, outer]) => paint(paint(text, inner), outer));
