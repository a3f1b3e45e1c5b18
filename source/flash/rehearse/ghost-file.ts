/** Rehearsals are kept, one for each modem and what is written into it, for the flash that follows. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Event, EventOf, Header } from '../../events.ts';
import { ownFolder, replaceFile, stateFolder } from '../../own-files.ts';
import { parseEvent, recordLine } from '../../recording/log/record.ts';
import { Ghost } from './ghost.ts';

type Started = Pick<EventOf<'flash-started'>, 'file' | 'others' | 'size' | 'to' | 'path'>;

/** Bytes of a rehearsal that is read. */
const longest = 32 * 1024 * 1024;

function pathOf({ file, others = [], size, to, path }: Started): string {
	const what = JSON.stringify([path, [file, ...others].map((name) => basename(name)), size, to]);
	const key = createHash('sha256').update(what).digest('hex').slice(0, 16);
	return join(stateFolder(), 'rehearsals', `${key}.ndjson`);
}

/** Keeps the rehearsal of a flash at the USB port `path` as a recording; returns where. */
export function keepRehearsal(
	path: string,
	header: Header,
	events: readonly Event[],
): string | undefined {
	const started = events.find((event) => event.type === 'flash-started');
	if (!started) return undefined;
	const kept = pathOf({ ...started, path });
	ownFolder(join(stateFolder(), 'rehearsals'));
	replaceFile(kept, [header, ...events].map(recordLine).join(''));
	return kept;
}

/** The rehearsal of the flash that has begun; undefined when there was none. */
export function ghostOf(started: Started): Ghost | undefined {
	try {
		const text = readFileSync(pathOf(started), 'utf8');
		if (text.length > longest) return undefined;
		const events = text
			.split('\n')
			.slice(1)
			.map(parseEvent)
			.flatMap((parsed) => ('value' in parsed ? [parsed.value] : []));
		return new Ghost(events);
	} catch {
		// A flash never depends on it.
		return undefined;
	}
}
