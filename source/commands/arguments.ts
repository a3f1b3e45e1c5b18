import { parseArgs } from 'node:util';
import { exitCode, Problem } from '../problem.ts';
import { type Command, type Flag, Flags } from './command.ts';

/** What a person typed behind the command's name. */
export type Arguments = {
	readonly input: readonly string[];
	readonly flags: Flags;
	/** Only the help is wanted, whatever else was typed. */
	readonly wantsHelp: boolean;
};

/** Takes the words apart by the command's table. Throws a Problem that names the word that does not fit. */
export function parseArguments(command: Command, args: readonly string[]): Arguments {
	const flags = new Map(
		Object.entries(command.flags).map(([name, flag]) => [kebab(name), { name, flag }]),
	);
	const { tokens } = parseArgs({
		args: withOptionalValues(args),
		options: Object.fromEntries([...flags].map(([name, { flag }]) => [name, optionOf(flag)])),
		strict: false,
		tokens: true,
	});
	const usage = (what: string) =>
		new Problem(exitCode.usage, what, { next: `modemscope ${command.name} --help tells more.` });
	const input: string[] = [];
	const values: Record<string, unknown> = {};
	for (const token of tokens) {
		if (token.kind === 'positional') input.push(token.value);
		if (token.kind !== 'option') continue;
		const { name: typed, rawName, value, inlineValue } = token;
		const known = flags.get(typed);
		if (!known && isHelp(rawName)) return { input, flags: new Flags({}), wantsHelp: true };
		if (!known) throw usage(`There is no option ${rawName}.`);
		const { name, flag } = known;
		if (flag.type === 'boolean') {
			if (value !== undefined) throw usage(`${rawName} takes no value.`);
			values[name] = true;
			continue;
		}
		// The next option is no value, unless it was joined with an equals sign.
		if (value === undefined || (!inlineValue && /^-./.test(value)))
			throw usage(`${rawName} wants a value.`);
		const number = Number(value);
		if (flag.type === 'number' && (value.trim() === '' || !Number.isFinite(number)))
			throw usage(`${rawName} wants a number, and "${value}" is none.`);
		values[name] = flag.type === 'number' ? number : value;
	}
	for (const [typed, { name, flag }] of flags) {
		if (flag.isRequired && values[name] === undefined) throw usage(`--${typed} is missing.`);
	}
	return { input, flags: new Flags(values), wantsHelp: false };
}

const isHelp = (rawName: string) => rawName === '--help' || rawName === '-h';

/** `dryRun` in the table is `--dry-run` at the prompt. */
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const optionOf = ({ type, shortFlag }: Flag) => ({
	type: type === 'boolean' ? ('boolean' as const) : ('string' as const),
	...(shortFlag === undefined ? {} : { short: shortFlag }),
});

/** `--demo` takes a value or none; the parser wants one. */
const withOptionalValues = (args: readonly string[]): string[] =>
	args.map((arg, index) =>
		arg === '--demo' && /^(-|$)/.test(args[index + 1] ?? '') ? '--demo=boot-loop' : arg,
	);
