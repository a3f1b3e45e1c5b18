import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fieldsOf } from '../../at/answers/read.ts';
import { isoTime } from '../../clock.ts';
import type { Emit, Event } from '../../events.ts';
import { pruneRecordings } from '../../flash/job/prune-recordings.ts';
import { ownFolder } from '../../own-files.ts';
import { jsonText } from '../../protocol/text/sanitize.ts';
import { newRecordingPath } from '../../recording/file/places.ts';
import { createWriter } from '../../recording/file/writer.ts';
import type { Output } from './command.ts';
import { timedLines } from './event-line.ts';
import type { FoundHost } from './find-host.ts';

/** Where the events of one run go: to whoever reads stdout, and into a recording where there is one. */
export type Record = { readonly emit: Emit; close(): Promise<void> };

/** What a recording is of: in the name of its file, and in its header. */
type Recorded = {
	readonly name: string;
	readonly title: string;
	/** False: only where a file was named. What changes the modem leaves a recording, asked for or not. */
	readonly always?: boolean;
};

export function openRecord(
	{ host, origin }: FoundHost,
	flags: { readonly output: string | undefined; readonly json: boolean },
	output: Output,
	{ name, title, always = true }: Recorded,
): Record {
	const { clock } = host;
	const print = printer(flags.json, output);
	if (flags.output === undefined && always) void pruneRecordings();
	const path = flags.output ?? (always ? newRecordingPath(name) : undefined);
	if (path === undefined) {
		const emit: Emit = (source, fact) => print({ t: clock.now(), source, ...fact });
		return { emit, close: async () => {} };
	}
	if (flags.output === undefined) ownFolder(dirname(path));
	else mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const age = (clock.now() / clock.speed) * 1000;
	const started = isoTime(Date.now() - age);
	const header = {
		modemscope: 1 as const,
		started,
		title,
		origin,
		speed: clock.speed,
	};
	const writer = createWriter(path, header, ({ sentence }) =>
		output.say(`modemscope: ${sentence}`),
	);
	output.say(`modemscope: recording to ${path}`);
	return {
		emit: (source, fact) => {
			const event: Event = { t: clock.now(), source, ...fact };
			writer.append(event);
			print(event);
		},
		close: () => writer.close(),
	};
}

/** A person reads commands and answers; a machine gets every event, and the fields of each answer. */
function printer(json: boolean, { out }: Output): (event: Event) => void {
	return (event) => {
		if (json) out(jsonText(withFields(event)));
		else if (event.source === 'at') for (const line of timedLines(event)) out(line);
	};
}

function withFields(event: Event): object {
	if (event.type !== 'at-answered') return event;
	const fields = fieldsOf(event.command, event.lines);
	if (fields.length === 0) return event;
	return { ...event, fields: Object.fromEntries(fields.map(({ key, value }) => [key, value])) };
}
