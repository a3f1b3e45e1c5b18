/** How the program is bundled: for `dist`, and for tests that start a part of it in a terminal. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** What others load at the start and we need late or never. */
const later = {
	name: 'later',
	setup({ onLoad, onResolve }) {
		// Node takes 10 ms to load its cryptography; each function loads it when it is called.
		onResolve({ filter: /^node:(?:child_process|crypto|zlib)$/ }, ({ path }) => ({
			path,
			namespace: 'late',
		}));
		onLoad({ filter: /^/, namespace: 'late' }, ({ path }) => {
			const all = Object.entries(process.getBuiltinModule(path));
			const names = all.flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
			const late = (name) =>
				`export function ${name}(...given) {
					return process.getBuiltinModule('${path}').${name}(...given);
				}`;
			return { contents: names.map(late).join('\n') };
		});
		const quickWidth = resolve('source/ui/terminal/quick-width.ts');
		onResolve({ filter: /^string-width$/ }, ({ importer }) =>
			importer === quickWidth ? undefined : { path: quickWidth },
		);
		// Ink makes an object of each cell, and draws a row anew from its first changed cell to its end.
		const frameOutput = resolve('source/ui/terminal/frame-output.ts');
		onResolve({ filter: /^\.\/output\.js$/ }, ({ importer }) =>
			importer.endsWith('ink/build/renderer.js') ? { path: frameOutput } : undefined,
		);
		const rowUpdate = resolve('source/ui/terminal/row-update.ts');
		onResolve({ filter: /^\.\/line-update\.js$/ }, () => ({ path: rowUpdate }));
		// meow would sort the names of all licences, 20 ms, for a description that nobody asks for.
		onLoad({ filter: /meow\/build\/dependencies\.js$/ }, async ({ path }) => {
			const text = await readFile(path, 'utf8');
			const eager = 'var normalizeExports = requireNormalize();';
			const used = 'getDefaultExportFromCjs(normalizeExports)';
			if (!text.includes(eager) || !text.includes(used)) {
				throw new Error(`${path} is not what it was: see bundle.js, and measure the start anew`);
			}
			const contents = text
				.replace(eager, '')
				.replace(used, '(...given) => requireNormalize()(...given)');
			return { contents };
		});
	},
};

/** What is loaded late, in two files; the console's command is neither, and so needs neither to begin. */
async function lateFiles() {
	const table = resolve('source/commands/table.ts');
	const inTable = (await readFile(table, 'utf8')).match(/(?<=import\(')[^']+/g);
	const commands = inTable.map((path) => resolve(dirname(table), path));
	const others = [
		'recording/export.ts',
		'flash/rehearse.ts',
		'learn/teacher.ts',
		'learn/capstone.ts',
	];
	const console = resolve('source/commands/console.ts');
	const screens = ['console.tsx', 'learn.tsx', 'views/recordings/compare-state.ts'];
	return new Map([
		[
			'commands',
			new Set(
				[...commands, ...others.map((path) => resolve('source/commands', path))].filter(
					(path) => path !== console,
				),
			),
		],
		['screens', new Set(screens.map((path) => resolve('source/ui', path)))],
	]);
}

/** Each file costs a millisecond at the start, and each import of another file late makes several more of them. */
const inFewFiles = {
	name: 'in few files',
	async setup({ onLoad, onResolve }) {
		const late = await lateFiles();
		onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
			if (kind !== 'dynamic-import') return undefined;
			const file = resolve(resolveDir, path);
			const [name] = [...late].find(([, files]) => files.has(file)) ?? [];
			return name && { path: name, namespace: 'late files' };
		});
		onLoad({ filter: /^/, namespace: 'late files' }, ({ path }) => {
			const contents = [...late.get(path)].map((file) => `export * from '${file}';`).join('\n');
			return { contents, resolveDir: resolve('.') };
		});
	},
};

export const bundle = {
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node22',
	// Written as RegExp calls they would be compiled at the start, 20 ms of Unicode's tables among them.
	supported: { 'regexp-set-notation': true, 'regexp-unicode-property-escapes': true },
	jsx: 'automatic',
	// Names stay: a crash report tells where it happened.
	minifySyntax: true,
	minifyWhitespace: true,
	define: {
		'process.env.NODE_ENV': '"production"',
		// Yoga would fetch its own code from a data URL, and Node takes 50 ms to load fetch.
		fetch: 'undefined',
	},
	plugins: [later, inFewFiles],
	// Native addons find their prebuilt binaries beside themselves; Ink asks for its devtools only when told to.
	external: ['serialport', 'usb', 'react-devtools-core'],
	// Bundled CommonJS packages still call require for Node's own modules.
	banner: {
		js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
	},
	logLevel: 'warning',
};
