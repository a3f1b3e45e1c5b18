import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openPlain } from '../partitions/plain-file.ts';
import { mostFiles, type PackageFiles, packageRefused } from './package-files.ts';

/** Folders that stand in each other, at most; a package has `update/firehose`. */
const deepest = 6;

/** The files in a folder and in the folders in it; links are none of them. */
export async function filesInFolder(folder: string): Promise<PackageFiles> {
	const sizes = new Map<string, number>();
	await collect('', 0);
	const pathOf = (name: string) => {
		if (!sizes.has(name)) throw packageRefused(basename(folder), `has no file ${name}`);
		return join(folder, name);
	};
	return {
		sizes,
		stream: async (name) => createReadStream(pathOf(name)),
		open: async (name) => openPlain(pathOf(name)),
		close: async () => {},
	};

	async function collect(inside: string, depth: number): Promise<void> {
		for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
			const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
			if (entry.isDirectory() && depth < deepest) await collect(name, depth + 1);
			if (!entry.isFile()) continue;
			sizes.set(name, (await lstat(join(folder, name))).size);
			if (sizes.size > mostFiles) {
				throw packageRefused(basename(folder), `has more than ${mostFiles} files`);
			}
		}
	}
}
