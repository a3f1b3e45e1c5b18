/** A line of AT commands taken apart as the modem does: ITU-T V.250, 5.2 to 5.4. */
import { exitCode, Problem } from '../problem.ts';

/** Does again what was done last, without AT and without a line end (5.2.4). */
export const repeatLast = 'A/';

/**
 * The commands of what is sent as one, in capitals, without spaces, each with its AT: `ATE0`,
 * `ATS0=0`, `AT!RESET`. What stands before the first AT is passed over, as a modem does; a quote that
 * is not closed hides nothing. What fits no rule is a command of its own, up to the next `;`.
 */
export function commandsIn(text: string): string[] {
	return text
		.toUpperCase()
		.split(/[\r\n]+/)
		.flatMap((line) => (isClosed(line) ? [tight(line)] : [tight(line), tight(line, false)]))
		.flatMap(commandsOf);
}

const isClosed = (line: string) => line.split('"').length % 2 === 1;

/** A line without the spaces that no quotes hold. */
type Tight = { readonly text: string; readonly quoted: boolean };

const tight = (line: string, quoted = true): Tight => ({
	text: quoted
		? line.replace(/("[^"]*"?)|\s+/g, (_, kept: string | undefined) => kept ?? '')
		: line.replace(/\s+/g, ''),
	quoted,
});

function commandsOf({ text, quoted }: Tight): string[] {
	const start = text.indexOf('AT');
	const repeat = text.slice(0, start < 0 ? undefined : start).includes(repeatLast);
	if (start < 0) return repeat ? [repeatLast] : text === '' ? [] : [`AT${text}`];
	const body = text.slice(start + 2);
	const commands = repeat ? [repeatLast] : [];
	for (let at = 0; at < body.length; ) {
		const end = body[at] === ';' ? at + 1 : endOf(body, at, quoted);
		if (body[at] !== ';') commands.push(`AT${body.slice(at, end)}`);
		at = end;
	}
	// A bare AT is answered with OK.
	return commands.length > 0 ? commands : ['AT'];
}

/** A basic command ends before the next one; `%` and `*` before two letters begin an extended one. */
const basic =
	/(?:[A-CE-RT-Z]\d*|S\d+(?:=\d*|\?)?|[&\\][A-Z]\d*|[%*][A-Z](?:\d+|(?![A-Z])))(?=$|[;A-Z&\\%*+!^$#@_-])/y;

/** Where the command that begins at `from` ends: every other one, a number to dial too, ends at `;`. */
function endOf(body: string, from: number, quoted: boolean): number {
	basic.lastIndex = from;
	if (basic.test(body)) return basic.lastIndex;
	// By hand: a pattern of either part, repeated, runs out of stack on a long line.
	for (let at = from; at < body.length; at++) {
		if (body[at] === ';') return at;
		if (!quoted || body[at] !== '"') continue;
		const close = body.indexOf('"', at + 1);
		if (close < 0) break;
		at = close;
	}
	return body.length;
}

/**
 * Throws for a line that could be read as another than it looks: modems act on a backspace and pass
 * over other controls (V.250, 5.2), and over the eighth bit (5.1).
 */
export function checkLine(line: string): void {
	if (/^[\x20-\x7e]+$/.test(line)) return;
	throw new Problem(exitCode.usage, 'An AT line is of printable ASCII characters only.', {
		modem: 'Nothing was sent.',
		next: 'send each line by itself, and write it without control characters and accents.',
	});
}
