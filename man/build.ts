/** `npm run build:docs` */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { keysPage, manPage } from './pages.ts';

const root = resolve(import.meta.dirname, '..');
writeFileSync(resolve(root, 'docs/keys.md'), keysPage());
writeFileSync(resolve(root, 'man/modemscope.1'), manPage());
