import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bundleProgram } from '../../release/build-exe.ts';
import { newFolder } from '../commands/program.ts';

it('the single file uses no name that CommonJS alone has: no tty could be opened', async () => {
	const folder = newFolder();
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const outfile = join(folder, 'modemscope.mjs');
	await bundleProgram(outfile);
	expect(readFileSync(outfile, 'utf8').match(/.{0,60}\b__(?:dir|file)name\b.{0,20}/g)).toBeNull();
});
