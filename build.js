import { readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** What others load at the start and we need late or never. */
const later = {
	name: 'later',
	setup({ onLoad, onResolve }) {
		const quickWidth = resolve('source/ui/quick-width.ts');
		onResolve({ filter: /^string-width$/ }, ({ importer }) =>
			importer === quickWidth ? undefined : { path: quickWidth },
		);
		// meow would sort the names of all licences, 20 ms, for a description that nobody asks for.
		onLoad({ filter: /meow\/build\/dependencies\.js$/ }, async ({ path }) => {
			const text = await readFile(path, 'utf8');
			const contents = text
				.replace('var normalizeExports = requireNormalize();', '')
				.replace(
					'getDefaultExportFromCjs(normalizeExports)',
					'(...given) => requireNormalize()(...given)',
				);
			return { contents };
		});
	},
};

await rm('dist', { recursive: true, force: true });
await build({
	entryPoints: ['cli.tsx'],
	outdir: 'dist',
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
		'Intl.Segmenter': 'QuickSegmenter',
	},
	inject: ['source/ui/quick-segmenter.ts'],
	plugins: [later],
	// Native addons find their prebuilt binaries beside themselves; Ink asks for its devtools only when told to.
	external: ['serialport', 'usb', 'react-devtools-core'],
	// Bundled CommonJS packages still call require for Node's own modules.
	banner: {
		js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
	},
	logLevel: 'warning',
});
