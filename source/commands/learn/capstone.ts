import { resolve } from 'node:path';
import { rounds, runCapstone } from '../../learn/capstone/capstone.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { jsonText } from '../../protocol/text/sanitize.ts';
import type { Output } from '../common/command.ts';
import type { LearnFlags } from './options.ts';

/** Seconds for the program to come, and of silence after which it hangs. */
const patience = 600;
const silence = 30;
/** Bytes of the programmer. */
const length = 120_000;

/** Judges a program that uploads a programmer to a simulated chip in its emergency loader. */
export async function capstone(
	{ socket, for: seconds = patience, json }: LearnFlags,
	{ out }: Pick<Output, 'out'>,
): Promise<ExitCode> {
	if (socket === undefined) {
		throw new Problem(exitCode.usage, 'The capstone needs a folder for its modem.', {
			next: 'modemscope learn capstone --socket DIR; docs/learn.md tells what your program does.',
		});
	}
	const say = (line: string, fact: Record<string, unknown>) => out(json ? jsonText(fact) : line);
	const failed = await runCapstone({
		...{ patience: seconds, silence, length },
		folder: resolve(socket),
		ready: ({ name, says }, port, programmer) => {
			const run = rounds.findIndex((round) => round.name === name) + 1;
			say(`Run ${run} of ${rounds.length}: the loader ${says}. Start your program:`, {
				...{ type: 'ready', round: name, port, programmer },
			});
			if (!json) out(`  port ${port}  programmer ${programmer}`);
		},
	});
	if (failed) {
		say(`Not passed: ${failed.fault}`, { type: 'failed', ...failed });
		return exitCode.failed;
	}
	say('Passed: your program speaks Sahara.', { type: 'passed' });
	return exitCode.done;
}
