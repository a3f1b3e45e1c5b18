import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundle } from '../../bundle.js';

/** A program of this folder, bundled as ours is; answers its path. */
export async function built(name: string): Promise<string> {
	const outdir = mkdtempSync(join(tmpdir(), 'ms-test-'));
	await build({
		...bundle,
		format: 'esm',
		// Bundled CommonJS packages still call require for Node's own modules.
		banner: {
			js: "const require=process.getBuiltinModule('module').createRequire(import.meta.url);",
		},
		entryPoints: [resolve(import.meta.dirname, name)],
		outdir,
		outExtension: { '.js': '.mjs' },
	});
	return join(outdir, `${basename(name, '.tsx')}.mjs`);
}
