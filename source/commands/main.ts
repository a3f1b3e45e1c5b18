import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { dropEarly, keepEarly, type WaitingJob } from '../flash/job/waiting-job.ts';
import { codeIsKeptBy } from '../heap.ts';
import { ownFolder, replaceFile, stateFolder } from '../own-files.ts';
import { exitCode, Problem } from '../problem.ts';
import { jsonText } from '../protocol/text/sanitize.ts';
import { parseArguments } from './arguments.ts';
import type { Output } from './common/command.ts';
import { outputTo } from './common/output.ts';
import { commands } from './table.ts';

/** Runs what the arguments ask for and returns the exit code; never throws. */
export async function main(
	args: readonly string[],
	job?: WaitingJob,
	keepCompiled: () => void = flushCompileCache,
): Promise<number> {
	codeIsKeptBy(keepCompiled);
	keepEarly(job);
	const named = commands.find(({ name }) => name === args[0]);
	const command = named ?? commands[0]!;
	const output = outputTo(process.stdout, process.stderr);
	try {
		const { input, flags, wantsHelp } = parseArguments(command, named ? args.slice(1) : args);
		if (wantsHelp) {
			const { commandHelp, generalHelp } = await import('./help.ts');
			const { columns } = output;
			const help = named ? await commandHelp(command, columns) : generalHelp(columns);
			for (const line of help.split('\n')) output.out(line);
			return exitCode.done;
		}
		return await command.run(input, flags, output);
	} catch (error) {
		return explain(error, output, args.includes('--json'));
	} finally {
		dropEarly();
		// The console says itself when it has called what a start needs.
		if (named && named !== commands[0]) keepCompiled();
	}
}

/** Tells why a command failed: to a program as one JSON object, to a person as a sentence. */
function explain(error: unknown, { say }: Output, json: boolean): number {
	const problem = error instanceof Problem ? error : defect(error);
	const { exit, message, modem, next } = problem;
	if (json) say(jsonText({ type: 'error', exit, message, modem, next }));
	else say(`modemscope: ${problem.sentence}`);
	return exit;
}

function defect(error: unknown): Problem {
	const message = error instanceof Error ? error.message : String(error);
	const what = `This is a defect of modemscope: ${message.replace(/\.$/, '')}.${saveCrash(error)}`;
	return new Problem(exitCode.failed, what, { cause: error });
}

/** Keeps the details of a defect where a person can send them from. */
function saveCrash(error: unknown): string {
	try {
		const path = join(ownFolder(stateFolder()), 'last-crash.txt');
		replaceFile(path, error instanceof Error ? (error.stack ?? error.message) : String(error));
		return ` The details are in ${path}.`;
	} catch {
		return '';
	}
}
