import type { ExitCode } from '../problem.ts';

/** How a command talks: results to stdout, a line at a time. */
export type Output = {
	out(line: string): void;
	/** The same, with colours of our own in it. */
	painted(line: string): void;
	/** Messages about what is going on, to stderr. */
	say(line: string): void;
	/** Columns of the terminal, 80 where there is none. */
	readonly columns: number;
};

/** A flag as the table names it; `dryRun` is typed `--dry-run`. */
export type Flag = {
	readonly type: 'string' | 'number' | 'boolean';
	readonly shortFlag?: string;
	readonly isRequired?: true;
	/** It may be given several times. */
	readonly isMultiple?: true;
};

/** A sub-command: help, arguments and flags are one table; its code is loaded when it runs. */
export type Command = {
	readonly name: string;
	/** What stands behind the name in its usage line. */
	readonly usage: string;
	readonly summary: string;
	/** A line of help for each flag. */
	readonly options: readonly (readonly [flag: string, says: string])[];
	readonly examples: readonly string[];
	readonly flags: Readonly<Record<string, Flag>>;
	/** How many arguments it takes at least and at most. */
	readonly inputs: readonly [number, number];
	run(input: readonly string[], flags: Flags, output: Output): Promise<number>;
};

/** The flags that were typed; each command reads its own. */
export class Flags {
	readonly #values: Readonly<Record<string, unknown>>;

	constructor(values: Readonly<Record<string, unknown>>) {
		this.#values = values;
	}
	text(name: string): string | undefined {
		const value = this.#values[name];
		return typeof value === 'string' ? value : undefined;
	}
	number(name: string): number | undefined {
		const value = this.#values[name];
		return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
	}
	/** Of a flag that may be given several times. */
	list(name: string): readonly string[] {
		const value = this.#values[name];
		return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
	}
	has(name: string): boolean {
		return this.#values[name] === true;
	}
}

export type Run = (input: readonly string[], flags: Flags, output: Output) => Promise<ExitCode>;
