import { existsSync } from 'node:fs';
import meow from 'meow';
import { exitCode, Problem } from '../problem.ts';
import {
	type Command,
	type FlagValue,
	kebab,
	type Option,
	type Options,
} from './common/command.ts';

/** What a person typed behind the command's name, by the names of its options. */
export type Arguments = {
	readonly input: readonly string[];
	readonly flags: Readonly<Record<string, FlagValue>>;
	/** Only the help is wanted, whatever else was typed. */
	readonly wantsHelp: boolean;
};

/** Reads the words by the command's table. Throws a Problem that names every word that is wrong or missing. */
export function parseArguments(command: Command, args: readonly string[]): Arguments {
	const { input, flags: typed } = tokenize(command, args);
	if (typed.help || typed.h) return { input, flags: {}, wantsHelp: true };
	const { options } = command;
	const wrong = Object.keys(typed)
		.filter((name) => !Object.hasOwn(options, name))
		.map((name) => `There is no option ${name.length === 1 ? '-' : '--'}${kebab(name)}.`);
	const flags = Object.fromEntries(
		Object.entries(options).map(([name, option]): [string, FlagValue] => {
			try {
				return [name, optionValue(`--${kebab(name)}`, option, typed[name])];
			} catch (error) {
				wrong.push((error as Error).message);
				return [name, undefined];
			}
		}),
	);
	wrong.push(...wrongInputs(command, input));
	wrong.push(...missingOptions(options, typed));
	if (wrong.length > 0) {
		throw usageProblem(command, [...filesNotThere(command, input), ...wrong].join(' '));
	}
	return { input, flags, wantsHelp: false };
}

const usageProblem = ({ name, usage }: Command, what: string, cause?: unknown) =>
	new Problem(exitCode.usage, what, {
		next:
			name === 'console'
				? 'modemscope --help lists the commands and options.'
				: `usage: modemscope ${`${name} ${usage}`.trim()}; modemscope ${name} --help tells more.`,
		cause,
	});

/** meow splits the words; what they mean is decided here, by the table. */
function tokenize(command: Command, args: readonly string[]) {
	const typed = ({ type, short, isMultiple }: Option) => ({
		type: type === 'switch' ? ('boolean' as const) : ('string' as const),
		...(short === undefined ? {} : { shortFlag: short }),
		...(isMultiple ? { isMultiple } : {}),
	});
	try {
		const { input, flags } = meow({
			importMeta: import.meta,
			argv: withLoneFlags(command.options, args),
			flags: Object.fromEntries(
				Object.entries(command.options).map(([name, option]) => [name, typed(option)]),
			),
			// The help is ours, and so is what meow would read of the package for its own.
			pkg: {},
			autoHelp: false,
			autoVersion: false,
		});
		return { input, flags: flags as Record<string, unknown> };
	} catch (error) {
		// A flag that is given twice.
		throw usageProblem(command, error instanceof Error ? error.message : String(error), error);
	}
}

/** The value of an option. Throws an Error that says what is wrong with what was typed. */
function optionValue(flag: string, option: Option, typed: unknown): FlagValue {
	if (option.type === 'switch') return typed === true;
	if (option.isMultiple) {
		const all = Array.isArray(typed) ? typed.map(String) : [];
		return all.map((one) => String(single(flag, option, one)));
	}
	return typed === undefined ? undefined : single(flag, option, String(typed));
}

function single(flag: string, { type, choices }: Option, typed: string): string | number {
	if (typed === '') throw new Error(`${flag} needs a value.`);
	if (choices && !choices.includes(typed)) {
		throw new Error(`${flag} does not know "${typed}": name one of ${choices.join(', ')}.`);
	}
	if (type === 'text') return typed;
	const value = type === 'seconds' ? seconds(typed) : Number(typed);
	if (Number.isFinite(value)) return value;
	throw new Error(
		type === 'seconds' ? `${flag} needs a time, as 42, 42s or 2m.` : `${flag} needs a number.`,
	);
}

const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 };

/** 42, 42s, 1.5m and 1h in seconds; NaN for anything else. */
function seconds(typed: string): number {
	const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([smh]?)$/.exec(typed) ?? [];
	return Number(number ?? Number.NaN) * (units[unit ?? ''] ?? 1);
}

function wrongInputs({ name, inputs }: Command, input: readonly string[]): string[] {
	if (input.length < inputs.least) return [`${inputs.name} is missing.`];
	if (input.length <= inputs.most) return [];
	const extra = input[inputs.most];
	return name === 'console'
		? [`There is no command "${extra}".`]
		: [`"${extra}" is one argument too many.`];
}

/** A command that cannot run says this too, so that it is not the next surprise. */
const filesNotThere = ({ inputs }: Command, input: readonly string[]): string[] =>
	inputs.isFile
		? input
				.filter((path) => path !== '-' && !existsSync(path))
				.map((path) => `There is no file ${path}.`)
		: [];

const missingOptions = (options: Options, typed: Readonly<Record<string, unknown>>): string[] =>
	Object.entries(options)
		.filter(([name, { isRequired }]) => isRequired && typed[name] === undefined)
		.map(([name, { value = '' }]) => `${`--${kebab(name)} ${value}`.trimEnd()} is missing.`);

/** meow takes a flag's "-" for an argument, and knows no flag whose value may be left out. */
const withLoneFlags = (options: Options, args: readonly string[]): string[] =>
	args.flatMap((arg, index) => {
		const option = optionOf(options, arg);
		const next = args[index + 1] ?? '';
		const before = args[index - 1];
		if (arg === '-' && before && isValued(optionOf(options, before))) return [];
		if (next === '-' && isValued(option)) return [`${arg}=-`];
		if (option?.alone === undefined || !/^(-|$)/.test(next)) return [arg];
		return [`${arg}=${option.alone}`];
	});

const optionOf = (options: Options, arg: string): Option | undefined =>
	Object.entries(options).find(([name]) => arg === `--${kebab(name)}`)?.[1];

const isValued = (option: Option | undefined): boolean => option?.type === 'text';
