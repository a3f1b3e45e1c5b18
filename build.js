import { readFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundle } from './bundle.js';

await rm('dist', { recursive: true, force: true });
const { metafile } = await build({
	...bundle,
	entryPoints: ['cli.tsx'],
	outdir: 'dist',
	metafile: true,
});
// What bundle.js puts in the place of others must have arrived where it saves time, memory and bytes.
for (const [name, instead] of [
	['string-width', 'source/ui/terminal/quick-width.ts'],
	['Output', 'source/ui/terminal/frame-output.ts'],
	['line-update', 'source/ui/terminal/row-update.ts'],
]) {
	const isUsed = Object.entries(metafile.inputs).some(
		([importer, { imports }]) =>
			importer.includes('node_modules/') && imports.some((target) => target.path === instead),
	);
	if (!isUsed) throw new Error(`Ink no longer takes ${name} from bundle.js`);
}
for (const path of Object.keys(metafile.outputs)) {
	const text = await readFile(path, 'utf8');
	if (/[^\0-\x7f]/.test(text)) throw new Error(`${path} has a sign that costs two bytes for each`);
	if (/\bfrom\s*"node:/.test(text)) throw new Error(`${path} imports all of a module of Node's`);
}
