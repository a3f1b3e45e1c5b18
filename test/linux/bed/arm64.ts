/**
 * `npm run test:arm [TEST …]`: tests of this folder in a guest of arm64, with its single file. Vitest
 * runs there too, on Node.js and with the native part of Rolldown for that architecture.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import lock from '../../../package-lock.json' with { type: 'json' };
import { buildExe } from '../../../release/build-exe.ts';
import { fetchPackage, type PinnedPackage } from '../../../release/packages.ts';
import { targets } from '../../../release/targets.ts';

const seconds = 900;
/** A loop is watched and caught, and in a root without Node.js the program plays its demo and flashes. */
const shortest = ['watch', 'at-catch', 'single-file', '-t', 'kernel sees it|a window of|in a root'];

const bed = (...args: string[]) =>
	spawnSync('sh', [join(import.meta.dirname, 'run.sh'), '--arm64', ...args], { stdio: 'inherit' })
		.status ?? 1;

/** The folder of a package; where npm cannot have it nothing is tried. */
async function fetched(wanted: PinnedPackage): Promise<string> {
	try {
		return await fetchPackage(wanted);
	} catch (error) {
		// What npm says when it fails; a package that is not the pinned one is a fault.
		if (!(error instanceof Error && 'stderr' in error)) throw error;
		console.log(
			`SKIPPED: the tests on arm64: npm cannot fetch ${wanted.name}@${wanted.version}: ${error.stderr}`,
		);
		process.exit();
	}
}

const made = bed();
if (made !== 0) process.exit(made === 77 ? 0 : made);

/** Native parts of packages, which npm installs for this machine's architecture alone. */
const native = ['@rolldown/binding-linux-arm64-gnu', '@lydell/node-pty-linux-arm64'] as const;
const links: string[] = [];
for (const name of native) {
	const { version, integrity } = lock.packages[`node_modules/${name}`];
	const folder = await fetched({ name, version, integrity });
	links.push(`ln -sfn '${folder}' 'node_modules/${name}';`);
}
const node = await fetched(targets.arm64.node);
await fetched(targets.arm64.usb);
await fetched(targets.x64.node);
const exe = await buildExe('arm64');
const given = process.argv.slice(2);
process.exitCode = bed(
	String(seconds),
	...links,
	`PATH="${join(node, 'bin')}:$PATH" MODEMSCOPE_EXE="${resolve(exe.path)}"`,
	'vitest run --config test/linux/vitest.config.ts --testTimeout 600000',
	...(given.length > 0 ? given : shortest).map((argument) => `'${argument}'`),
);
