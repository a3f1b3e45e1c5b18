/** docs/at-commands.md, made from the catalogue. */
import { type AtCommand, catalogue, type Danger } from '../source/at/catalogue.ts';
import { noResult } from '../source/at/results.ts';

const groups: readonly (readonly [Danger, string])[] = [
	['read', 'Read only'],
	['gate', 'Open others, or change nothing that stays'],
	['passing', 'Change something until a reset or its opposite; ask first'],
	['configuration', 'Change the configuration; ask first'],
	['resets', 'Reset the modem; ask first'],
	['leaves', 'Leave the application; ask first'],
	['destructive', 'Destroy data; ask first'],
];

const cell = (text = '') => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function row({ name, says, syntax, answer, entercnd, products, source }: AtCommand): string {
	const gate = { always: 'yes', some: 'some firmware', none: '' }[entercnd ?? 'none'];
	const does = [says, syntax && `Written ${syntax}.`].filter(Boolean).join(' ');
	const cells = [`\`${name}\``, does, answer, gate, products, source];
	return `| ${cells.map(cell).join(' | ')} |`;
}

function costs({ name, risk, back }: AtCommand): string {
	return `- \`${name}\`: ${[risk, back].filter(Boolean).join(' ')}`;
}

export function atPage(prose: string): string {
	const tables = groups.flatMap(([danger, title]) => {
		const members = catalogue.filter((command) => command.danger === danger);
		return [
			`## ${title}`,
			'',
			'| command | does | answer | ENTERCND | products | source |',
			'| --- | --- | --- | --- | --- | --- |',
			...members.map(row),
			'',
			...(danger === 'read' ? [] : [...members.map(costs), '']),
		];
	});
	return [
		prose.trimEnd(),
		'',
		'Where the modem does not end an answer, its result is one of these:',
		`${Object.values(noResult)
			.map((result) => `\`${result}\``)
			.join(', ')}.`,
		'',
		...tables,
		'"BOOTCMD" is in no public document. Field users say it for boot mode; it finds AT!BOOTHOLD.',
		'',
	].join('\n');
}
