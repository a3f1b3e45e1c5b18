/** A Debian package of the single file. The same content and date give the same bytes. */
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { shippedFiles } from '../source/commands/files.ts';
import type { Architecture } from './targets.ts';

const run = promisify(execFile);
const debian: Readonly<Record<Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/** What the single file links against (docs of build-exe.ts), and what it uses where it is there. */
const control = (architecture: Architecture, kilobytes: number) => `Package: modemscope
Version: ${manifest.version}
Architecture: ${debian[architecture]}
Maintainer: The modemscope developers
Installed-Size: ${kilobytes}
Depends: libc6 (>= 2.28), libstdc++6, libgcc-s1 | libgcc1
Suggests: modemmanager, libqmi-utils, openssh-client
Section: comm
Priority: optional
Description: ${manifest.description.split(':')[0]}
 ${manifest.description.split(': ').slice(1).join(': ')}.
`;

/**
 * Writes the package of the program at `exe` into the folder `out`, with everything dated `date`,
 * seconds since 1970; returns its path.
 */
export async function buildDeb(
	architecture: Architecture,
	exe: string,
	out: string,
	date: string,
): Promise<string> {
	const work = await mkdtemp(join(tmpdir(), 'modemscope-deb-'));
	try {
		const put = async (from: string, place: string, mode: number) => {
			const to = join(work, 'usr', place);
			await mkdir(dirname(to), { recursive: true });
			await copyFile(from, to);
			await chmod(to, mode);
		};
		await put(exe, 'bin/modemscope', 0o755);
		for (const [file, place] of shippedFiles) await put(file, place, 0o644);
		await mkdir(join(work, 'DEBIAN'));
		const { size } = await stat(exe);
		await writeFile(join(work, 'DEBIAN/control'), control(architecture, Math.ceil(size / 1024)));
		await run('chmod', ['-R', 'u=rwX,go=rX', work]);
		// SOURCE_DATE_EPOCH alone leaves what is older as it is.
		await run('find', [work, '-exec', 'touch', '--date', `@${date}`, '{}', '+']);
		const path = resolve(out, `modemscope_${manifest.version}_${debian[architecture]}.deb`);
		await run('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', work, path], {
			env: { ...process.env, SOURCE_DATE_EPOCH: date },
		});
		return path;
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}
