/** The completions of bash, zsh and fish, made from the table of commands. */

import { type Command, kebab, type Option } from '../source/commands/common/command.ts';
import { checkListings } from '../source/commands/flash/listings.ts';
import { commands } from '../source/commands/table.ts';
import { allScenarios } from '../source/simulator/modem/scenarios.ts';

/** What a shell offers for a value: names, or what is in the file system. */
type Offer = 'files' | 'folders' | readonly string[] | undefined;

type Flag = {
	/** As typed: `--output`, `-o`. */
	readonly long: string;
	readonly short: string | undefined;
	readonly says: string;
	/** A name for its value; undefined for a switch. */
	readonly value: string | undefined;
	readonly mayStandAlone: boolean;
	readonly isRepeated: boolean;
	readonly offer: Offer;
};

const names: Readonly<Record<string, Offer>> = {
	FILE: 'files',
	DEV: 'files',
	DIR: 'folders',
	SCENARIO: allScenarios.map(({ name }) => name),
	CHECK: checkListings().flatMap(({ rows }) => rows.map(([name]) => name)),
};

const offerOf = ({ choices, value = '' }: Option): Offer =>
	choices ?? (value.startsWith('/') ? 'files' : names[value]);

const help: Flag = {
	long: '--help',
	short: undefined,
	says: 'describe the command',
	value: undefined,
	mayStandAlone: true,
	isRepeated: false,
	offer: undefined,
};
const version: Flag = { ...help, long: '--version', says: 'show the version' };

const flagsOf = ({ name, options }: Command): Flag[] => [
	...Object.entries(options).flatMap(([key, option]): Flag[] =>
		option.says === undefined
			? []
			: [
					{
						long: `--${kebab(key)}`,
						short: option.short === undefined ? undefined : `-${option.short}`,
						says: option.says,
						value: option.type === 'switch' ? undefined : (option.value ?? 'VALUE'),
						mayStandAlone: option.alone !== undefined,
						isRepeated: option.isMultiple === true,
						offer: offerOf(option),
					},
				],
	),
	help,
	...(name === 'console' ? [version] : []),
];

const argumentOf = ({ inputs: { name, isFile }, usage }: Command): Offer =>
	isFile || usage.includes('FILE') ? 'files' : names[name];

const typed = ({ long, short }: Flag) => (short === undefined ? [long] : [long, short]);
const note = 'Made from the table of commands by `npm run build:docs`.';
const allNames = commands.map(({ name }) => name).join(' ');

const bashOffer = (offer: Offer): string => {
	if (offer === 'files') return 'files=-f';
	if (offer === 'folders') return 'files=-d';
	return `words='${offer?.join(' ') ?? ''}'`;
};

/** Needs no bash-completion package: a gateway seldom has it. */
export function bashCompletion(): string {
	const values = commands.flatMap((command) =>
		flagsOf(command)
			.filter(({ value }) => value !== undefined)
			.map((flag) => {
				const when = typed(flag).map((word) => `'${command.name} ${word}'`);
				const alone = flag.mayStandAlone ? '[[ $cur == -* ]] && own=1; ' : '';
				return `\t${when.join(' | ')}) ${alone}${bashOffer(flag.offer)} ;;`;
			}),
	);
	const own = commands.map((command) => {
		const flags = flagsOf(command).flatMap(typed).join(' ');
		return `\t\t${command.name}) flags='${flags}'; ${bashOffer(argumentOf(command))} ;;`;
	});
	return `# bash completion of modemscope. ${note}
_modemscope() {
	local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
	local command=console files= words= flags= own=
	# bash takes --to=html for three words.
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=\${COMP_WORDS[COMP_CWORD-2]}
	fi
	case " ${allNames} " in
	*" \${COMP_WORDS[1]} "*) ((COMP_CWORD > 1)) && command=\${COMP_WORDS[1]} ;;
	esac
	case "$command $prev" in
${values.join('\n')}
	*) own=1 ;;
	esac
	if [[ $own ]]; then
		case $command in
${own.join('\n')}
		esac
		((COMP_CWORD == 1)) && words='${allNames}'
		[[ $cur == -* ]] && words=$flags files=
	fi
	if [[ $files ]]; then
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen "$files" -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	fi
}
complete -F _modemscope modemscope
`;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const zshOffer = (offer: Offer): string => {
	if (offer === 'files') return '_files';
	if (offer === 'folders') return '_files -/';
	return offer === undefined ? ' ' : `(${offer.join(' ')})`;
};

const zshText = (text: string) => text.replace(/[[\]:\\]/g, '\\$&');

function zshFlag(flag: Flag): string {
	const { long, short, says, value = '', mayStandAlone, isRepeated, offer } = flag;
	const colon = mayStandAlone ? '::' : ':';
	const taken = flag.value === undefined ? '' : `${colon}${zshText(value)}:${zshOffer(offer)}`;
	const equals = flag.value === undefined ? '' : '=';
	const tail = `[${zshText(says)}]${taken}`;
	const repeated = isRepeated ? '*' : '';
	return short === undefined
		? quoted(`${repeated}${long}${equals}${tail}`)
		: `${quoted(`(${long} ${short})`)}{${short},${long}${equals}}${quoted(tail)}`;
}

export function zshCompletion(): string {
	const described = commands.map(({ name, summary }) => quoted(`${name}:${zshText(summary)}`));
	const cases = commands.map((command) => {
		const offer = argumentOf(command);
		const rest = offer && quoted(`*:${zshText(command.inputs.name)}:${zshOffer(offer)}`);
		const specs = [...flagsOf(command).map(zshFlag), ...(rest ? [rest] : [])];
		return `\t${command.name}) _arguments ${specs.join(' \\\n\t\t')} ;;`;
	});
	return `#compdef modemscope
# ${note}
local command=console
local -a commands
commands=(
${described.map((line) => `\t${line}`).join('\n')}
)
if ((CURRENT > 2)) && [[ ' ${allNames} ' == *" $words[2] "* ]]; then
	command=$words[2]
	shift words
	((CURRENT--))
elif ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
	_describe command commands
	return
fi
case $command in
${cases.join('\n')}
esac
`;
}

const fishOffer = (offer: Offer): string => {
	if (offer === 'files') return ' -r -F';
	if (offer === 'folders') return " -x -a '(__fish_complete_directories)'";
	return offer === undefined ? ' -x' : ` -x -a '${offer.join(' ')}'`;
};

const fishText = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;

export function fishCompletion(): string {
	const lines = commands.flatMap((command) => {
		const when = `complete -c modemscope -n '__modemscope_runs ${command.name}'`;
		const offer = argumentOf(command);
		const flags = flagsOf(command).flatMap(({ long, short, says, value, mayStandAlone, offer }) => {
			const letter = short === undefined ? '' : ` -s ${short.slice(1)}`;
			const flag = `${when}${letter} -l ${long.slice(2)} -d ${fishText(says)}`;
			if (value === undefined) return [flag];
			if (!mayStandAlone) return [flag + fishOffer(offer)];
			// fish knows no value that may be left out.
			const behind = `__modemscope_runs ${command.name}; and __modemscope_follows ${long}`;
			return [flag, `complete -c modemscope -n '${behind}'${fishOffer(offer)}`];
		});
		if (offer === undefined) return flags;
		return [...flags, `${when}${fishOffer(offer).replace(/ -[rx]/, '')}`];
	});
	return `# fish completion of modemscope. ${note}
function __modemscope_runs
	set -l words (commandline -opc)
	set -l command console
	contains -- "$words[2]" ${allNames}; and set command $words[2]
	test $command = $argv[1]
end
function __modemscope_follows
	test (commandline -opc)[-1] = $argv[1]
end
complete -c modemscope -f
${commands
	.map(
		({ name, summary }) =>
			`complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a ${name} -d ${fishText(summary)}`,
	)
	.join('\n')}
${lines.join('\n')}
`;
}
