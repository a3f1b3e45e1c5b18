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

/** The look after these codes, in which equal looks are equal texts; undefined when a code is not known. */
export function lookAfter(look: readonly string[], codes: string): readonly string[] | undefined {
	let after = [...look];
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

/** The codes that are on, in one order for all. */
export const codesOf = (look: readonly string[]): string => look.filter(Boolean).join(';');

/** The shortest sequence from a look to another, both as `codesOf` has them. */
export function lookChange(from: string, to: string): string {
	if (from === to) return '';
	if (to === '') return '\u001b[m';
	if (from === '') return `\u001b[${to}m`;
	return to.startsWith(`${from};`) ? `\u001b[${to.slice(from.length + 1)}m` : `\u001b[0;${to}m`;
}
