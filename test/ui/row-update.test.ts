import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import rowUpdate from '../../source/ui/terminal/row-update.ts';
import { cut } from '../../source/ui/text/lines.ts';

const columns = 24;
const height = 4;

type Terminal = InstanceType<typeof xterm.Terminal>;

async function showing(...written: string[]): Promise<Terminal> {
	const terminal = new xterm.Terminal({ cols: columns, rows: height, allowProposedApi: true });
	await new Promise<void>((done) => terminal.write(written.join(''), done));
	return terminal;
}

/** Every cell as a person sees it. */
function cells({ buffer: { active } }: Terminal): string[][] {
	return Array.from({ length: height }, (_, row) =>
		Array.from({ length: columns }, (_, column) => {
			const cell = active.getLine(row)!.getCell(column)!;
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
			];
			return `${cell.getChars() || ' '} ${look}`;
		}),
	);
}

const whole = (rows: readonly string[]) => `\u001b[H\u001b[2J${rows.join('\r\n')}`;

/** From frame to frame as Ink goes: up to the first row, then row by row. */
const updates = (before: readonly string[], after: readonly string[]) =>
	`\u001b[${height - 1}A${after
		.map((row, index) => (row === before[index] ? '' : rowUpdate(before[index]!, row, columns)))
		.join('\r\n')}`;

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

const ours = [...'ab 0 ─│█▁·→±'];
/** Two columns, a mark over a letter, half a width, a letter that is not one of ours. */
const foreign = ['漢', 'e\u0301', 'ｱ', 'é'];

const partOf = (signs: readonly string[]) =>
	fc
		.tuple(
			fc.string({ unit: fc.constantFrom(...signs), maxLength: 9 }),
			fc.constantFrom(...looks),
			fc.constantFrom(...looks),
		)
		.map(([text, inner, outer]) => paint(paint(text, inner), outer));

/** A row whose parts have two states each, in one pair of them after the other. */
const rowsOf = (signs: readonly string[], frames: number) =>
	fc
		.tuple(
			fc.array(fc.tuple(partOf(signs), partOf(signs)), { maxLength: 5 }),
			fc.array(fc.nat(31), { minLength: frames, maxLength: frames }),
		)
		.map(([parts, states]) =>
			states.map((state) =>
				cut(parts.map((part, index) => part[(state >> index) & 1]).join(''), columns),
			),
		);

const framesOf = (signs: readonly string[], count = 3) =>
	fc
		.array(rowsOf(signs, count), { minLength: height, maxLength: height })
		.map((rows) => Array.from({ length: count }, (_, frame) => rows.map((row) => row[frame]!)));

describe.each([
	['our own signs', ours],
	['foreign signs among them', [...ours, ...foreign]],
])('frames of %s', (_, signs) => {
	it('show what a screen shows that is drawn anew', async () => {
		await fc.assert(
			fc.asyncProperty(framesOf(signs), async (frames) => {
				const terminal = await showing(
					whole(frames[0]!),
					...frames.slice(1).map((frame, index) => updates(frames[index]!, frame)),
				);
				expect(cells(terminal)).toEqual(cells(await showing(whole(frames.at(-1)!))));
			}),
			{ numRuns: 60 },
		);
	});
});

describe('what a change costs', () => {
	const row = (clock: string, state: string) =>
		` [1 USB]  2 AT   \u001b[38;5;210mREC ${clock}\u001b[39m   3-1 RC7620 \u001b[1;41;97m${state}\u001b[22;49;39m   and so on`;

	it('is a jump and the digits that changed', () => {
		expect(rowUpdate(row('00:05', 'BOOT LOOP'), row('00:06', 'BOOT LOOP'), 80)).toBe(
			'\u001b[26G\u001b[38;5;210m6\u001b[m',
		);
	});

	it('draws over a short way and jumps over a long one', () => {
		expect(rowUpdate('abcdefghijklmnop', 'aXcYefghijklmnoZ', 80)).toBe('\u001b[2GXcY\u001b[16GZ');
	});

	it('erases what is no longer there', () => {
		expect(rowUpdate('a long row of words', 'a long', 80)).toBe('\u001b[7G\u001b[K');
	});
});
