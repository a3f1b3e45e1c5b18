import { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Event, EventOf } from '../events.ts';
import { type ExitCode, exitCode } from '../problem.ts';
import { recordingText } from '../recording/export/text.ts';
import { openAny } from '../recording/file/open-any.ts';
import type { Recording } from '../recording/file/record.ts';

export type ReplayOptions = {
	/** One event a line, the header first, instead of text. */
	json: boolean;
	/** No line of text is wider. */
	columns: number;
	out: (line: string) => void;
};

/** `modemscope replay REC`: a recording, or a log imported on the fly, as text with its findings. */
export async function replay(
	path: string,
	{ json, columns, out }: ReplayOptions,
): Promise<ExitCode> {
	const recording = await openAny(path);
	const diagnosed = diagnose(recording.events);
	if (json) {
		for (const line of jsonLines(recording, diagnosed)) out(line);
		return exitCode.done;
	}
	const findings = diagnosed.filter((event) => event.type === 'finding');
	const others = diagnosed.filter((event) => event.type !== 'finding');
	for (const line of recordingText({ ...recording, events: others }, findings, columns)) out(line);
	return exitCode.done;
}

/** The events with the findings behind the events that gave them; each said once. */
function diagnose(events: readonly Event[]): Event[] {
	const diagnosis = new Diagnosis();
	const said = new Set(events.filter(isFinding).map(identity));
	return events.flatMap((event) => {
		const found = diagnosis
			.add(event)
			.map((finding) => ({ t: event.t, source: 'diagnosis' as const, ...finding }))
			.filter((finding) => !said.has(identity(finding)));
		return [event, ...found];
	});
}

const isFinding = (event: Event): event is EventOf<'finding'> => event.type === 'finding';
const identity = ({ rule, title }: EventOf<'finding'>) => `${rule}\n${title}`;

function* jsonLines({ header, notes }: Recording, events: readonly Event[]): Generator<string> {
	yield plainJson(header);
	for (const text of notes) yield plainJson({ t: 0, source: 'log', type: 'note', text });
	for (const event of events) yield plainJson(event);
}

/** JSON leaves C1 controls and direction marks as they are, and a terminal would obey them. */
const plainJson = (value: object) =>
	JSON.stringify(value).replace(
		/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
		(control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
