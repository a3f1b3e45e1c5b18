/**
 * `npm run release`: everything that is published, in dist-release: the npm package, an archive and a
 * Debian package for each architecture, a bill of materials, checksums.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { shippedFiles } from '../source/commands/files.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { buildExe } from './build-exe.ts';
import { buildDeb } from './deb.ts';
import { type Architecture, targets } from './targets.ts';

const run = promisify(execFile);
const out = 'dist-release';
/** What stands beside the program in an archive; `modemscope files` writes it to its places. */
const beside = ['README.md', 'CHANGELOG.md', ...shippedFiles.map(([file]) => file)];

/** A tar.xz whose bytes depend on its content alone; returns what was bundled into it. */
async function archive(architecture: Architecture, date: string): Promise<readonly string[]> {
	const { inputs, path } = await buildExe(architecture);
	const name = `modemscope-${manifest.version}-linux-${architecture}`;
	const work = await mkdtemp(join(tmpdir(), 'modemscope-release-'));
	try {
		const folder = join(work, name);
		await mkdir(folder);
		await copyFile(path, join(folder, 'modemscope'));
		for (const file of beside) {
			await mkdir(dirname(join(folder, file)), { recursive: true });
			await copyFile(file, join(folder, file));
		}
		await run('tar', [
			...['--sort=name', `--mtime=@${date}`, '--owner=0', '--group=0', '--numeric-owner'],
			...['--mode=go=rX', '-I', 'xz -6', '-cf', resolve(out, `${name}.tar.xz`), '-C', work, name],
		]);
		await buildDeb(architecture, path, out, date);
		return inputs;
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

async function checksums(): Promise<string> {
	const names = (await readdir(out)).sort();
	const lines = names.map(async (name) => {
		const hash = createHash('sha256').update(await readFile(join(out, name)));
		return `${hash.digest('hex')}  ${name}\n`;
	});
	return (await Promise.all(lines)).join('');
}

process.chdir(resolve(import.meta.dirname, '..'));
await rm(out, { recursive: true, force: true });
await mkdir(out);
await run('npm', ['pack', '--pack-destination', out]);
const { stdout } = await run('git', ['log', '-1', '--format=%ct']);
const inputs = new Set<string>();
for (const architecture of Object.keys(targets) as Architecture[])
	for (const path of await archive(architecture, stdout.trim())) inputs.add(path);
const bill = await billOfMaterials([...inputs], targets.x64.node);
await writeFile(join(out, 'sbom.cdx.json'), `${JSON.stringify(bill, null, '\t')}\n`);
await writeFile(join(out, 'SHA256SUMS'), await checksums());
for (const name of await readdir(out)) console.log(join(out, name));
