import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { createLook } from '../../source/ui/look.ts';
import { planRows } from '../../source/ui/parts/plan-rows.ts';
import { plan } from './fake-session.ts';

it('a plan of two files names both, in the order in which they go, and the size of all', () => {
	const two = { ...plan, file: '/f/a.cwe', others: ['/f/b.nvu'], size: 19_700_000 };
	const rows = planRows(createLook({ color: false, ascii: false }), two, 80);
	expect(stripVTControlCharacters(rows[0]!)).toBe(' a.cwe, then b.nvu  19.7 MB   to 3-1 RC7620');
});
