import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parseConfig, readConfig } from '../../source/commands/common/config.ts';
import { settingsFile } from '../../source/settings.ts';

const folders: string[] = [];
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function written(text: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'config-'));
	folders.push(folder);
	const path = join(folder, 'config');
	writeFileSync(path, text);
	return path;
}

test('it lies where XDG says, and nothing is set where there is none', () => {
	expect(settingsFile({ XDG_CONFIG_HOME: '/etc/xdg' })).toBe('/etc/xdg/modemscope/config');
	expect(settingsFile({ XDG_CONFIG_HOME: 'relative' })).toMatch(
		/^\/.*\/\.config\/modemscope\/config$/,
	);
	expect(readConfig('/nowhere/config')).toEqual({ commands: [] });
});

const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)(
	'none of a home that belongs to somebody else, and a refusal of a file that does',
	() => {
		const path = written('theme = light\n');
		chmodSync(path, 0o600);
		const read = () => {
			process.seteuid!(65_534);
			try {
				return readConfig(path);
			} finally {
				process.seteuid!(0);
			}
		};
		expect(read()).toEqual({ commands: [] });
		chmodSync(dirname(path), 0o755);
		expect(read).toThrow(`${path} cannot be read (EACCES).`);
	},
);

test('a line is a setting; comments and empty lines are none', () => {
	const text =
		'# mine\r\n\r\ntheme = light\n  ascii=on\nretention = 200 MB\ncommand Signal = AT+CSQ\ncommand Band = AT!BAND=0,"A=B"\n';
	expect(readConfig(written(text))).toEqual({
		theme: 'light',
		ascii: true,
		commands: [
			{ name: 'Signal', line: 'AT+CSQ' },
			{ name: 'Band', line: 'AT!BAND=0,"A=B"' },
		],
	});
});

test('each line that is wrong is named by its number', () => {
	const text = [
		'theme = blue',
		'ascii',
		'colour = red',
		'ascii = on',
		'ascii = off',
		'command = AT',
		'command Evil = AT\u0007',
		'command None =',
		'command Words = rm -rf',
		'retention = a week',
	].join('\n');
	expect(parseConfig(text).wrong).toEqual([
		'line 1: theme is light or dark.',
		'line 2: it has no "=": name = value.',
		'line 3: colour is no setting.',
		'line 5: line 4 has set ascii already.',
		'line 6: the command has no name: command NAME = AT…',
		'line 7: An AT line is of printable ASCII characters only.',
		'line 8: An AT line is of printable ASCII characters only.',
		'line 9: an AT line begins with AT.',
		'line 10: retention is a size, as 200 MB or 2 GB, or all.',
	]);
	expect(() => readConfig(written(text))).toThrow(
		/config: line 1: theme is light or dark\. line 2/,
	);
});

test('a file that is no text of a person is refused', () => {
	expect(() => readConfig(written('#'.repeat(70_000)))).toThrow('longer than 65536 bytes');
	expect(() => readConfig(tmpdir())).toThrow('cannot be read (EISDIR)');
});
