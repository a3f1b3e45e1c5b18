import { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { EventOf } from '../../events.ts';
import type { ReadEvent } from '../../recording/export/text.ts';
import type { RecordingStream } from '../../recording/log/record.ts';
import { Traffic } from '../../recording/log/traffic.ts';
import { Timeline } from '../../usb/timeline/timeline.ts';

type Walkable = Pick<RecordingStream, 'events' | 'withWord'>;

/**
 * The events of a recording through the console's rules: each with its frames and the findings behind
 * it. A finding that the recording brings is not made a second time. Looks for those before it
 * returns, and walks over the recording once for what it returns.
 */
export function readRecording(recording: Walkable): Generator<ReadEvent> {
	const known = new Set<string>();
	for (const event of recording.withWord?.('"finding"') ?? recording.events) {
		if (event.type === 'finding') known.add(identity(event));
	}
	return read(recording, known);
}

function* read({ events }: Walkable, known: ReadonlySet<string>): Generator<ReadEvent> {
	const timeline = new Timeline();
	const traffic = new Traffic(1);
	const diagnosis = new Diagnosis();
	const isFresh = (finding: EventOf<'finding'>) => !known.has(identity(finding));
	let t = -Infinity;
	let isOfText = false;
	for (const event of events) {
		if (event.type === 'finding') {
			yield { event: undefined, frames: [], findings: [event] };
			continue;
		}
		// Times that go back stand still, as in the console.
		const late = event.t < t;
		const kept = late ? { ...event, t } : event;
		t = kept.t;
		isOfText = event.lineNumber !== undefined;
		timeline.add(kept);
		const frames = traffic.add(kept);
		const found = diagnosis.look({ t, event: kept, frames, timeline });
		yield { event, frames, findings: found.length > 0 ? found.filter(isFresh) : found };
	}
	yield { event: undefined, frames: traffic.flush(), findings: [] };
	// A live recording ends when somebody stops it; a pasted log is all that there is.
	if (!isOfText) return;
	yield {
		event: undefined,
		frames: [],
		findings: diagnosis.end({ t, frames: [], timeline }).filter(isFresh),
	};
}

const identity = ({ rule, title }: EventOf<'finding'>) => `${rule}\n${title}`;
