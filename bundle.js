/** How the program is bundled: for `dist`, and for tests that start a part of it in a terminal. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { transform } from 'esbuild';

const target = 'node22';

/** What others load at the start and we need late or never. */
const later = {
	name: 'later',
	setup({ onLoad, onResolve }) {
		// Node takes 10 ms to load its cryptography; each function loads it when it is called.
		onResolve({ filter: /^node:(?:child_process|crypto|v8|zlib)$/ }, ({ path }) => ({
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
		// signal-exit asserts that what it is given is a function.
		onResolve({ filter: /^assert$/ }, ({ path }) => ({ path, namespace: 'late assert' }));
		onLoad({ filter: /^/, namespace: 'late assert' }, () => ({
			contents: `exports.equal = (actual, expected, message) => {
				if (actual !== expected) throw new TypeError(message);
			};`,
		}));
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
		// Yoga waits for its own code, so that whatever imports it would have to wait too.
		onLoad({ filter: /yoga-layout\/dist\/src\/index\.js$/ }, () => ({
			contents: `import load, { code } from '../binaries/yoga-wasm-base64-esm.js';
				import wrap from './wrapAssembly.js';
				const yoga = {
					instantiateWasm(imports, take) {
						const module = new WebAssembly.Module(Buffer.from(code, 'base64'));
						take(new WebAssembly.Instance(module, imports));
					},
				};
				load(yoga);
				export default wrap(yoga);
				export * from './generated/YGEnums.js';`,
		}));
		onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => {
			const text = await readFile(path, 'utf8');
			const [data, code] = /data:application\/octet-stream;base64,([^"]+)/.exec(text);
			return shortened(`${text.replace(data, '')}export const code = '${code}';`);
		});
		// Ink waits for its devtools, where it is told to, and what imports it would have to wait too.
		onLoad({ filter: /ink\/build\/reconciler\.js$/ }, (file) =>
			patched(file, [["process.env['DEV'] === 'true'", 'false']]),
		);
		// What Ink has measured it keeps of 4096 texts, each of them a pane of some frame.
		onLoad({ filter: /ink\/build\/(?:measure|wrap)-text\.js$/ }, (file) =>
			patched(file, [['maxSize: 4096', 'maxSize: 32']]),
		);
		// It looks at each sign of each text of a frame, with an object for each change of colours.
		const narrow = resolve('source/ui/text/narrow.ts');
		onLoad({ filter: /ink\/build\/sanitize-ansi\.js$/ }, (file) =>
			patched(file, [
				['import {', `import { isPainted } from '${narrow}'; import {`],
				['const sanitizeAnsi = (text) => {', '$& if (isPainted(text)) return text;'],
			]),
		);
		// meow names the process after a package, and wipes out its arguments where there is none.
		onLoad({ filter: /meow\/build\/index\.js$/ }, (file) =>
			patched(file, [['process.title = getProcessTitle(parsedOptions.pkg);', '']]),
		);
		// meow normalizes package files, with the names of all licences, for a description that is off here.
		// Where one is no JSON it shows the code in colours, and asks the terminal for them at the start.
		onLoad({ filter: /meow\/build\/dependencies\.js$/ }, (file) =>
			patched(file, [
				['var normalizeExports = requireNormalize();', ''],
				['getDefaultExportFromCjs(normalizeExports)', '() => {}'],
				['var libExports = requireLib$1();', ''],
				['libExports.codeFrameColumns', 'String'],
			]),
		);
	},
};

async function patched({ path }, changes) {
	let text = await readFile(path, 'utf8');
	for (const [unused, instead] of changes) {
		if (!text.includes(unused)) {
			throw new Error(`${path} is not what it was: see bundle.js, and measure the start anew`);
		}
		text = text.replaceAll(unused, instead);
	}
	return shortened(text);
}

/**
 * V8 keeps the source in memory, and two bytes a character of a file with a single sign beyond Latin-1:
 * esbuild leaves those of regular expressions. Names of others' code say nothing in a crash report of ours.
 */
const shortSource = {
	name: 'short source',
	setup({ onLoad }) {
		onLoad({ filter: /\/source\/.*\.ts$/ }, async ({ path }) => ({
			contents: (await readFile(path, 'utf8')).replace(
				/[^\0-\x7f]/g,
				(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
			),
			loader: 'ts',
		}));
		onLoad({ filter: /\/node_modules\/.*\.js$/ }, async ({ path }) =>
			shortened(await readFile(path, 'utf8')),
		);
	},
};

async function shortened(text) {
	const { code } = await transform(text, { minify: true, treeShaking: true, target });
	return { contents: code };
}

export const bundle = {
	bundle: true,
	platform: 'node',
	target,
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
		'Intl.Segmenter': 'LateSegmenter',
	},
	inject: [resolve(import.meta.dirname, 'source/late-segmenter.ts')],
	plugins: [later, shortSource],
	// Native addons find their prebuilt binaries beside themselves; Ink asks for its devtools only when told to.
	external: ['serialport', 'usb', 'react-devtools-core'],
	logLevel: 'warning',
};
