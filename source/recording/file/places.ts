import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where modemscope keeps what outlives it: `$XDG_STATE_HOME/modemscope`. */
const state = (): string => envPaths('modemscope', { suffix: '' }).log;

export const recordingsFolder = (): string => join(state(), 'recordings');
export const atHistoryFile = (): string => join(state(), 'at-history');
export const locksFolder = (): string => join(state(), 'locks');

/** A path for a new recording: its time, then what it is of. */
export function newRecordingPath(what: string, now = new Date()): string {
	const time = now.toISOString().slice(0, 23).replace(/[:.]/g, '-');
	return join(recordingsFolder(), `${time}-${what.replace(/[^\w.-]+/g, '-')}.ndjson`);
}
