/** The settings of this person, checked; what stands on the command line goes before them. */
import * as v from 'valibot';
import { checkLine } from '../../at/line.ts';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { parseRetention } from '../../recording/file/retention.ts';
import { settingLines, settingsFile, settingsText } from '../../settings.ts';
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

/** None where there is no file. Throws a Problem that names each wrong line. */
export function readConfig(path = settingsFile()): Config {
	const text = settingsText(path);
	if (text.length > longest) throw refusal(path, [`it is longer than ${longest} bytes.`]);
	const { config, wrong } = parseConfig(text);
	if (wrong.length > 0) throw refusal(path, wrong);
	return config;
}

/**
 * As a person has set it; else for a character set that was chosen and is not UTF-8; no locale at all says nothing of the terminal. The font
 * of Linux's own console has few signs of ours (drivers/tty/vt/cp437.uni): gone would look there like a block.
 */
export function drawsAscii({ ascii }: Pick<Config, 'ascii'>, env = process.env): boolean {
	const { TERM, LC_ALL, LC_CTYPE, LANG } = env;
	const charset = LC_ALL || LC_CTYPE || LANG || '';
	return ascii ?? (TERM === 'linux' || /^(?:C|POSIX)$|\.(?!utf-?8)/i.test(charset));
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
		// Whoever makes room for a recording reads it.
		else if (name === 'retention') parseRetention(value);
		else if (/^command(?: |$)/.test(name)) {
			const called = v.parse(commandName, name.slice('command'.length).trim());
			checkLine(value);
			if (!/^AT/i.test(value)) throw new Error('an AT line begins with AT.');
			commands.push({ name: called, line: value });
		} else throw new Error(`${sanitize(name)} is no setting.`);
	};
	for (const { number, name, value, wrong: why } of settingLines(text)) {
		try {
			if (why !== undefined) throw new Error(why);
			const before = seen.get(name);
			if (before !== undefined)
				throw new Error(`line ${before} has set ${sanitize(name)} already.`);
			seen.set(name, number);
			take(name, value);
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			wrong.push(`line ${number}: ${error.message}`);
		}
	}
	return { config: { ...settings, commands }, wrong };
}
