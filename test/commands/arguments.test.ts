import { describe, expect, it, test } from 'vitest';
import { parseArguments } from '../../source/commands/arguments.ts';
import { type Command, command } from '../../source/commands/common/command.ts';
import { commands } from '../../source/commands/table.ts';
import { exitCode } from '../../source/problem.ts';

const find = (name: string): Command => commands.find((one) => one.name === name)!;
const flagsOf = (name: string, ...args: string[]) => parseArguments(find(name), args).flags;
const refused = (name: string, ...args: string[]) => {
	try {
		parseArguments(find(name), args);
	} catch (error) {
		return error;
	}
	return undefined;
};

test('the flags of a command are typed by its row', () => {
	command({
		name: 'typed',
		usage: '',
		summary: '',
		options: {
			file: { type: 'text' },
			times: { type: 'number' },
			loud: { type: 'switch' },
			all: { type: 'text', isMultiple: true },
			side: { type: 'text', choices: ['left', 'right'] as const },
		},
		examples: [],
		inputs: { name: '', least: 0, most: 0 },
		run: async (_input, flags) => {
			const file: string | undefined = flags.file;
			const times: number | undefined = flags.times;
			const loud: boolean = flags.loud;
			const all: readonly string[] = flags.all;
			const side: 'left' | 'right' | undefined = flags.side;
			// @ts-expect-error: there is no such option
			const none = flags.fiel;
			// @ts-expect-error: it is a number
			const text: string = flags.times;
			return [file, times, loud, all, side, none, text].length;
		},
	});
});

describe('values', () => {
	it('are typed as the table says', () => {
		expect(flagsOf('watch', '--for', '42')).toMatchObject({ for: 42, json: false, list: false });
		expect(flagsOf('flash', '--override', 'a', '--override', 'b', 'file')).toMatchObject({
			override: ['a', 'b'],
			dryRun: false,
			protocol: undefined,
		});
		expect(flagsOf('console', '--demo')).toMatchObject({ demo: 'boot-loop' });
		expect(flagsOf('console', '--demo', 'stuck')).toMatchObject({ demo: 'stuck' });
		expect(flagsOf('export', 'rec', '--to', 'text', '-o', 'x')).toMatchObject({ output: 'x' });
	});

	it.each([
		['42', 42],
		['42s', 42],
		['0.5s', 0.5],
		['2m', 120],
		['1h', 3600],
	])('a time of %s is %d seconds', (typed, seconds) => {
		for (const [name, flag] of [
			['watch', 'for'],
			['console', 'for'],
			['at', 'for'],
			['flash', 'settle'],
			['export', 'idle'],
		] as const) {
			const given = name === 'export' ? ['rec', '--to', 'text', '-o', 'x'] : [];
			expect(flagsOf(name, ...given, `--${flag}`, typed)[flag]).toBe(seconds);
		}
	});

	it.each(['', 'ever', '4 2', '1d', '-1', 'NaN', 'Infinity'])('"%s" is no time', (typed) => {
		expect(refused('watch', `--for=${typed}`)).toMatchObject({ exit: exitCode.usage });
	});
});

describe('what is missing or wrong is named', () => {
	it('an argument', () => {
		expect(refused('inspect')).toMatchObject({ message: 'FILE is missing.' });
		expect(refused('replay', 'README.md', 'package.json')).toMatchObject({
			message: '"package.json" is one argument too many.',
		});
		expect(refused('console', 'flahs')).toMatchObject({
			message: 'There is no command "flahs".',
		});
	});

	it('everything at once', () => {
		expect(refused('export', 'README.md', '--to', 'foo')).toMatchObject({
			message:
				'--to does not know "foo": name one of text, pcapng, asciicast, html. --output FILE is missing.',
		});
		expect(refused('import', '/nowhere/log')).toMatchObject({
			message: 'There is no file /nowhere/log. --output FILE is missing.',
		});
	});
});
