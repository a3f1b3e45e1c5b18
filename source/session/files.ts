import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { filesInFolder } from '../firmware/package/folder.ts';
import { sharedFiles } from '../program.ts';
import { sanitize } from '../protocol/text/sanitize.ts';
import { recordingsFolder, rehearsalsFolder } from '../recording/file/places.ts';
import type { ListedFile } from './session.ts';

/** Files of a folder whose name matches, newest first; none when there is no such folder. */
async function listFiles(folder: string, pattern: RegExp, from: string): Promise<ListedFile[]> {
	const names = await readdir(folder).catch((): string[] => []);
	const files = await Promise.all(
		names
			.filter((name) => pattern.test(name))
			.map(async (name) => {
				const path = join(folder, name);
				const found = await stat(path).catch(() => undefined);
				if (!found?.isFile()) return [];
				return [{ path, name: sanitize(name), size: found.size, from, changed: found.mtime }];
			}),
	);
	return files.flat().sort((a, b) => b.changed.getTime() - a.changed.getTime());
}

const settingsAlone = /\.nvu$/i;

/** Settings alone stand behind the files that bring firmware. */
const firmwareFirst = (files: readonly ListedFile[]): ListedFile[] => [
	...files.filter(({ name }) => !settingsAlone.test(name)),
	...files.filter(({ name }) => settingsAlone.test(name)),
];

export async function listFirmware(rehearsal: string | undefined): Promise<ListedFile[]> {
	const pattern = /\.(spk|cwe|nvu|zip)$/i;
	const here = firmwareFirst(await listFiles(process.cwd(), pattern, 'this folder'));
	const packages = await listPackages(process.cwd(), 'this folder');
	const mine = [...here, ...packages];
	if (rehearsal === undefined) return mine;
	const simulated = firmwareFirst(await listFiles(rehearsal, pattern, 'simulated'));
	return [...(await listPackages(rehearsal, 'simulated')), ...simulated, ...mine];
}

/** Folders that are a maker's package, as an archive was unpacked. */
async function listPackages(folder: string, from: string): Promise<ListedFile[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const found = await Promise.all(
		entries
			.filter((entry) => entry.isDirectory())
			.map(async ({ name }) => {
				const path = join(folder, name);
				const inside = await stat(join(path, 'update/firehose')).catch(() => undefined);
				const files = inside && (await filesInFolder(path).catch(() => undefined));
				if (!files) return [];
				const size = [...files.sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
				return [{ path, name: `${sanitize(name)}/`, size, from, changed: inside.mtime }];
			}),
	);
	return found.flat();
}

export async function listRecordings(): Promise<ListedFile[]> {
	const lists = await Promise.all([
		listFiles(recordingsFolder(), /\.ndjson$/, 'yours'),
		listFiles(rehearsalsFolder(), /\.ndjson$/, 'rehearsal'),
		listFiles(process.cwd(), /\.(ndjson|log|case)$/, 'this folder'),
		listFiles(join(await sharedFiles(), 'recordings'), /\.ndjson$/, 'shipped'),
	]);
	return lists.flat();
}
