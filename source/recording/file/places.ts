import { join } from 'node:path';
import { isoTime } from '../../clock.ts';
import { stateFolder } from '../../own-files.ts';

export const recordingsFolder = (): string => join(stateFolder(), 'recordings');
/** Beside them: flashes that simulated modems have played. */
export const rehearsalsFolder = (): string => join(stateFolder(), 'rehearsals');
export const atHistoryFile = (): string => join(stateFolder(), 'at-history');
export const locksFolder = (): string => join(stateFolder(), 'locks');

/** A path for a new recording: its time, then what it is of. */
export function newRecordingPath(what: string, now = new Date()): string {
	const time = isoTime(now.getTime()).slice(0, 23).replace(/[:.]/g, '-');
	return join(recordingsFolder(), `${time}-${what.replace(/[^\w.-]+/g, '-')}.ndjson`);
}
