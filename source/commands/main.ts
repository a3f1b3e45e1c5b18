import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode, Problem } from '../problem.ts';
import { parseArguments } from './arguments.ts';
import type { Command, Output } from './command.ts';
import { outputTo } from './output.ts';
import { commands } from './table.ts';

/** Runs what the arguments ask for and returns the exit code; never throws. */
export async function main(args: readonly string[]): Promise<number> {
	const named = commands.find(({ name }) => name === args[0]);
	const command = named ?? commands[0]!;
	const output = outputTo(process.stdout, process.stderr);
	try {
		const { input, flags, wantsHelp } = parseArguments(command, named ? args.slice(1) : args);
		if (wantsHelp) {
			const help = named ? helpOf(command) : generalHelp();
			for (const line of help.split('\n')) output.out(line);
			return exitCode.done;
		}
		const [least, most] = command.inputs;
		if (input.length > most || input.length < least) throw wrongArguments(command, input);
		return await command.run(input, flags, output);
	} catch (error) {
		return explain(error, output);
	}
}

function wrongArguments(command: Command, input: readonly string[]): Problem {
	const what =
		command === commands[0] && input.length > 0
			? `There is no command "${input[0]}".`
			: `"modemscope ${command.name}" does not take these arguments.`;
	const next =
		command === commands[0]
			? 'modemscope --help lists the commands.'
			: `usage: modemscope ${command.name} ${command.usage}`;
	return new Problem(exitCode.usage, what, { next });
}

function explain(error: unknown, { say }: Output): number {
	if (error instanceof Problem) {
		say(`modemscope: ${error.sentence}`);
		return error.exit;
	}
	const message = error instanceof Error ? error.message : String(error);
	say(`modemscope: it failed in a way that it should not: ${message}${saveCrash(error)}`);
	return exitCode.failed;
}

/** Keeps the details of a defect where a person can send them from. */
function saveCrash(error: unknown): string {
	try {
		const folder = join(
			process.env.XDG_STATE_HOME ?? join(process.env.HOME ?? '/tmp', '.local/state'),
			'modemscope',
		);
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		const path = join(folder, 'last-crash.txt');
		writeFileSync(path, error instanceof Error ? (error.stack ?? error.message) : String(error), {
			mode: 0o600,
		});
		return `. The details are in ${path}.`;
	} catch {
		return '';
	}
}

const column = (rows: readonly (readonly [string, string])[]): string => {
	const width = Math.max(...rows.map(([left]) => left.length)) + 2;
	return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
};

function helpOf({ name, usage, summary, options, examples }: Command): string {
	return [
		`modemscope ${name}: ${summary}`,
		'',
		`Usage: modemscope ${name} ${usage}`.trimEnd(),
		'',
		column(options),
		'',
		'Examples:',
		...examples.map((example) => `  ${example}`),
	].join('\n');
}

function generalHelp(): string {
	return [
		'modemscope: a console for stuck cellular modems',
		'',
		'Usage: modemscope [options]          the full-screen console',
		'       modemscope COMMAND [options]  one step, for scripts',
		'',
		'Commands:',
		column(
			commands.slice(1).map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary]),
		),
		'',
		'Options of the console:',
		column(commands[0]!.options),
		'',
		'modemscope COMMAND --help tells more of each.',
		'',
		'Exit codes: 0 done, 1 failed, 2 usage, 3 no such device, 4 no permission or busy,',
		'5 file rejected, 6 refused before any write, 7 failed during the write,',
		'8 written but unchecked, 9 loop seen, 130 interrupted before any write.',
	].join('\n');
}
