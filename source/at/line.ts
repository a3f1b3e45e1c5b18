/** A line of AT commands taken apart as the modem does: ITU-T V.250, 5.2 and 5.3. */
import { exitCode, Problem } from '../problem.ts';

/** Basic commands and their digits, which may stand before an extended one without a separator. */
const basics = /^(?:&?[A-Z]\d*)*(?=[!+*$%#^])/;
const between = '\u0000';

/**
 * The commands of what is sent as one, in capitals, without spaces, each with its AT. What stands
 * before the first AT is passed over, as a modem does; a quote that is not closed hides nothing.
 */
export function commandsIn(text: string): string[] {
	return text
		.toUpperCase()
		.split(/[\r\n]+/)
		.flatMap((line) => (isClosed(line) ? [tight(line)] : [tight(line), tight(line, /(?!)/g)]))
		.map((line) => line.replace(/^.*?AT/, ''))
		.flatMap((line) => line.split(between))
		.flatMap((part) => [part, part.replace(basics, '')])
		.map((part) => `AT${part}`);
}

const isClosed = (line: string) => line.split('"').length % 2 === 1;

/** Without the spaces that no quotes hold, and with a sign of our own between the commands. */
function tight(line: string, quoted = /"[^"]*"?/g): string {
	const outside = (text: string) => text.replace(/\s+/g, '').replaceAll(';', between);
	let result = '';
	let from = 0;
	for (const { 0: kept, index } of line.matchAll(quoted)) {
		result += outside(line.slice(from, index)) + kept;
		from = index + kept.length;
	}
	return result + outside(line.slice(from));
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
