import type { Event, EventOf } from '../../events.ts';
import type { ReadEvent } from '../../recording/export/text.ts';
import { ReadModels } from '../../session/read-models.ts';

/**
 * The events of a recording through the console's read models: each with its frames and the findings
 * behind it. A finding that the recording brings is not made a second time.
 */
export function* readRecording(events: readonly Event[]): Generator<ReadEvent> {
	const models = new ReadModels();
	const known = new Set(events.filter((event) => event.type === 'finding').map(identity));
	for (const event of events) {
		if (event.type === 'finding') {
			yield { event: undefined, frames: [], findings: [event] };
			continue;
		}
		const { frames, findings } = models.add(event);
		const fresh = findings.filter((finding) => !known.has(identity(finding)));
		yield { event, frames, findings: fresh };
	}
	yield { event: undefined, frames: models.traffic.flush(), findings: [] };
	const last = events.findLast(({ type }) => type !== 'finding');
	// A live recording ends when somebody stops it; a pasted log is all that there is.
	if (last?.lineNumber === undefined) return;
	const { findings } = models.end(last.t);
	yield {
		event: undefined,
		frames: [],
		findings: findings.filter((finding) => !known.has(identity(finding))),
	};
}

const identity = ({ rule, title }: EventOf<'finding'>) => `${rule}\n${title}`;
