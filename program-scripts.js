/** The program as scripts, for the package and for the single file: one for all of it, and one for each of some commands. */
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import { bundle } from './bundle.js';
import { commands } from './source/commands/table.ts';

/**
 * These have a script of their own, as they are waited for, or stay: each function of a script costs its
 * start something, called or not, and its text is in memory. The others share one.
 */
const apart = ['at', 'console', 'decode', 'flash', 'inspect', 'watch'];

/**
 * Writes the scripts, `cli.js`, which is what Node starts, and the licences of what is in them. Answers
 * the names of the scripts, and the files that were bundled.
 */
export async function buildScripts(outdir, { plugins, isSingleFile, ...options }) {
	const built = await Promise.all(
		[undefined, ...commands.filter(({ name }) => apart.includes(name))].map((command) =>
			buildProgram(command, outdir, { ...options, plugins }),
		),
	);
	const programNames = Object.fromEntries(built.map(({ of, name }) => [of, name]));
	const { metafile } = await build({
		...bundle,
		format: 'cjs',
		entryPoints: ['cli.tsx'],
		outdir,
		define: {
			...bundle.define,
			programNames: JSON.stringify(programNames),
			isSingleFile: String(isSingleFile),
		},
		plugins: [{ name: 'compiled program', setup: loadsCompiled }, ...bundle.plugins],
		metafile: true,
	});
	const inputs = [...built, { metafile }].flatMap((one) => Object.keys(one.metafile.inputs));
	return { names: Object.values(programNames), inputs: [...new Set(inputs)] };
}

/** cli.js loads the script, with what is kept of an earlier start. */
function loadsCompiled({ onResolve }) {
	onResolve({ filter: /^\.\/source\/commands\/main\.ts$/ }, () => ({
		path: resolve('source/compiled-program.ts'),
	}));
}

/** Leaves out what the table of commands loads for others. */
function only({ run, listings }) {
	const own = [...`${run} ${listings}`.matchAll(/import\('(.+?)'\)/g)].map(([, path]) => path);
	return ({ onLoad, onResolve }) => {
		onResolve({ filter: /^\./ }, ({ path, importer, kind }) =>
			kind === 'dynamic-import' && importer.endsWith('/table.ts') && !own.includes(path)
				? { path, namespace: 'of others' }
				: undefined,
		);
		onLoad({ filter: /^/, namespace: 'of others' }, () => ({ contents: '' }));
	};
}

/** A script, which compiled-program.ts calls: all of the program, or what a command needs. */
async function buildProgram(command, outdir, { plugins, define, ...options }) {
	const of = command?.name ?? 'all';
	const outfile = join(outdir, `${of}.js`);
	const { metafile } = await build({
		...bundle,
		...options,
		// A part asks for its modules of Node's when it begins, and not all of them when the script does.
		format: 'cjs',
		entryPoints: ['source/commands/main.ts'],
		outfile,
		define: { ...bundle.define, ...define, 'import.meta': 'importMeta' },
		plugins: [
			...(command ? [{ name: 'only', setup: only(command) }] : []),
			...plugins,
			...bundle.plugins,
		],
		legalComments: command ? 'none' : 'external',
		metafile: true,
	});
	if (command) {
		if (of !== 'console' && drawsScreen(metafile))
			throw new Error(`${of} has the screen in its script`);
	} else {
		check(metafile);
		await rename(`${outfile}.LEGAL.txt`, join(outdir, 'LICENCES'));
	}
	const body = await readFile(outfile, 'utf8');
	const text = `(function(fromOutside,importMeta,module){"use strict";const require=name=>process.getBuiltinModule(name)??fromOutside(name),__whole=all=>Object.create(all,{default:{value:all}});${ofNode(body)}})`;
	if (/[^\0-\x7f]/.test(text))
		throw new Error(`${outfile} has a sign that costs two bytes for each`);
	if (/(?<![\w$.])import\(./.test(text))
		throw new Error(`${outfile} imports a module, as no script can`);
	new Script(text);
	const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
	await rm(outfile);
	const name = `program-${hash}.js`;
	await writeFile(join(outdir, name), text);
	return { of, name, metafile };
}

/** An import of a whole module of Node's is given a name for each of a hundred values in it. */
function ofNode(body) {
	return body.replace(/__toESM\((require\("[^"]+"\))(?:,1)?\)/g, '__whole($1)');
}

function drawsScreen({ inputs }) {
	return Object.keys(inputs).some((path) => path.includes('node_modules/ink/'));
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
