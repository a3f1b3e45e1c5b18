/** The help texts, made from the table of commands. */
import { hangingIndent } from '../ui/text/lines.ts';
import { type Command, type Listing, optionRows } from './common/command.ts';
import { commands } from './table.ts';

/** Columns of a row at most: a longer one is hard to read. */
const longestRow = 100;

function column(rows: readonly (readonly [string, string])[], columns: number): string {
	const width = Math.max(...rows.map(([left]) => left.length)) + 2;
	return rows
		.flatMap(([left, right]) =>
			right === ''
				? [`  ${left}`]
				: hangingIndent(`  ${left.padEnd(width)}`, right, Math.min(columns, longestRow)),
		)
		.join('\n');
}

const listingText = ({ title, rows }: Listing, columns: number): string[] => [
	'',
	`${title}:`,
	column(rows, columns),
];

export async function commandHelp(command: Command, columns: number): Promise<string> {
	const { name, usage, summary, options, examples } = command;
	const listings = (await command.listings?.()) ?? [];
	return [
		`modemscope ${name}: ${summary}`,
		'',
		`Usage: modemscope ${name} ${usage}`.trimEnd(),
		'',
		column(optionRows(options), columns),
		...listings.flatMap((listing) => listingText(listing, columns)),
		'',
		'Examples:',
		...examples.map((example) => `  ${example}`),
	].join('\n');
}

export function generalHelp(columns: number): string {
	const [console, ...others] = commands;
	return [
		'modemscope: a console for stuck cellular modems',
		'',
		'Usage: modemscope [options]          the full-screen console',
		'       modemscope COMMAND [options]  one step, for scripts',
		'',
		'Commands:',
		column(
			others.map(({ name, summary }) => [name, summary]),
			columns,
		),
		'',
		'Options of the console:',
		column(optionRows(console?.options ?? {}), columns),
		'',
		'modemscope COMMAND --help describes each command.',
		'',
		'Exit codes: 0 done, 1 failed, 2 usage, 3 no such device,',
		'4 no permission or busy, 5 file rejected, 6 refused before any write,',
		'7 failed during the write: flash again, 8 written, but its check failed,',
		'9 loop seen, 130 interrupted before any write.',
	].join('\n');
}
