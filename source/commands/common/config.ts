/**
 * What a person sets once: `$XDG_CONFIG_HOME/modemscope/config`, a line a setting, `name = value`.
 * What stands on the command line goes before it.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as v from 'valibot';
import { checkLine } from '../../at/line.ts';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import type { OwnCommand } from '../../ui/console.tsx';

export type Config = {
	readonly theme?: 'light' | 'dark';
	readonly ascii?: boolean;
	readonly commands: readonly OwnCommand[];
};

/** Bytes: nobody writes more by hand. */
const longest = 65_536;

const theme = v.picklist(['light', 'dark'], 'theme is light or dark.');
const onOff = v.picklist(['on', 'off'], 'ascii is on or off.');
const commandName = v.pipe(
	v.string(),
	v.minLength(1, 'the command has no name: command NAME = AT…'),
	v.maxLength(40, 'the name of the command is longer than 40 characters.'),
);

export function configFile(env: NodeJS.ProcessEnv = process.env): string {
	const { XDG_CONFIG_HOME: told = '' } = env;
	return join(isAbsolute(told) ? told : join(homedir(), '.config'), 'modemscope', 'config');
}

/** The settings of this person; none where there is no file. Throws a Problem that names each wrong line. */
export function readConfig(path = configFile()): Config {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		const { code = '' } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return { commands: [] };
		throw new Problem(exitCode.noAccess, `${path} cannot be read (${code}).`, { cause: error });
	}
	if (text.length > longest) throw refusal(path, [`it is longer than ${longest} bytes.`]);
	const { config, wrong } = parseConfig(text);
	if (wrong.length > 0) throw refusal(path, wrong);
	return config;
}

const refusal = (path: string, wrong: readonly string[]) =>
	new Problem(exitCode.usage, `${sanitize(path)}: ${wrong.join(' ')}`, {
		next: 'mend the file, or move it away; docs/config.md has every setting.',
	});

export function parseConfig(text: string): { config: Config; wrong: string[] } {
	const settings: { theme?: 'light' | 'dark'; ascii?: boolean } = {};
	const commands: OwnCommand[] = [];
	const wrong: string[] = [];
	const seen = new Map<string, number>();
	const take = (name: string, value: string) => {
		if (name === 'theme') settings.theme = v.parse(theme, value);
		else if (name === 'ascii') settings.ascii = v.parse(onOff, value) === 'on';
		else if (/^command(?: |$)/.test(name)) {
			const called = v.parse(commandName, name.slice('command'.length).trim());
			checkLine(value);
			if (!/^AT/i.test(value)) throw new Error('an AT line begins with AT.');
			commands.push({ name: called, line: value });
		} else throw new Error(`${sanitize(name)} is no setting.`);
	};
	text.split(/\r?\n/).forEach((row, index) => {
		const line = row.trim();
		if (line === '' || line.startsWith('#')) return;
		const number = index + 1;
		const equals = line.indexOf('=');
		const name = line.slice(0, Math.max(0, equals)).trim();
		const value = line.slice(equals + 1).trim();
		try {
			if (equals < 0) throw new Error('it has no "=": name = value.');
			const before = seen.get(name);
			if (before !== undefined)
				throw new Error(`line ${before} has set ${sanitize(name)} already.`);
			seen.set(name, number);
			take(name, value);
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			wrong.push(`line ${number}: ${error.message}`);
		}
	});
	return { config: { ...settings, commands }, wrong };
}
