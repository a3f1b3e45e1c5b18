/** Rehearsals are kept, one for each modem and what is written into it, for the flash that follows. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Event, EventOf, Header } from '../../events.ts';
import { ownFolder, replaceFile } from '../../own-files.ts';
import { marksFile } from '../../recording/file/marks.ts';
import { rehearsalsFolder } from '../../recording/file/places.ts';
import { parseEvent, recordLine } from '../../recording/log/record.ts';
import { notKept } from '../model/outcomes/rehearse.ts';
import { Ghost } from './ghost.ts';

type Started = Pick<EventOf<'flash-started'>, 'file' | 'others' | 'size' | 'to' | 'path'>;

/** Bytes of a rehearsal that is read. */
const longest = 32 * 1024 * 1024;
/** How many of them are kept at most, and bytes of all. */
const most = { files: 20, bytes: 16 * 1024 * 1024 };

function pathOf({ file, others = [], size, to, path }: Started): string {
	const what = JSON.stringify([path, [file, ...others].map((name) => basename(name)), size, to]);
	const key = createHash('sha256').update(what).digest('hex').slice(0, 16);
	// A person finds it among the recordings by the name of its file.
	const name = basename(file)
		.replace(/[^\w.-]+/g, '_')
		.slice(0, 60);
	return join(rehearsalsFolder(), `${name}-${key}.ndjson`);
}

/** Keeps the rehearsal of a flash at the USB port `path` as a recording; returns where. */
export function keepRehearsal(
	path: string,
	header: Header,
	events: readonly Event[],
): string | undefined {
	const started = events.find((event) => event.type === 'flash-started');
	if (!started) return undefined;
	const file = pathOf({ ...started, path });
	const folder = ownFolder(rehearsalsFolder());
	try {
		replaceFile(file, [header, ...events].map(recordLine).join(''));
	} catch (cause) {
		throw notKept(folder, cause as NodeJS.ErrnoException);
	}
	removeOldest(folder);
	return file;
}

/** All but the newest ones that nobody marked. */
function removeOldest(folder: string): void {
	const found = readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		const file = lstatSync(path, { throwIfNoEntry: false });
		if (!file?.isFile() || !name.endsWith('.ndjson')) return [];
		return [{ path, size: file.size, time: file.mtimeMs }];
	});
	let bytes = 0;
	for (const [index, { path, size }] of found.sort((a, b) => b.time - a.time).entries()) {
		bytes += size;
		const isOld = index > 0 && (index >= most.files || bytes > most.bytes);
		if (isOld && !existsSync(marksFile(path))) rmSync(path, { force: true });
	}
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
