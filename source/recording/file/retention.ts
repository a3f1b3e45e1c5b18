/** Keeps recordings from filling a small disk. */
import { existsSync, lstatSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { settingLines, settingsText } from '../../settings.ts';
import { marksFile } from './marks.ts';

/** How much of them is kept: a person's setting, else as `usual`. */
export type Retention = {
	/** Bytes that recordings take together at most. */
	readonly most: number;
	/** Their share of what is free without them. */
	readonly share: number;
};
export const usual: Retention = { most: 64 * 1024 * 1024, share: 0.1 };

const units: Readonly<Record<string, number>> = { MB: 1024 ** 2, GB: 1024 ** 3 };

/** `200 MB`, `2 GB`, or `all`. Throws an Error that says what is wrong. */
export function parseRetention(value: string): Retention {
	if (value === 'all') return { most: Infinity, share: 1 };
	const [, size, unit = ''] = /^(\d{1,6}) ?([MG]B)$/.exec(value) ?? [];
	const most = Number(size) * (units[unit] ?? 0);
	if (most > 0) return { most, share: 1 };
	throw new Error('retention is a size, as 200 MB or 2 GB, or all.');
}

/** What this person has set; a line that is wrong is said where the console starts, and counts for nothing here. */
export function retentionSet(text = settingsText()): Retention {
	const line = settingLines(text).find(({ name }) => name === 'retention');
	try {
		return line ? parseRetention(line.value) : usual;
	} catch {
		return usual;
	}
}

/** Written to since then, milliseconds, it may belong to another console that runs. */
const inUse = 10 * 60 * 1000;

/** As newRecordingPath names them; a person who wants to keep one gives it a name of his own. */
const unnamed = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}-.*\.ndjson$/;

/**
 * Removes the oldest recordings that nobody named or marked until the rest fits, but none of `keep`, and returns
 * their names. `free` is what the disk has left, bytes.
 */
export function removeOldest(
	folder: string,
	keep: ReadonlySet<string>,
	{ most, share }: Retention = usual,
	free: number = freeIn(folder),
	now = Date.now(),
): string[] {
	const found = readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		const file = lstatSync(path, { throwIfNoEntry: false });
		return file?.isFile() && unnamed.test(name) ? [{ name, path, ...sizeAndAge(file, now) }] : [];
	});
	let taken = found.reduce((sum, { size }) => sum + size, 0);
	const limit = Math.min(most, share * (free + taken));
	const removed: string[] = [];
	// Their names begin with their time.
	for (const { name, path, size, age } of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		if (taken <= limit) break;
		if (keep.has(path) || Math.abs(age) < inUse || existsSync(marksFile(path))) continue;
		rmSync(path, { force: true });
		taken -= size;
		removed.push(name);
	}
	return removed;
}

const sizeAndAge = ({ size, mtimeMs }: { size: number; mtimeMs: number }, now: number) => ({
	size,
	age: now - mtimeMs,
});

function freeIn(folder: string): number {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
}
