import { weightOf } from '../../diagnosis/findings.ts';
import type { Event, Header } from '../../events.ts';
import { growYoung, keepHeapSmall } from '../../heap.ts';
import { type ExitCode, exitCode } from '../../problem.ts';
import { jsonPieces } from '../../protocol/text/json-pieces.ts';
import { type ReadEvent, recordingText } from '../../recording/export/text.ts';
import { streamAny } from '../../recording/file/open-any.ts';
import type { RecordingStream } from '../../recording/log/record.ts';
import type { Output } from '../common/command.ts';
import { inPieces } from '../common/output.ts';
import { readRecording } from './read-recording.ts';

export type ReplayOptions = {
	/** One event a line, the header first, instead of text. */
	json: boolean;
	/** What it means, and not the events. */
	summary?: boolean;
	/** No line of text is wider. */
	columns: number;
} & Pick<Output, 'write'>;

/** `modemscope replay REC`: a recording, or a log imported on the fly, as text with its findings. */
export async function replay(
	path: string,
	{ json, summary, columns, write }: ReplayOptions,
): Promise<ExitCode> {
	keepHeapSmall();
	const recording = await streamAny(path);
	const read = readRecording(recording);
	const pieces = json
		? jsonPieces(eventsWithFindings(recording, read))
		: inPieces(recordingText(recording, read, columns, weightOf, summary));
	for (const piece of pieces) {
		growYoung();
		await write(piece);
	}
	return exitCode.done;
}

/** What was wrong with the file is known at its end. */
function* eventsWithFindings(
	recording: RecordingStream,
	read: Iterable<ReadEvent>,
): Generator<Header | Event> {
	yield recording.header;
	let t = 0;
	for (const { event, findings } of read) {
		if (event) {
			t = event.t;
			yield event;
		}
		if (findings.length > 0) yield* findings;
	}
	for (const text of recording.notes) yield { t, source: 'log', type: 'note', text };
}
