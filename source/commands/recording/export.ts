import { weightOf } from '../../diagnosis/findings.ts';
import { compileWell, keepHeapSmall } from '../../heap.ts';
import { type ExitCode, exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { asciicast } from '../../recording/export/asciicast.ts';
import { htmlPage } from '../../recording/export/html/page.ts';
import { pcapng } from '../../recording/export/pcapng.ts';
import { recordingText } from '../../recording/export/text.ts';
import { openAny, streamAny } from '../../recording/file/open-any.ts';
import type { RecordingStream } from '../../recording/log/record.ts';
import { maskRecording } from '../../recording/privacy/mask-recording.ts';
import type { ScreencastOptions } from '../../ui/console.tsx';
import type { Listing, Output } from '../common/command.ts';
import { thisMachine, writeNewFile } from '../common/new-file.ts';
import { inPieces } from '../common/output.ts';
import type { ExportFlags } from '../common/recording-options.ts';
import { readRecording } from './read-recording.ts';

/** Text in a file is as wide as this. */
const fileColumns = 100;

/** A film of the console, as the flags want it. */
const inFilm: ScreencastOptions = { width: 120, height: 40, speed: 1, idle: 2, view: undefined };

export type Format = ExportFlags['to'];

/** What is written in each format, and the command that opens it. */
export const formats: Readonly<
	Record<
		Format,
		{
			readonly says: string;
			/** Of the names of such files. */
			readonly ending: string;
			readonly next?: string;
			write(
				recording: RecordingStream,
				options: ScreencastOptions,
			): Promise<Iterable<string | Buffer>> | Iterable<string | Buffer>;
		}
	>
> = {
	text: {
		ending: 'txt',
		says: 'every event with its time, and the findings',
		write: function* (recording) {
			const read = readRecording(recording);
			yield* inPieces(recordingText(recording, read, fileColumns, weightOf));
		},
	},
	pcapng: {
		ending: 'pcapng',
		says: 'the bytes of every port, for Wireshark with modemscope.lua',
		next: 'wireshark -X lua_script:modemscope.lua',
		write: (recording) => pcapng(recording),
	},
	html: {
		ending: 'html',
		says: 'one page without network: every byte, its field, and what it means',
		next: 'open it in a browser:',
		write: (recording) => htmlPage(recording, readRecording(recording)),
	},
	asciicast: {
		ending: 'cast',
		says: 'the screens of the console as they were, for asciinema',
		next: 'asciinema play',
		write: async (recording, options) => {
			// The screens are loaded for a screencast only.
			const { screencast } = await import('../../ui/console.tsx');
			const held = { ...recording, events: [...recording.events] };
			return asciicast(screencast(held, options));
		},
	},
};

/** The formats, for the help. */
export const formatListings = (): Listing[] => [
	{ title: 'Formats', rows: Object.entries(formats).map(([name, { says }]) => [name, says]) },
];

/** The command as it is typed. */
export const exportCommand = (
	[path = '']: readonly string[],
	flags: ExportFlags,
	{ out, write }: Output,
): Promise<ExitCode> =>
	exportRecording(path, {
		to: flags.to,
		output: flags.output,
		film: filmOptions(flags),
		isUnmasked: flags.unmasked,
		out,
		write,
	});

function filmOptions(flags: ExportFlags): ScreencastOptions {
	const size = flags.size ?? `${inFilm.width}x${inFilm.height}`;
	const [, width, height] = /^(\d{2,3})x(\d{2,3})$/.exec(size) ?? [];
	const { speed, idle } = {
		speed: flags.speed ?? inFilm.speed,
		idle: flags.idle ?? inFilm.idle,
	};
	const wrong = (what: string, next: string) => new Problem(exitCode.usage, what, { next });
	if (!width || !height) throw wrong(`"${size}" is no size.`, 'give it as --size 120x40.');
	if (speed < 0.1 || idle < 0.1)
		throw wrong(
			'A screencast needs a speed and an idle time of 0.1 or more.',
			'give --speed 1 --idle 2s.',
		);
	return { width: Number(width), height: Number(height), speed, idle, view: flags.view };
}

export type ExportOptions = {
	readonly to: Format;
	/** A path; - and /dev/stdout for stdout. */
	readonly output: string;
	readonly film?: ScreencastOptions;
	/** What tells this modem and its SIM card from others goes out as it is. */
	readonly isUnmasked?: boolean;
} & Pick<Output, 'out' | 'write'>;

/** `modemscope export REC --to FORMAT -o FILE`: a recording for another program. */
export async function exportRecording(
	path: string,
	{ to, output, film = inFilm, isUnmasked = false, out, write }: ExportOptions,
): Promise<ExitCode> {
	keepHeapSmall();
	compileWell();
	// A screencast goes to and fro in what it shows.
	const opened = await (to === 'asciicast' ? openAny : streamAny)(path);
	const recording = isUnmasked ? opened : maskRecording(opened, thisMachine());
	const pieces = await formats[to].write(recording, film);
	if (output === '-' || output === '/dev/stdout') {
		for (const piece of pieces) await write(piece);
		return exitCode.done;
	}
	await writeNewFile(output, pieces);
	const { next } = formats[to];
	out(sanitize(`Written to ${output}.${next ? ` Next: ${next} ${output}` : ''}`));
	return exitCode.done;
}
