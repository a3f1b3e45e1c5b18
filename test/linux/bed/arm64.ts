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

const name = '@rolldown/binding-linux-arm64-gnu';
const { version, integrity } = lock.packages[`node_modules/${name}`];
const rolldown = await fetchPackage({ name, version, integrity });
const node = await fetchPackage(targets.arm64.node);
const exe = await buildExe('arm64');
const variables = {
	PATH: `${join(node, 'bin')}:$PATH`,
	NAPI_RS_NATIVE_LIBRARY_PATH: join(rolldown, 'rolldown-binding.linux-arm64-gnu.node'),
	MODEMSCOPE_EXE: resolve(exe.path),
};
process.exitCode = bed(
	String(seconds),
	...Object.entries(variables).map(([key, value]) => `${key}="${value}"`),
	'vitest run --config test/linux/vitest.config.ts',
	...process.argv.slice(2).map((argument) => `'${argument}'`),
);
