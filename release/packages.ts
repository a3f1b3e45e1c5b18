/** Packages of other architectures than this machine's: fetched by npm, held against a hash of ours. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'modemscope-release');

export type PinnedPackage = {
	readonly name: string;
	readonly version: string;
	/** SHA-512 of the tarball in base64, as npm writes it in a lock file. */
	readonly integrity: string;
};

/** The folder of an unpacked package. Throws when its tarball is not the pinned one. */
export async function fetchPackage({ name, version, integrity }: PinnedPackage): Promise<string> {
	const folder = join(cache, `${name.replace('/', '+')}-${version}`);
	if (await stat(folder).catch(() => undefined)) return folder;
	await mkdir(cache, { recursive: true });
	const part = await mkdtemp(join(cache, 'part-'));
	const packed = await run('npm', ['pack', `${name}@${version}`, '--json', '--ignore-scripts'], {
		cwd: part,
	});
	const [{ filename }] = JSON.parse(packed.stdout);
	const tarball = join(part, filename);
	const hash = createHash('sha512')
		.update(await readFile(tarball))
		.digest('base64');
	if (`sha512-${hash}` !== integrity)
		throw new Error(`${name}@${version} is not the pinned package: sha512-${hash}.`);
	await run('tar', ['-xzf', tarball, '-C', part]);
	await rename(join(part, 'package'), folder);
	return folder;
}
