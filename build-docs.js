/** The pages that are made from tables: `npm run build:docs`. They reach into the console's .tsx, which Node does not read. */
import { rm } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const outfile = 'man/build.mjs';
await build({
	entryPoints: ['man/build.ts'],
	bundle: true,
	packages: 'external',
	platform: 'node',
	format: 'esm',
	outfile,
});
try {
	await import(pathToFileURL(outfile).href);
} finally {
	await rm(outfile);
}
