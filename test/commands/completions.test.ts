import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bashCompletion, fishCompletion, zshCompletion } from '../../man/completions.ts';
import { commands } from '../../source/commands/table.ts';
import { Screen } from '../terminal/screen.ts';
import { newFolder } from './program.ts';

const folder = resolve(import.meta.dirname, '../../completions');
const isHere = (shell: string) => spawnSync(shell, ['--version']).status === 0;

/** What is typed before the tab, and what the shell makes of the last word. */
const cases = [
	['a command', 'modemscope dec', 'decode'],
	['an option', 'modemscope watch --unt', '--until-loop'],
	['an option of the console', 'modemscope --rep', '--replay'],
	['a choice', 'modemscope export --to asc', 'asciicast'],
	['a choice behind =', 'modemscope export --to=pc', 'pcapng'],
	['a scenario', 'modemscope simulate emer', 'emergency'],
	['the scenario of the demo', 'modemscope --demo low', 'low-power'],
	['a check', 'modemscope flash --override modemm', 'modemmanager'],
	['a file', 'modemscope replay two', 'two words.log'],
	['a file of a short option', 'modemscope import a.log -o two', 'two words.log'],
	['a folder, and no file', 'modemscope simulate stuck --socket two', 'two-modems/'],
] as const;

/** A folder with a file and a folder to complete. */
function somewhere(): string {
	const path = newFolder();
	writeFileSync(join(path, 'two words.log'), '');
	mkdirSync(join(path, 'two-modems'));
	return path;
}

/** In an interactive shell on a pty, as a person has it. */
async function pressesTab(
	shell: readonly string[],
	start: string,
	wanted: (typeof cases)[number][],
) {
	const screen = new Screen([], newFolder(), 100, 30, { command: shell, env: { PS1: '> ' } });
	onTestFinished(() => screen.close());
	screen.type(`PS1='> '; cd ${somewhere()}; ${start}; clear\r`);
	await screen.shows(/^> *$/m);
	for (const [, line, whole] of wanted) {
		const last = line.search(/[^ =]+$/);
		const file = whole.startsWith('two') && !line.includes('--socket');
		// The folder of the same beginning would be offered too.
		const typed = file ? `${line}\\ ` : line;
		screen.type(`${typed}\t`);
		const expected = `> ${line.slice(0, last)}${whole.replaceAll(' ', '\\ ')}`;
		await screen.until(
			() => screen.lines.some((shown) => shown.startsWith(expected)),
			10,
			expected,
		);
		screen.type('\u0015');
		await screen.shows(/^> *$/m);
	}
	return screen;
}

it.each([
	['modemscope.bash', bashCompletion],
	['_modemscope', zshCompletion],
	['modemscope.fish', fishCompletion],
])('completions/%s is what the tables say today (npm run build:docs)', (name, text) => {
	expect(readFileSync(join(folder, name), 'utf8')).toBe(text());
});

describe('in bash', () => {
	const shell = ['bash', '--norc', '--noprofile', '-i'];
	const start = `source ${folder}/modemscope.bash`;

	it('completes commands, options, choices, scenarios and files', async () => {
		await pressesTab(shell, start, [...cases]);
	});

	it('offers every command', async () => {
		const screen = await pressesTab(shell, start, []);
		screen.type('modemscope \t\t');
		await screen.shows(/watch/);
		for (const { name } of commands) expect(screen.text).toContain(name);
	});
});

it.skipIf(!isHere('zsh'))('zsh completes the same', async () => {
	const start = `fpath=(${folder} $fpath); autoload -U compinit; compinit -u -D`;
	await pressesTab(['zsh', '-f', '-i'], start, [...cases]);
});

it.skipIf(!isHere('fish')).each(cases)('fish completes %s', (_, line, whole) => {
	const { stdout, stderr } = spawnSync(
		'fish',
		['--no-config', '-c', `source ${folder}/modemscope.fish; complete -C '${line}'`],
		{ cwd: somewhere(), encoding: 'utf8' },
	);
	expect(stderr).toBe('');
	const offered = stdout.split('\n').map((row) => row.split('\t')[0]!.replace('\\', ''));
	expect(offered.map((word) => word.replace(/^--to=/, ''))).toContain(whole);
	if (line.includes('--socket')) expect(offered).not.toContain('two words.log');
});
