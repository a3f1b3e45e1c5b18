/**
 * Every colour of the console. Without colour, bold, dim, underline and reverse still tell things
 * apart, and nothing is said by colour alone.
 */
export type Paint = (text: string) => string;

export type Theme = {
	readonly strong: Paint;
	readonly dim: Paint;
	readonly title: Paint;
	readonly good: Paint;
	readonly warn: Paint;
	readonly bad: Paint;
	/** What the modem said, and what we said to it. */
	readonly modem: Paint;
	readonly ours: Paint;
	/** The row or the bytes that are pointed at. */
	readonly selected: Paint;
	/** What was searched for. */
	readonly hit: Paint;
	readonly alarm: Paint;
};

/** How many colours the terminal has. */
export type Depth = 'none' | '16' | '256' | 'true';
export type Background = 'dark' | 'light';
export type Colors = { readonly depth: Depth; readonly background: Background };

type Tint = 'title' | 'good' | 'warn' | 'bad' | 'modem' | 'ours';

/** The terminal's own colours, which the person chose; yellow and cyan are lost on white. */
const sixteen: Readonly<Record<Background, Readonly<Record<Tint, number>>>> = {
	dark: { title: 36, good: 32, warn: 33, bad: 31, modem: 36, ours: 35 },
	light: { title: 34, good: 32, warn: 31, bad: 31, modem: 34, ours: 35 },
};

/** In steps of the 256-colour cube, 0 to 5: both deep palettes are made of it. */
type Rgb = readonly [red: number, green: number, blue: number];
const cube: Readonly<Record<Tint, Readonly<Record<Background, Rgb>>>> = {
	title: { dark: [1, 4, 5], light: [0, 1, 3] },
	good: { dark: [2, 4, 2], light: [0, 2, 0] },
	warn: { dark: [5, 4, 1], light: [3, 1, 0] },
	bad: { dark: [5, 2, 2], light: [4, 0, 0] },
	modem: { dark: [2, 4, 4], light: [0, 2, 2] },
	ours: { dark: [4, 3, 5], light: [2, 0, 3] },
};

const levels = [0, 95, 135, 175, 215, 255];

const sgr =
	(open: string, close: string): Paint =>
	(text) =>
		text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`;

const plain: Paint = (text) => text;

export function createTheme({ depth, background }: Colors): Theme {
	const code = (tint: Tint) => foreground(depth, background, tint);
	const tint = (name: Tint) => (depth === 'none' ? plain : sgr(code(name), '39'));
	const strongly = (name: Tint) =>
		depth === 'none' ? sgr('1', '22') : sgr(`1;${code(name)}`, '22;39');
	return {
		strong: sgr('1', '22'),
		dim: sgr('2', '22'),
		title: strongly('title'),
		good: tint('good'),
		warn: tint('warn'),
		bad: strongly('bad'),
		modem: tint('modem'),
		ours: tint('ours'),
		selected: sgr('7', '27'),
		hit: sgr('4', '24'),
		alarm: depth === 'none' ? sgr('1;7', '22;27') : sgr('1;41;97', '22;49;39'),
	};
}

function foreground(depth: Depth, background: Background, tint: Tint): string {
	const [red, green, blue] = cube[tint][background];
	if (depth === 'true') return `38;2;${levels[red]};${levels[green]};${levels[blue]}`;
	if (depth === '256') return `38;5;${16 + 36 * red + 6 * green + blue}`;
	return String(sixteen[background][tint]);
}

/** What the environment says of the terminal; a slow link gets the short codes of 16 colours. */
export function terminalColors(env: Readonly<Record<string, string | undefined>>): Colors {
	const { COLORTERM = '', TERM = '', COLORFGBG = '', SSH_CONNECTION, NO_COLOR } = env;
	const paper = Number(COLORFGBG.split(';').at(-1) || 0);
	const background = paper === 7 || paper > 8 ? 'light' : 'dark';
	const deep = /256color/.test(TERM) ? '256' : '16';
	const far = SSH_CONNECTION !== undefined && SSH_CONNECTION !== '';
	const depth = far ? '16' : /truecolor|24bit/.test(COLORTERM) ? 'true' : deep;
	return { depth: NO_COLOR ? 'none' : depth, background };
}
