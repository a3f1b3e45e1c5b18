/**
 * `npm run build:exe [x64 | arm64 …]`: modemscope as one file that needs no Node.js, for Linux with
 * glibc 2.28 or newer. The same sources give the same bytes.
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Plugin } from 'esbuild';
import { buildScripts, type Scripts } from '../program-scripts.js';
import { shippedFiles } from '../source/commands/files.ts';
import { licences } from './licences.ts';
import { fetchPackage } from './packages.ts';
import { type Architecture, targets } from './targets.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
/** What marks the place in Node.js for what is put in (Node.js: single executable applications). */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Loads of native parts, which stand beside their packages elsewhere, go to the single file. */
const nativeParts: Plugin = {
	name: 'native parts',
	setup({ onLoad, onResolve }) {
		onResolve({ filter: /^node-gyp-build$/ }, () => ({ path: 'serialport', namespace: 'native' }));
		onResolve({ filter: /^\.\.\/index\.js$/ }, ({ importer }) =>
			importer.endsWith('/usb/dist/index.js') ? { path: 'usb', namespace: 'native' } : undefined,
		);
		onLoad({ filter: /^/, namespace: 'native' }, ({ path }) => ({
			contents: `const { native } = require('./release/exe/native.ts');
				module.exports = ${path === 'usb' ? "native('usb')" : "() => native('serialport')"};`,
			resolveDir: root,
		}));
		onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'none' }));
		onLoad({ filter: /^/, namespace: 'none' }, () => ({ contents: '' }));
	},
};

export type BuiltExe = {
	readonly path: string;
	/** The files that were bundled, relative to the root. */
	readonly inputs: readonly string[];
};

/** The program as scripts, with the native parts' packages in them. */
export function bundleProgram(folder: string): Promise<Scripts> {
	return buildScripts(folder, {
		isSingleFile: true,
		external: [],
		// serialport looks for its native part beside itself; nativeParts has it, wherever that is.
		define: { __dirname: '"/"' },
		plugins: [nativeParts],
	});
}

export async function buildExe(architecture: Architecture): Promise<BuiltExe> {
	const target = targets[architecture];
	const node = await fetchPackage(target.node);
	const builder = await fetchPackage(targets[process.arch as Architecture].node);
	const usb = await fetchPackage(target.usb);
	const work = await mkdtemp(join(tmpdir(), 'modemscope-exe-'));
	try {
		const { names, inputs } = await bundleProgram(work);
		await writeFile(join(work, 'LICENCES'), await licences(inputs, node));
		const recordings = await readdir('recordings');
		const assets = {
			...Object.fromEntries(names.map((name) => [name, join(work, name)])),
			'serialport.node': join('node_modules/@serialport/bindings-cpp', target.serialportFile),
			'usb.node': join(usb, target.usbFile),
			'share/LICENCES': join(work, 'LICENCES'),
			...Object.fromEntries(shippedFiles.map(([file]) => [`share/${file}`, file])),
			...Object.fromEntries(
				recordings.map((name) => [`share/recordings/${name}`, `recordings/${name}`]),
			),
		};
		const config = {
			main: join(work, 'cli.js'),
			output: join(work, 'blob'),
			disableExperimentalSEAWarning: true,
			execArgvExtension: 'none',
			assets,
		};
		await writeFile(join(work, 'config.json'), JSON.stringify(config));
		await run(join(builder, 'bin/node'), ['--experimental-sea-config', join(work, 'config.json')]);
		const exe = join(work, 'modemscope');
		await copyFile(join(node, 'bin/node'), exe);
		await run(target.strip, [exe]);
		const postject = resolve('node_modules/postject/dist/cli.js');
		await run(process.execPath, [
			postject,
			exe,
			'NODE_SEA_BLOB',
			config.output,
			'--sentinel-fuse',
			fuse,
		]);
		const folder = join('dist-exe', `linux-${architecture}`);
		await mkdir(folder, { recursive: true });
		await copyFile(exe, join(folder, 'modemscope'));
		return { path: join(folder, 'modemscope'), inputs };
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

if (import.meta.main) {
	process.chdir(root);
	const named = process.argv.slice(2) as Architecture[];
	for (const architecture of named.length > 0 ? named : (Object.keys(targets) as Architecture[])) {
		const { path } = await buildExe(architecture);
		console.log(`${path}  ${Math.round((await stat(path)).size / 1e6)} MB`);
	}
}
