/** The help under an AT line while it is typed. */
import { lookUp, search } from '../../../at/catalogue.ts';
import type { Appearance } from '../../text/appearance.ts';
import { hangingIndent } from '../../text/lines.ts';

/** What the catalogue knows of what was typed so far. */
export function explainedRows({ paint }: Appearance, typed: string, width: number): string[] {
	if (typed.trim() === '')
		return [' Type a command, or a word like "version", "crash", "bootcmd"; Tab completes.'];
	const known = lookUp(typed);
	if (known) {
		const needs = known.entercnd ? gates[known.entercnd] : '';
		const cost = [known.risk, known.back].filter(Boolean).join(' ');
		const risk = cost ? hangingIndent(' Risk: ', cost, width - 1).map(paint.warn) : [];
		return [...hangingIndent(' ', known.says + needs, width - 1), ...risk];
	}
	const found = search(typed);
	if (found.length === 0) return [' Not in the catalogue: unless it is a query, it asks first.'];
	const names = found.map(({ name }) => name).join('  ');
	return [...hangingIndent(` ${found.length} known: `, names, width - 1)];
}

const gates = {
	always: ' Needs AT!ENTERCND first.',
	some: ' Needs AT!ENTERCND first on some firmware.',
};
