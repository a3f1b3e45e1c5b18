/**
 * The one door to a modem for what a person typed, pasted, took from the history or a script, or
 * armed: every command that is not known to read only, and is no query (`?`) and no test (`=?`), is
 * agreed to by its name.
 */
import { exitCode, Problem } from '../problem.ts';
import { lookUpOne, opensOnly } from './catalogue.ts';
import { checkLine, commandsIn, repeatLast } from './line.ts';

export type Question = {
	/** The command that is asked about, as the modem reads it: `AT!RMARESET=1`. */
	readonly command: string;
	/** What is typed to agree: `RMARESET`, `&F`, `S0`. */
	readonly word: string;
	readonly says: string;
	/** What is lost or changed, and how to come back from there. */
	readonly cost: string;
};

/** `+CFUN?`, `+CFUN=?`, `S0?`. After `%` and `*` it may be a basic command and something else. */
const query = /^AT(?:[+!^$#@_][A-Z][A-Z0-9_-]*=?|S\d+)\?$/;

const unknown = 'It is unknown to modemscope: it may change the modem.';

/** What must be agreed to before this line is sent; nothing for one that only reads. */
export function questionsOf(line: string): Question[] {
	return commandsIn(line)
		.filter((command) => !query.test(command))
		.flatMap((command): Question[] => {
			const known = lookUpOne(command);
			if (known && opensOnly(known)) return [];
			const says =
				known?.says ?? (command === repeatLast ? 'It does again what was done last.' : unknown);
			const cost = [known?.risk, known?.back].filter(Boolean).join(' ');
			return [{ command, word: wordOf(command), says, cost }];
		});
}

/** The words of these questions, each once, in their order. */
export const wordsOf = (questions: readonly Question[]): string[] => [
	...new Set(questions.map(({ word }) => word)),
];

/** The name without AT, the sign of an extended command and its values. */
function wordOf(command: string): string {
	const name = command.replace(/^AT/, '');
	return /^[+!^$#@_]([^=?",]+)/.exec(name)?.[1] ?? /^[^=?",]+/.exec(name)?.[0] ?? name;
}

/**
 * Throws for lines that no modem reads as they look, and for those with a command whose word is not
 * among those that were agreed to.
 */
export function requireConsent(lines: readonly string[], agreed: readonly string[]): void {
	for (const line of lines) checkLine(line);
	const words = new Set(agreed.map((word) => word.toUpperCase()));
	const open = lines.flatMap(questionsOf).filter(({ word }) => !words.has(word));
	if (open.length === 0) return;
	throw new Problem(
		exitCode.usage,
		open.map(({ command, says, cost }) => `${command}: ${cost || says}`).join(' '),
		{
			modem: 'Nothing was sent.',
			next: `to send it all the same, add ${wordsOf(open)
				.map((word) => `--yes ${shellWord(word)}`)
				.join(' ')}.`,
		},
	);
}

const shellWord = (word: string) =>
	/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
