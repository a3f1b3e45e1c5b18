/** The look of a cell: the codes of "Select Graphic Rendition" (ECMA-48, 8.3.117) that are on in it. */

/** The place in a look of the codes that switch something on, and of those that switch it off. */
const on: Readonly<Record<number, number>> = { 1: 0, 2: 1, 3: 2, 4: 3, 7: 4, 8: 5, 9: 6 };
const off: Readonly<Record<number, readonly number[]>> = {
	22: [0, 1],
	23: [2],
	24: [3],
	27: [4],
	28: [5],
	29: [6],
	39: [7],
	49: [8],
};
const [foreground, background] = [7, 8];

const color = /\u001b\[[\d;]*m/g;

/** Tells of each change of the look in a text: its codes, and where it begins and ends. */
export function seeLooks(
	text: string,
	see: (codes: string, start: number, end: number) => void,
): void {
	color.lastIndex = 0;
	// `test` makes no objects, and a frame has a thousand of these.
	while (color.test(text)) {
		const end = color.lastIndex;
		const start = text.lastIndexOf('\u001b', end - 1);
		see(text.slice(start + 2, end - 1), start, end);
	}
}

/** Looks after codes that were asked for: the console has a few dozen. */
const known = new Map<string, string | undefined>();
const mostKnown = 1000;

/** The codes that are on after these, in one order for all; undefined when a code is not known. */
export function lookAfter(look: string, codes: string): string | undefined {
	const asked = `${look}m${codes}`;
	if (!known.has(asked)) {
		if (known.size === mostKnown) known.clear();
		known.set(asked, placed(codes, placed(look))?.filter(Boolean).join(';'));
	}
	return known.get(asked);
}

/** Each code at its place in the look. */
function placed(codes: string, before: readonly string[] = []): string[] | undefined {
	let after = [...before];
	const rest = codes.split(';');
	for (let text = rest.shift(); text !== undefined; text = rest.shift()) {
		const code = Number(text);
		if (code === 0) after = [];
		else if (code === 38 || code === 48) {
			const more = rest.splice(0, rest[0] === '5' ? 2 : 4);
			after[code === 38 ? foreground : background] = [text, ...more].join(';');
		} else if (isColor(code, 30)) after[foreground] = text;
		else if (isColor(code, 40)) after[background] = text;
		else if (code in on) after[on[code]!] = text;
		else if (code in off) for (const place of off[code]!) delete after[place];
		else return undefined;
	}
	return after;
}

/** One of the sixteen colours of which the first eight begin at `first`. */
const isColor = (code: number, first: number) =>
	(code >= first && code < first + 8) || (code >= first + 60 && code < first + 68);

/** The shortest sequence from a look to another, both as `lookAfter` has them. */
export function lookChange(from: string, to: string): string {
	if (from === to) return '';
	if (to === '') return '\u001b[m';
	if (from === '') return `\u001b[${to}m`;
	return to.startsWith(`${from};`) ? `\u001b[${to.slice(from.length + 1)}m` : `\u001b[0;${to}m`;
}
