/** `npm run build:docs` */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { atPage } from './at-page.ts';
import { bashCompletion, fishCompletion, zshCompletion } from './completions.ts';
import { glossaryPage } from './glossary-page.ts';
import { modemsPage } from './modems-page.ts';
import { keysPage, manPage } from './pages.ts';
import { pictureSvg, pictures } from './pictures.ts';
import { recordingFormatPage } from './recording-format-page.ts';
import { schemaText } from './recording-schema.ts';
import { rulesPage } from './rules-page.ts';
import { withSupportedTable } from './supported-table.ts';
import { udevRules } from './udev-rules.ts';

const root = resolve(import.meta.dirname, '..');
writeFileSync(resolve(root, 'docs/keys.md'), keysPage());
writeFileSync(resolve(root, 'man/modemscope.1'), manPage());
writeFileSync(resolve(root, 'docs/rules.md'), rulesPage());
writeFileSync(resolve(root, 'docs/modems.md'), modemsPage());
writeFileSync(resolve(root, 'docs/glossary.md'), glossaryPage());
writeFileSync(resolve(root, 'completions/modemscope.bash'), bashCompletion());
writeFileSync(resolve(root, 'completions/_modemscope'), zshCompletion());
writeFileSync(resolve(root, 'completions/modemscope.fish'), fishCompletion());
writeFileSync(resolve(root, 'system/70-modemscope.rules'), udevRules());
const readme = resolve(root, 'README.md');
writeFileSync(readme, withSupportedTable(readFileSync(readme, 'utf8')));
const atProse = readFileSync(resolve(root, 'man/at-commands.md'), 'utf8');
writeFileSync(resolve(root, 'docs/at-commands.md'), atPage(atProse));
const formatProse = readFileSync(resolve(root, 'man/recording-format.md'), 'utf8');
writeFileSync(resolve(root, 'docs/recording-format.md'), recordingFormatPage(formatProse));
writeFileSync(resolve(root, 'docs/recording.schema.json'), schemaText());
for (const name of Object.keys(pictures))
	writeFileSync(resolve(root, `docs/pictures/${name}.svg`), await pictureSvg(root, name));
