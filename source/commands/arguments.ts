import meow from 'meow';
import { exitCode, Problem } from '../problem.ts';
import { type Command, Flags } from './command.ts';

/** What a person typed behind the command's name. */
export type Arguments = {
	readonly input: readonly string[];
	readonly flags: Flags;
	/** Only the help is wanted, whatever else was typed. */
	readonly wantsHelp: boolean;
};

/** Takes the words apart by the command's table. Throws a Problem that names the word that does not fit. */
export function parseArguments(command: Command, args: readonly string[]): Arguments {
	const usage = (what: string, cause?: unknown) =>
		new Problem(exitCode.usage, what, {
			next: `modemscope ${command.name} --help tells more.`,
			cause,
		});
	const { input, flags } = parse(command, args, usage);
	const values: Record<string, unknown> = flags;
	if (values.help || values.h) return { input, flags: new Flags({}), wantsHelp: true };
	for (const [name, value] of Object.entries(values)) {
		const flag = command.flags[name];
		const typed = name.length === 1 ? `-${name}` : `--${kebab(name)}`;
		if (!flag) throw usage(`There is no option ${typed}.`);
		if (flag.type === 'boolean' || value === undefined) continue;
		if (value === '') throw usage(`${typed} wants a value.`);
		if (flag.type === 'number' && !Number.isFinite(value)) throw usage(`${typed} wants a number.`);
	}
	for (const [name, { isRequired }] of Object.entries(command.flags)) {
		if (isRequired && values[name] === undefined) throw usage(`--${kebab(name)} is missing.`);
	}
	return { input, flags: new Flags(values), wantsHelp: false };
}

function parse(
	command: Command,
	args: readonly string[],
	usage: (what: string, cause: unknown) => Problem,
) {
	try {
		return meow({
			importMeta: import.meta,
			argv: withOptionalValues(args),
			flags: meowFlags(command),
			// The help is ours, and so is what meow would read of the package for its own.
			pkg: {},
			autoHelp: false,
			autoVersion: false,
		});
	} catch (error) {
		// A flag that is given twice.
		throw usage(error instanceof Error ? error.message : String(error), error);
	}
}

/** What is missing is told by us, in a sentence. */
const meowFlags = ({ flags }: Command) =>
	Object.fromEntries(Object.entries(flags).map(([name, { isRequired, ...flag }]) => [name, flag]));

/** `dryRun` in the table is `--dry-run` at the prompt. */
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `--demo` takes a value or none; the parser wants one. */
const withOptionalValues = (args: readonly string[]): string[] =>
	args.map((arg, index) =>
		arg === '--demo' && /^(-|$)/.test(args[index + 1] ?? '') ? '--demo=boot-loop' : arg,
	);
