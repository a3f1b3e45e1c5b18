import { type ExitCode, exitCode, type Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { readLog } from '../../recording/file/open-any.ts';
import { createWriter } from '../../recording/file/writer.ts';

/** `modemscope import LOG -o REC`: the text of another tool becomes a recording. */
export async function importLog(
	path: string,
	output: string,
	{ out }: { out: (line: string) => void },
): Promise<ExitCode> {
	const { header, events, notes } = await readLog(path);
	let failure: Problem | undefined;
	const writer = createWriter(output, header, (problem) => {
		failure = problem;
	});
	for (const event of events) writer.append(event);
	await writer.close();
	if (failure) throw failure;
	for (const note of notes) out(sanitize(note));
	const what = events.length === 1 ? '1 event' : `${events.length} events`;
	out(sanitize(`${what} written to ${output}. Next: modemscope replay ${output}`));
	return exitCode.done;
}
