import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Diagnosis } from '../diagnosis/diagnosis.ts';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/sanitize.ts';
import { pcapng } from '../recording/export/pcapng.ts';
import { recordingText } from '../recording/export/text.ts';
import { openAny } from '../recording/open-any.ts';
import type { Recording } from '../recording/record.ts';
import type { Flags, Output } from './command.ts';

/** Text in a file is as wide as this. */
const fileColumns = 100;

type Writing = (recording: Recording) => Iterable<string | Buffer>;
const forms: Readonly<Record<string, Writing>> = {
	text: function* (recording) {
		const diagnosis = new Diagnosis();
		const findings = recording.events.flatMap((event) => diagnosis.add(event));
		for (const line of recordingText(recording, findings, fileColumns)) yield `${line}\n`;
	},
	pcapng: (recording) => pcapng(recording),
};

/** The command as it is typed. */
export const exportCommand = (
	[path = '']: readonly string[],
	flags: Flags,
	{ out }: Output,
): Promise<ExitCode> =>
	exportRecording(path, { to: flags.text('to') ?? '', output: flags.text('output') ?? '', out });

/** `modemscope export REC --to pcapng|text -o FILE`: a recording for another program. */
export async function exportRecording(
	path: string,
	{ to, output, out }: { to: string; output: string; out: (line: string) => void },
): Promise<ExitCode> {
	const form = Object.hasOwn(forms, to) ? forms[to] : undefined;
	if (!form) {
		throw new Problem(exitCode.usage, `There is no form "${sanitize(to)}" to export to.`, {
			next: `use --to ${Object.keys(forms).join(' or --to ')}.`,
		});
	}
	const recording = await openAny(path);
	const file = createWriteStream(output, { flags: 'wx', mode: 0o600 });
	try {
		await once(file, 'open');
		for (const piece of form(recording)) {
			if (!file.write(piece)) await once(file, 'drain');
		}
		file.end();
		await once(file, 'finish');
	} catch (error) {
		throw unwritable(output, error as NodeJS.ErrnoException);
	}
	const next = to === 'pcapng' ? ` Next: wireshark -X lua_script:modemscope.lua ${output}` : '';
	out(sanitize(`Written to ${output}.${next}`));
	return exitCode.done;
}

function unwritable(path: string, error: NodeJS.ErrnoException): Problem {
	if (error.code === 'EEXIST') {
		return new Problem(exitCode.failed, `${sanitize(path)} is there already.`, {
			next: 'name another file, or remove that one.',
			cause: error,
		});
	}
	const exit = error.code === 'EACCES' ? exitCode.noAccess : exitCode.failed;
	return new Problem(exit, `${sanitize(path)} cannot be written (${error.code}).`, {
		cause: error,
	});
}
