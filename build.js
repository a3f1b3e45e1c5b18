import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundle } from './bundle.js';

await rm('dist', { recursive: true, force: true });
const { metafile } = await build({
	...bundle,
	entryPoints: ['cli.tsx'],
	outdir: 'dist',
	metafile: true,
});
// What bundle.js puts in the place of others must have arrived where it saves time.
const width = 'source/ui/terminal/quick-width.ts';
const replaced = Object.entries(metafile.inputs).filter(
	([path, { imports }]) =>
		path.includes('node_modules/ink/') && imports.some((target) => target.path === width),
);
if (replaced.length === 0) throw new Error('Ink no longer takes its string-width from bundle.js');
