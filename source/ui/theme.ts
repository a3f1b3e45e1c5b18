/**
 * Every colour of the console. Only the terminal's own 16 colours, so that a dark and a light
 * terminal both stay readable; without colour, bold, dim and reverse still tell things apart.
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
	readonly alarm: Paint;
};

const sgr =
	(open: string, close: string): Paint =>
	(text) =>
		text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`;

const plain: Paint = (text) => text;

export function createTheme(color: boolean): Theme {
	const tint = (code: number) => (color ? sgr(String(code), '39') : plain);
	return {
		strong: sgr('1', '22'),
		dim: sgr('2', '22'),
		title: color ? sgr('1;36', '22;39') : sgr('1', '22'),
		good: tint(32),
		warn: tint(33),
		bad: color ? sgr('1;31', '22;39') : sgr('1', '22'),
		modem: tint(36),
		ours: tint(35),
		selected: sgr('7', '27'),
		alarm: color ? sgr('1;41;97', '22;49;39') : sgr('1;7', '22;27'),
	};
}
