import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { atPage } from '../../man/at-page.ts';
import { glossaryPage } from '../../man/glossary-page.ts';
import { modemsPage } from '../../man/modems-page.ts';
import { keysPage, manPage } from '../../man/pages.ts';
import { pictureSvg, pictures } from '../../man/pictures.ts';
import { recordingFormatPage } from '../../man/recording-format-page.ts';
import { schemaText } from '../../man/recording-schema.ts';
import { rulesPage } from '../../man/rules-page.ts';
import { withSupportedTable } from '../../man/supported-table.ts';
import { udevRules } from '../../man/udev-rules.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

it.each([
	['docs/keys.md', keysPage],
	['man/modemscope.1', manPage],
	['docs/rules.md', rulesPage],
	['docs/modems.md', modemsPage],
	['docs/glossary.md', glossaryPage],
	['system/70-modemscope.rules', udevRules],
	['README.md', () => withSupportedTable(read('README.md'))],
	['docs/recording-format.md', () => recordingFormatPage(read('man/recording-format.md'))],
	['docs/recording.schema.json', schemaText],
	['docs/at-commands.md', () => atPage(read('man/at-commands.md'))],
])('%s is what the tables say today (npm run build:docs)', (path, page) => {
	expect(read(path)).toBe(page());
});

it.each(Object.keys(pictures))(
	'docs/pictures/%s.svg is what the console shows today',
	async (name) => {
		expect(await pictureSvg(root, name)).toBe(read(`docs/pictures/${name}.svg`));
	},
);

it.each(['CONTRIBUTING.md', 'docs/house.md', 'docs/rules.md', 'docs/glossary.md', 'docs/ui.md'])(
	'%s names files and folders that are there',
	(page) => {
		const named = [...read(page).matchAll(/`((?:source|test|docs|man)\/[\w./-]+)`/g)];
		const missing = named
			.map(([, path = '']) => path)
			.filter((path) => !existsSync(join(root, path)));
		expect(missing).toEqual([]);
	},
);
