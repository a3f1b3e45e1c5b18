import { differences } from '../../at/answers/snapshot.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { jsonText, sanitize } from '../../protocol/text/sanitize.ts';
import { streamAny } from '../../recording/file/open-any.ts';
import type { Output } from '../common/command.ts';

/** Says what the answers of two recordings differ in; exit code 1 when they do. */
export async function diffRecordings(
	paths: readonly string[],
	json: boolean,
	{ out }: Output,
): Promise<ExitCode> {
	const [first, second] = paths;
	if (first === undefined || second === undefined || paths.length > 2) {
		throw new Problem(exitCode.usage, 'Two recordings are compared.', {
			next: 'usage: modemscope at --diff A B',
		});
	}
	const [before, after] = [await streamAny(first), await streamAny(second)];
	const found = differences(before.events, after.events);
	let command = '';
	for (const difference of found) {
		if (json) {
			out(jsonText(difference));
			continue;
		}
		if (difference.command !== command) out(difference.command);
		command = difference.command;
		out(sanitize(`  ${difference.name}`));
		out(sanitize(`    - ${difference.before ?? 'not there'}`));
		out(sanitize(`    + ${difference.after ?? 'not there'}`));
	}
	if (found.length === 0 && !json) out('Nothing differs.');
	return found.length === 0 ? exitCode.done : exitCode.failed;
}
