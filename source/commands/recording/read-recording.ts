import type { Event, EventOf } from '../../events.ts';
import type { ReadEvent } from '../../recording/export/text.ts';
import { ReadModels } from '../../session/read-models.ts';

/**
 * The events of a recording through the console's read models: each with its frames and the findings
 * behind it. A finding that the recording brings is not made a second time. Walks over the recording
 * once before it returns, and once more for what it returns.
 */
export function readRecording(events: Iterable<Event>): Generator<ReadEvent> {
	const known = new Set<string>();
	let last: Event | undefined;
	for (const event of events) {
		if (event.type === 'finding') known.add(identity(event));
		else last = event;
	}
	return read(events, known, last);
}

function* read(
	events: Iterable<Event>,
	known: ReadonlySet<string>,
	last: Event | undefined,
): Generator<ReadEvent> {
	const models = new ReadModels({ isPassing: true });
	const isFresh = (finding: EventOf<'finding'>) => !known.has(identity(finding));
	for (const event of events) {
		if (event.type === 'finding') {
			yield { event: undefined, frames: [], findings: [event] };
			continue;
		}
		const { frames, findings } = models.add(event);
		yield { event, frames, findings: findings.filter(isFresh) };
	}
	yield { event: undefined, frames: models.traffic.flush(), findings: [] };
	// A live recording ends when somebody stops it; a pasted log is all that there is.
	if (last?.lineNumber === undefined) return;
	yield { event: undefined, frames: [], findings: models.end(last.t).findings.filter(isFresh) };
}

const identity = ({ rule, title }: EventOf<'finding'>) => `${rule}\n${title}`;
