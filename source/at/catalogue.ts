/**
 * AT commands as data: what they do and what they cost. What a person types raw is sent as typed;
 * the catalogue explains and warns. docs/at-commands.md is made from it.
 */
import { changing } from './commands/changing.ts';
import type { AtCommand, Danger } from './commands/command.ts';
import { leaving } from './commands/leaving.ts';
import { reading } from './commands/reading.ts';
import { standard } from './commands/standard.ts';
import { commandsIn } from './line.ts';

export type { AtCommand, Danger };

export const catalogue: readonly AtCommand[] = [...reading, ...leaving, ...changing, ...standard];

/** From what only reads to what cannot be undone. */
const dangers: readonly Danger[] = [
	'read',
	'gate',
	'passing',
	'configuration',
	'resets',
	'leaves',
	'destructive',
];

/**
 * What the catalogue knows of a line as typed: of several commands in it, the most dangerous one.
 * Undefined when none is in it.
 */
export function lookUp(line: string): AtCommand | undefined {
	return knownIn(line).sort((a, b) => dangers.indexOf(b.danger) - dangers.indexOf(a.danger))[0];
}

const knownIn = (line: string): AtCommand[] =>
	commandsIn(line).flatMap((command) => lookUpOne(command) ?? []);

/** What the catalogue knows of one command, as commandsIn() gives it. */
export const lookUpOne = (typed: string): AtCommand | undefined =>
	catalogue.find((command) => isTyped(command, typed));

/** True for a command that changes nothing that stays, and is sent without a question. */
export const opensOnly = ({ danger }: AtCommand): boolean => danger === 'read' || danger === 'gate';

function isTyped(command: AtCommand, typed: string): boolean {
	const { name, forms } = command;
	if (typed === name || forms?.test(typed)) return true;
	if (opensOnly(command)) return false;
	const bare = name.replace(/=$/, '');
	// Without its value it may do all the same what it does with one.
	return typed === bare || (typed.startsWith(`${bare}=`) && typed !== `${bare}=?`);
}

/** Commands whose name, words or synonyms hold what was typed; best first. */
export function search(typed: string): AtCommand[] {
	const wanted = typed.trim().toLowerCase();
	if (wanted === '') return [];
	const exact = catalogue.filter(({ name, synonyms = [] }) =>
		[name.toLowerCase(), ...synonyms].includes(wanted),
	);
	const begins = catalogue.filter(({ name }) => name.toLowerCase().startsWith(wanted));
	const named = catalogue.filter(({ synonyms = [] }) =>
		synonyms.some((word) => word.startsWith(wanted)),
	);
	const inName = catalogue
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.length - b.name.length);
	const inWords = catalogue.filter(({ says, synonyms = [] }) =>
		[says, ...synonyms].some((words) => words.toLowerCase().includes(wanted)),
	);
	return [...new Set([...exact, ...begins, ...named, ...inName, ...inWords])];
}

/** True when what the modem keeps is read before this line is sent. */
export function changesKept(line: string): boolean {
	const danger = lookUp(line)?.danger;
	return danger === 'destructive' || danger === 'configuration';
}

/** Seconds that the answer of a line may take. */
export function answerTime(line: string): number {
	return Math.max(10, ...knownIn(line).map(({ seconds = 0 }) => seconds));
}

/** True when a refusal of this line may mean that AT!ENTERCND was not given. */
export const mayNeedEnterCnd = (line: string): boolean =>
	knownIn(line).some(({ entercnd }) => entercnd !== undefined);
