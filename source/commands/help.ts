/** The help texts, made from the table of commands. */
import { type Command, type Listing, optionRows } from './common/command.ts';
import { commands } from './table.ts';

const column = (rows: readonly (readonly [string, string])[]): string => {
	const width = Math.max(...rows.map(([left]) => left.length)) + 2;
	return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`.trimEnd()).join('\n');
};

const listingText = ({ title, rows }: Listing): string[] => ['', `${title}:`, column(rows)];

export async function commandHelp(command: Command): Promise<string> {
	const { name, usage, summary, options, examples } = command;
	const listings = (await command.listings?.()) ?? [];
	return [
		`modemscope ${name}: ${summary}`,
		'',
		`Usage: modemscope ${name} ${usage}`.trimEnd(),
		'',
		column(optionRows(options)),
		...listings.flatMap(listingText),
		'',
		'Examples:',
		...examples.map((example) => `  ${example}`),
	].join('\n');
}

export async function generalHelp(): Promise<string> {
	const [console, ...others] = commands;
	const listings = (await console?.listings?.()) ?? [];
	return [
		'modemscope: a console for stuck cellular modems',
		'',
		'Usage: modemscope [options]          the full-screen console',
		'       modemscope COMMAND [options]  one step, for scripts',
		'',
		'Commands:',
		column(others.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary])),
		'',
		'Options of the console:',
		column(optionRows(console?.options ?? {})),
		...listings.flatMap(listingText),
		'',
		'modemscope COMMAND --help describes each command.',
		'',
		'Exit codes: 0 done, 1 failed, 2 usage, 3 no such device, 4 no permission or busy,',
		'5 file rejected, 6 refused before any write, 7 failed during the write,',
		'8 written but unchecked, 9 loop seen, 130 interrupted before any write.',
	].join('\n');
}
