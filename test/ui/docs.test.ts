import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { atPage } from '../../man/at-page.ts';
import { glossaryPage } from '../../man/glossary-page.ts';
import { keysPage, manPage } from '../../man/pages.ts';
import { rulesPage } from '../../man/rules-page.ts';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');

it.each([
	['docs/keys.md', keysPage],
	['man/modemscope.1', manPage],
	['docs/rules.md', rulesPage],
	['docs/glossary.md', glossaryPage],
	['docs/at-commands.md', () => atPage(read('man/at-commands.md'))],
])('%s is what the tables say today (npm run build:docs)', (path, page) => {
	expect(read(path)).toBe(page());
});
