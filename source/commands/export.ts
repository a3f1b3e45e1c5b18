import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type ExitCode, exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/text/sanitize.ts';
import { asciicast } from '../recording/export/asciicast.ts';
import { pcapng } from '../recording/export/pcapng.ts';
import { recordingText } from '../recording/export/text.ts';
import { openAny } from '../recording/file/open-any.ts';
import type { Recording } from '../recording/file/record.ts';
import type { ScreencastOptions } from '../ui/console.tsx';
import type { Flags, Output } from './command.ts';
import { readRecording } from './read-recording.ts';

/** Text in a file is as wide as this. */
const fileColumns = 100;

/** A film of the console, as the flags want it. */
const inFilm: ScreencastOptions = { width: 120, height: 40, speed: 1, idle: 2, view: undefined };
const filmed = ['usb', 'at', 'flash'] as const;

type Writing = (
	recording: Recording,
	options: ScreencastOptions,
) => Promise<Iterable<string | Buffer>> | Iterable<string | Buffer>;
const forms: Readonly<Record<string, Writing>> = {
	text: function* (recording) {
		const read = readRecording(recording.events);
		for (const line of recordingText(recording, read, fileColumns)) yield `${line}\n`;
	},
	pcapng: (recording) => pcapng(recording),
	asciicast: async (recording, options) => {
		// The screens are loaded for a film only.
		const { screencast } = await import('../ui/console.tsx');
		return asciicast(screencast(recording, options));
	},
};

/** What is done next with a file of this form. */
const nexts: Readonly<Record<string, string>> = {
	pcapng: 'wireshark -X lua_script:modemscope.lua',
	asciicast: 'asciinema play',
};

/** The command as it is typed. */
export const exportCommand = (
	[path = '']: readonly string[],
	flags: Flags,
	{ out }: Output,
): Promise<ExitCode> =>
	exportRecording(path, {
		to: flags.text('to') ?? '',
		output: flags.text('output') ?? '',
		film: filmOptions(flags),
		out,
	});

function filmOptions(flags: Flags): ScreencastOptions {
	const size = flags.text('size') ?? `${inFilm.width}x${inFilm.height}`;
	const [, width, height] = /^(\d{2,3})x(\d{2,3})$/.exec(size) ?? [];
	const { speed, idle } = {
		speed: flags.number('speed') ?? inFilm.speed,
		idle: flags.number('idle') ?? inFilm.idle,
	};
	const wanted = flags.text('view');
	const view = filmed.find((name) => name === wanted);
	const wrong = (what: string, next: string) => new Problem(exitCode.usage, what, { next });
	if (!width || !height) throw wrong(`"${size}" is no size.`, 'give it as --size 120x40.');
	if (speed < 0.1 || idle < 0.1) throw wrong('A film stands still like that.', 'give 0.1 or more.');
	if (wanted && !view) throw wrong(`${wanted} is not filmed.`, `choose ${filmed.join(', ')}.`);
	return { width: Number(width), height: Number(height), speed, idle, view };
}

/** `modemscope export REC --to FORM -o FILE`: a recording for another program. */
export async function exportRecording(
	path: string,
	{
		to,
		output,
		film = inFilm,
		out,
	}: { to: string; output: string; film?: ScreencastOptions; out: (line: string) => void },
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
		for (const piece of await form(recording, film)) {
			if (!file.write(piece)) await once(file, 'drain');
		}
		file.end();
		await once(file, 'finish');
	} catch (error) {
		throw unwritable(output, error as NodeJS.ErrnoException);
	}
	const next = nexts[to] ? ` Next: ${nexts[to]} ${output}` : '';
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
