/** The signs that screens draw with; each says the same in Unicode and in ASCII. */
export type Symbols = {
	readonly gone: string;
	readonly application: string;
	readonly loader: string;
	/** EDL, a memory dump, a mode that is not known. */
	readonly odd: string;
	readonly done: string;
	readonly failed: string;
	readonly warning: string;
	/** Two things that differ, and one that came late. */
	readonly unequal: string;
	readonly late: string;
	readonly running: string;
	readonly full: string;
	readonly empty: string;
	readonly line: string;
	readonly side: string;
	/** Top left, top right, bottom left, bottom right. */
	readonly corners: readonly [string, string, string, string];
	/** A line between two pauses, and the ends of an arrow to the right and to the left. */
	readonly silence: string;
	readonly double: string;
	readonly right: string;
	readonly left: string;
	readonly times: string;
	/** Eight heights of a histogram, the lowest first. */
	readonly bars: readonly string[];
	readonly arrow: string;
	readonly dot: string;
	readonly enter: string;
	readonly up: string;
	readonly down: string;
	readonly upDown: string;
};

export const unicodeSymbols: Symbols = {
	gone: '▁',
	application: '█',
	loader: '▓',
	odd: '▒',
	done: '✓',
	failed: '✗',
	warning: '!',
	unequal: '≠',
	late: '…',
	running: '▶',
	full: '█',
	empty: '░',
	line: '─',
	side: '│',
	corners: ['┌', '┐', '└', '┘'],
	silence: '┊',
	double: '═',
	right: '▶',
	left: '◀',
	times: '×',
	bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
	arrow: '→',
	dot: '·',
	enter: '⏎',
	up: '↑',
	down: '↓',
	upDown: '↑↓',
};

export const asciiSymbols: Symbols = {
	gone: '_',
	application: '#',
	loader: 'L',
	odd: '?',
	done: 'ok',
	failed: 'X',
	warning: '!',
	unequal: '#',
	late: '~',
	running: '>',
	full: '#',
	empty: '-',
	line: '-',
	side: '|',
	corners: ['+', '+', '+', '+'],
	silence: ':',
	double: '=',
	right: '>',
	left: '<',
	times: 'x',
	bars: ['_', '.', ':', '-', '=', '+', '*', '#'],
	arrow: '->',
	dot: '-',
	enter: 'Enter',
	up: 'Up',
	down: 'Down',
	upDown: 'Up/Down',
};

const asciiOf: Readonly<Record<string, string>> = {
	'’': "'",
	'‘': "'",
	'“': '"',
	'”': '"',
	'–': '-',
	'×': 'x',
	'·': '-',
	'…': '~',
};

/** A row whose every character is ASCII and as wide as before, for terminals that know no more. */
export const toAscii = (row: string): string =>
	row.replace(/[^\x00-\x7f]/gu, (sign) => asciiOf[sign] ?? '?');
