import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { keysPage, manPage } from '../../man/pages.ts';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');

it.each([
	['docs/keys.md', keysPage],
	['man/modemscope.1', manPage],
])('%s is what the tables say today (npm run build:docs)', (path, page) => {
	expect(read(path)).toBe(page());
});
