/**
 * `npm run test:arm [TEST …]`: tests of this folder in a guest of arm64, with its single file. Vitest
 * runs there too, on Node.js and with the native part of Rolldown for that architecture.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import lock from '../../../package-lock.json' with { type: 'json' };
import { buildExe } from '../../../release/build-exe.ts';
import { fetchPackage } from '../../../release/packages.ts';
import { targets } from '../../../release/targets.ts';

const seconds = 900;
const bed = (...args: string[]) =>
	spawnSync('sh', [join(import.meta.dirname, 'run.sh'), '--arm64', ...args], { stdio: 'inherit' })
		.status ?? 1;

const made = bed();
if (made !== 0) process.exit(made === 77 ? 0 : made);

/** Native parts of packages, which npm installs for this machine's architecture alone. */
const native = ['@rolldown/binding-linux-arm64-gnu', '@lydell/node-pty-linux-arm64'] as const;
const links: string[] = [];
for (const name of native) {
	const { version, integrity } = lock.packages[`node_modules/${name}`];
	const folder = await fetchPackage({ name, version, integrity });
	links.push(`ln -sfn '${folder}' 'node_modules/${name}';`);
}
const node = await fetchPackage(targets.arm64.node);
const exe = await buildExe('arm64');
process.exitCode = bed(
	String(seconds),
	...links,
	`PATH="${join(node, 'bin')}:$PATH" MODEMSCOPE_EXE="${resolve(exe.path)}"`,
	'vitest run --config test/linux/vitest.config.ts --testTimeout 600000',
	...process.argv.slice(2).map((argument) => `'${argument}'`),
);
