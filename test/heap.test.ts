import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { LateSegmenter } from '../source/late-segmenter.ts';

const heap = resolve(import.meta.dirname, '../source/heap.ts');

/** Starts with few compilers, as the console does, and answers what Node says of the code that it keeps. */
function start(folder: string): string {
	const script = `
		import { enableCompileCache, flushCompileCache } from 'node:module';
		import { compileLittle, compileWell } from ${JSON.stringify(heap)};
		compileLittle();
		enableCompileCache(${JSON.stringify(join(folder, 'cache'))});
		await import(${JSON.stringify(join(folder, 'code.mjs'))});
		compileWell();
		flushCompileCache();`;
	const args = ['--input-type=module', '--eval', script];
	const env = { ...process.env, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
	return spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stderr;
}

it('keeps compiled code that fits the next start, also when it compiled well in between', () => {
	const folder = mkdtempSync(join(tmpdir(), 'ms-test-'));
	writeFileSync(join(folder, 'code.mjs'), 'export const twice = (n) => 2 * n;\n');
	start(folder);
	expect(start(folder)).toMatch(/cache for ESM \S*code\.mjs was accepted/);
});

it('lets code be kept with the flags of the start, and goes on as before', () => {
	const script = `
		import { cachedDataVersionTag } from 'node:v8';
		import * as heap from ${JSON.stringify(heap)};
		heap.compileLittle();
		const tags = [cachedDataVersionTag()];
		heap.codeIsKeptBy(() => tags.push(cachedDataVersionTag()));
		heap.compileWell();
		tags.push(cachedDataVersionTag());
		heap.keepCompiled();
		tags.push(cachedDataVersionTag());
		heap.giveBack();
		console.log(JSON.stringify(tags));`;
	const args = ['--input-type=module', '--eval', script];
	const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
	const [atStart, well, kept, after, keptBeforeCollection] = JSON.parse(stdout);
	expect(well).not.toBe(atStart);
	expect([kept, after, keptBeforeCollection]).toEqual([atStart, well, atStart]);
});

it('cuts a text into signs as Intl.Segmenter does', () => {
	const text = 'e\u0301a👩‍🚀한';
	const signs = [...new LateSegmenter().segment(text)].map(({ segment }) => segment);
	expect(signs).toEqual(['e\u0301', 'a', '👩‍🚀', '한']);
});
