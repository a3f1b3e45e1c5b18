/** Where the files lie that come with the program: it runs from a package folder, or as one file with everything inside. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import manifest from '../package.json' with { type: 'json' };

const sea = () => process.getBuiltinModule('node:sea');

/** The folder of the files that come with the program: recordings, man page, dissector, licences. */
export async function sharedFiles(): Promise<string> {
	return sea().isSea() ? unpacked() : packageFolder();
}

function packageFolder(): string {
	let folder = dirname(import.meta.dirname);
	while (dirname(folder) !== folder && !existsSync(join(folder, 'package.json')))
		folder = dirname(folder);
	return folder;
}

const prefix = 'share/';

/** Written once a version; a second process that does the same at the same time loses the race, not the files. */
async function unpacked(): Promise<string> {
	const folder = join(envPaths('modemscope', { suffix: '' }).cache, `shared-${manifest.version}`);
	if (existsSync(folder)) return folder;
	await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
	const part = await mkdtemp(`${folder}-`);
	const { getAsset, getAssetKeys } = sea();
	for (const key of getAssetKeys().filter((name) => name.startsWith(prefix))) {
		const path = join(part, key.slice(prefix.length));
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, new Uint8Array(getAsset(key)));
	}
	await rename(part, folder).catch(() => {});
	return folder;
}
