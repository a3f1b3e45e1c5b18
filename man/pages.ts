/** The pages that are made from the tables: the keys for docs/, and the manual page. */
import { optionRows } from '../source/commands/common/command.ts';
import { commands } from '../source/commands/table.ts';
import { exitCode } from '../source/problem.ts';
import { listWords } from '../source/ui/actions/help.ts';
import type { Action } from '../source/ui/actions/view-context.ts';
import { actions } from '../source/ui/app/keymap.ts';
import { keyLabel } from '../source/ui/text/key-labels.ts';
import { unicodeSymbols } from '../source/ui/text/symbols.ts';
import { viewNames, viewTitles } from '../source/ui/text/view-names.ts';

type Group = { readonly title: string; readonly members: readonly Action[] };

const wheres: readonly Action['where'][] = ['global', ...viewNames, 'typing'];

const titleOf = (where: Action['where']) => {
	if (where === 'global') return 'Everywhere';
	return where === 'typing' ? 'While a line is typed' : viewTitles[where];
};

const groups: readonly Group[] = wheres
	.map((where) => ({
		title: titleOf(where),
		members: actions.filter((action) => action.where === where),
	}))
	.filter(({ members }) => members.length > 0);

const labels = ({ keys }: Action) => keys.map((key) => keyLabel(key, unicodeSymbols));

/** Keys that change the modem say so, as in the help. */
const says = ({ name, risk }: Action) =>
	risk === 'modem' ? `${name} (can change the modem; asks first)` : name;

const filterFields = [
	['USB', 'path: device: mode: node: type:came type:went type:armed', 'path:3-1 !type:went'],
	['AT', 'dir:in dir:out type:command type:answer type:mark', 'dir:out'],
	['Firmware, images', 'type: version: product: check:', 'type:boot !check:ok'],
	['Flash, traffic', 'protocol: dir: name: port: type:', 'protocol:sahara dir:in name:hello'],
	['Recordings, events', 'type: source: path: port: dir:', 'type:mark'],
	['Recordings, files', 'name: from:', 'from:shipped'],
] as const;

export function keysPage(): string {
	const table = ({ title, members }: Group) => [
		`## ${title}`,
		'',
		'| key | does |',
		'| --- | --- |',
		...members.map(
			(action) =>
				`| ${labels(action)
					.map((key) => `\`${key.replace('|', '\\|')}\``)
					.join(' ')} | ${says(action)} |`,
		),
		'',
	];
	return [
		'# Keys',
		'',
		'Made from the action table in `source/ui/app/keymap.ts` by `npm run build:docs`, as the help (`?`),',
		'the command palette (`:`) and the hints are. No single key writes to a modem.',
		'',
		...listWords.map((words) => `- ${words}`),
		'',
		'| list | fields of its filter | for example |',
		'| --- | --- | --- |',
		...filterFields.map(
			([list, fields, example]) => `| ${list} | \`${fields}\` | \`${example}\` |`,
		),
		'',
		...groups.flatMap(table),
	].join('\n');
}

const exits: Readonly<Record<keyof typeof exitCode, string>> = {
	done: 'done',
	failed: 'another failure',
	usage: 'wrong usage',
	noDevice: 'no such device, or it did not appear in time',
	noAccess: 'no permission, the port is locked, or ModemManager is in the way',
	fileRejected: 'the file was rejected',
	refusedBeforeWrite: 'the device refused before any write',
	failedDuringWrite: 'stopped or failed during the write: the modem needs another flash',
	writtenButUnchecked: 'written, but the check after it failed',
	loopSeen: 'a boot loop was seen (watch --until-loop)',
	interrupted: 'interrupted before any write',
};

export function manPage(): string {
	return [
		'.\\" Made from the tables in source/commands/table.ts and source/ui/app/keymap.ts.',
		'.TH MODEMSCOPE 1',
		'.SH NAME',
		'modemscope \\- a terminal console for stuck cellular modems',
		'.SH SYNOPSIS',
		...commands.flatMap(({ name, usage }) => [
			'.B modemscope',
			roff(`${name} ${usage}`.trim()),
			'.br',
		]),
		'.SH DESCRIPTION',
		'Shows the USB life of a modem as it happens, so that a boot loop is visible; sends AT commands, in',
		'the right two seconds if need be; opens firmware and checks it; flashes it, with the traffic beside',
		'its meaning; records everything and replays it. Alone, it opens the full\\-screen console.',
		'.SH COMMANDS',
		...commands.flatMap(({ name, usage, summary, options }) => [
			`.SS ${roff(`${name} ${usage}`.trim())}`,
			`${roff(summary)}.`,
			...optionRows(options).flatMap(([flag, does]) => ['.TP', `.B ${roff(flag)}`, roff(does)]),
		]),
		'.SH KEYS OF THE CONSOLE',
		...groups.flatMap(({ title, members }) => [
			`.SS ${title}`,
			...members.flatMap((action) => [
				'.TP',
				`.B ${roff(labels(action).join('  '))}`,
				roff(says(action)),
			]),
		]),
		'.SS Lists',
		...listWords.map(roff),
		'.SH EXIT STATUS',
		...Object.entries(exits).flatMap(([name, means]) => [
			'.TP',
			`.B ${exitCode[name as keyof typeof exitCode]}`,
			roff(means),
		]),
		'.SH EXAMPLES',
		...commands.flatMap(({ examples }) => examples.flatMap((example) => [roff(example), '.br'])),
		'.SH ENVIRONMENT',
		'.TP',
		'.B NO_COLOR',
		'no colours',
		'.TP',
		'.B COLORTERM, TERM, COLORFGBG',
		'how many colours the terminal has, and its background; over SSH the short codes of 16 colours are used',
		'.TP',
		'.B XDG_STATE_HOME',
		'where recordings and copies are kept, in modemscope/',
		'',
	].join('\n');
}

/** Text that roff prints as it stands. */
const roff = (text: string): string =>
	text
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replace(/^(['.])/, '\\&$1');
