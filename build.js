import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import { bundle } from './bundle.js';

await rm('dist', { recursive: true, force: true });
const programName = await buildProgram();
await build({
	...bundle,
	splitting: false,
	format: 'cjs',
	entryPoints: ['cli.tsx'],
	outdir: 'dist',
	define: { ...bundle.define, programName: JSON.stringify(programName) },
	banner: {},
	plugins: [{ name: 'compiled program', setup: loadsCompiled }, ...bundle.plugins],
});
// Node starts a script without what it needs to load modules.
await writeFile('dist/package.json', '{ "type": "commonjs" }\n');

/** cli.js loads the script, with what is kept of an earlier start. */
function loadsCompiled({ onResolve }) {
	onResolve({ filter: /^\.\/source\/commands\/main\.ts$/ }, () => ({
		path: resolve('source/compiled-program.ts'),
	}));
}

/** Native addons find their prebuilt binaries beside themselves; Ink asks for its devtools only when told to. */
function leavesOutside({ onLoad, onResolve }) {
	onResolve({ filter: /^(?:serialport|usb|react-devtools-core)$/ }, ({ path }) => ({
		path,
		namespace: 'outside',
	}));
	onLoad({ filter: /^/, namespace: 'outside' }, ({ path }) => ({
		contents: `module.exports = fromOutside('${path}');`,
	}));
}

/** The program as one script, which compiled-program.ts calls; answers its name. */
async function buildProgram() {
	const outfile = 'dist/program.js';
	const { metafile } = await build({
		...bundle,
		splitting: false,
		entryPoints: ['source/commands/main.ts'],
		outfile,
		define: { ...bundle.define, 'import.meta': 'importMeta' },
		banner: { js: 'const require=name=>process.getBuiltinModule(name)??fromOutside(name);' },
		plugins: [{ name: 'outside', setup: leavesOutside }, ...bundle.plugins],
		legalComments: 'external',
		metafile: true,
	});
	check(metafile);
	await rename(`${outfile}.LEGAL.txt`, 'dist/LICENCES');
	const module = await readFile(outfile, 'utf8');
	const exported = /export\s*\{\s*(\w+)(?:\s+as\s+main)?\s*\};\s*$/.exec(module);
	if (!exported) throw new Error(`${outfile} exports something else than main`);
	const body = module.slice(0, exported.index);
	const text = `(function(fromOutside,importMeta){"use strict";${body}return{main:${exported[1]}}})`;
	if (/[^\0-\x7f]/.test(text))
		throw new Error(`${outfile} has a sign that costs two bytes for each`);
	if (/(?<![\w$.])import\(./.test(text))
		throw new Error(`${outfile} imports a module, as no script can`);
	new Script(text);
	const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
	await rm(outfile);
	const name = `program-${hash}.js`;
	await writeFile(`dist/${name}`, text);
	return name;
}

/** What bundle.js puts in the place of others must have arrived where it saves time, memory and bytes. */
function check({ inputs }) {
	for (const [name, instead] of [
		['string-width', 'source/ui/terminal/quick-width.ts'],
		['Output', 'source/ui/terminal/frame-output.ts'],
		['line-update', 'source/ui/terminal/row-update.ts'],
	]) {
		const isUsed = Object.entries(inputs).some(
			([importer, { imports }]) =>
				importer.includes('node_modules/') && imports.some((target) => target.path === instead),
		);
		if (!isUsed) throw new Error(`Ink no longer takes ${name} from bundle.js`);
	}
}
