import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { Plan } from '../../source/flash/model/plan.ts';
import { setChecks } from '../../source/flash/plan/plan-set.ts';
import { createAppearance } from '../../source/ui/text/appearance.ts';
import { planRows } from '../../source/ui/views/flash/plan-rows.ts';
import { smallPair } from '../flash/rehearse.ts';
import { plan } from './fake-session.ts';

const appearance = createAppearance({ color: false, ascii: false });
const rowsOf = (of: Plan) => planRows(appearance, of, undefined, 80).map(stripVTControlCharacters);
const two = { ...plan, file: '/f/a.cwe', others: ['/f/b.nvu'], size: 19_700_000 };

it('a plan of two files names both, in the order in which they go, and the size of all', () => {
	expect(rowsOf(two).slice(0, 3)).toEqual([
		' 1 a.cwe',
		' 2 b.nvu',
		' 19.7 MB   to 3-1 RC7620   00.03.03.00 → 00.08.24.02',
	]);
});

it('a plan that goes on between two files marks the one that the modem has', () => {
	const resume = { accepted: 1, size: two.size, loader: 59 };
	expect(rowsOf({ ...two, mode: 'rest', resume }).slice(0, 2)).toEqual([
		' 1 a.cwe ✓ accepted',
		' 2 b.nvu',
	]);
});

it('a plan of settings alone names the key that adds the firmware', async () => {
	const [, settings] = await smallPair();
	const rows = rowsOf({ ...plan, checks: setChecks([settings!], { model: 'MC7455' }) });
	expect(rows.join(' ').replace(/ +/g, ' ')).toContain(
		'the firmware stays as it is. For both: 3, Enter, F, and a adds the other',
	);
});
