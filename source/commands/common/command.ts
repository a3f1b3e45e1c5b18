import type { ExitCode } from '../../problem.ts';

/** How a command talks: results to stdout, a line at a time. */
export type Output = {
	out(line: string): void;
	/** The same, with colours of our own in it. */
	painted(line: string): void;
	/** Messages about what is going on, to stderr. */
	say(line: string): void;
	/** Bytes or text as they are, to stdout; resolves when more may be written. */
	write(piece: string | Uint8Array): Promise<void>;
	/** Columns of the terminal, 80 where there is none. */
	readonly columns: number;
};

/** One option of a command: its flag, its line of help, and the type of its value. */
export type Option = {
	/** `seconds` takes 42, 42s, 2m and 1h. */
	readonly type: 'text' | 'number' | 'seconds' | 'switch';
	/** An example of the value, or a name for it, in the help. */
	readonly value?: string;
	/** What the flag alone means, without a value. */
	readonly alone?: string;
	/** The only values that are taken. */
	readonly choices?: readonly string[];
	readonly short?: string;
	readonly isRequired?: true;
	readonly isMultiple?: true;
	/** The line of help; none for a flag that only the program itself gives. */
	readonly says?: string;
};

/** Options by name; `dryRun` is typed `--dry-run`. */
export type Options = Readonly<Record<string, Option>>;

type ValueOf<One extends Option> = One extends { isMultiple: true }
	? readonly string[]
	: One extends { type: 'switch' }
		? boolean
		: One extends { type: 'number' | 'seconds' }
			? number | undefined
			: One extends { isRequired: true; choices: readonly (infer Choice)[] }
				? Choice
				: One extends { isRequired: true }
					? string
					: One extends { choices: readonly (infer Choice)[] }
						? Choice | undefined
						: string | undefined;

export type FlagValue = string | number | boolean | readonly string[] | undefined;

/** What was typed, by the names and types of a command's options. */
export type FlagsOf<Table extends Options> = string extends keyof Table
	? Readonly<Record<string, FlagValue>>
	: { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

/** A table of names that an option or an argument takes, for the end of the help. */
export type Listing = {
	readonly title: string;
	readonly rows: readonly (readonly [name: string, says: string])[];
};

/** A sub-command: help, arguments and options are one table; its code is loaded when it runs. */
export type Command<Table extends Options = Options> = {
	readonly name: string;
	/** What stands behind the name in its usage line. */
	readonly usage: string;
	readonly summary: string;
	readonly options: Table;
	readonly examples: readonly string[];
	/** How many arguments it takes at least and at most, and what one is called. */
	readonly inputs: {
		readonly name: string;
		readonly least: number;
		readonly most: number;
		readonly isFile?: true;
	};
	/** Names that its options and arguments take. */
	listings?(): Promise<readonly Listing[]>;
	run(input: readonly string[], flags: FlagsOf<Table>, output: Output): Promise<ExitCode | number>;
};

/** Types what a row runs by the row's own options. */
export const command = <Table extends Options>(row: Command<Table>): Command => row;

/** `dryRun` in the table is `--dry-run` at the prompt. */
export const kebab = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `-o, --output FILE` */
export function optionLabel(name: string, { short, value, alone }: Option): string {
	const flag = `${short === undefined ? '' : `-${short}, `}--${kebab(name)}`;
	if (value === undefined) return flag;
	return alone === undefined ? `${flag} ${value}` : `${flag} [${value}]`;
}

/** Every option that has a line of help, with that line. */
export const optionRows = (options: Options): [label: string, says: string][] =>
	Object.entries(options).flatMap(([name, option]): [string, string][] =>
		option.says === undefined ? [] : [[optionLabel(name, option), option.says]],
	);
