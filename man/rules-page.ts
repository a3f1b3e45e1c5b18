/** docs/rules.md, made from the rules. */
import { aboutRules, certaintyText } from '../source/diagnosis/about-rules.ts';

const cell = (text: string) => text.replaceAll('|', '\\|');

export function rulesPage(): string {
	return [
		'# Rules',
		'',
		'A rule turns what was seen into a finding: what it means, how sure that is, and what to do next.',
		'A finding names its rule, and `--json` has it as `rule`. This page is made from',
		'`source/diagnosis/about-rules.ts` by `npm run build:docs`.',
		'',
		...Object.entries(certaintyText).map(([word, text]) => `- **${word}**: ${text}.`),
		'',
		'A pasted log may end before a rule is sure. Rules that give the drivers 3 s to bind then say it',
		'as possible: the lines that would have answered them may only be missing.',
		'',
		'| rule | sees | means | advises | certainty |',
		'| --- | --- | --- | --- | --- |',
		...Object.entries(aboutRules).map(
			([name, { sees, means, advises, certainty }]) =>
				`| ${[`\`${name}\``, sees, means, advises, certainty.join(', ')].map(cell).join(' | ')} |`,
		),
		'',
	].join('\n');
}
