/**
 * What a person sets once: `$XDG_CONFIG_HOME/modemscope/config`, a line a setting, `name = value`.
 * Lines that begin with `#` are comments.
 */
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { exitCode, Problem } from './problem.ts';

/** `wrong` says why a line is no setting. */
export type SettingLine = {
	/** Counted from 1. */
	readonly number: number;
	readonly name: string;
	readonly value: string;
	readonly wrong?: string;
};

export function settingsFile(env: NodeJS.ProcessEnv = process.env): string {
	const { XDG_CONFIG_HOME: told = '' } = env;
	return join(isAbsolute(told) ? told : join(homedir(), '.config'), 'modemscope', 'config');
}

/** The text of the file; empty where there is none to be seen. Throws a Problem when it cannot be read. */
export function settingsText(path = settingsFile()): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		const { code = '' } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR' || isHidden(path)) return '';
		throw new Problem(exitCode.noAccess, `${path} cannot be read (${code}).`, { cause: error });
	}
}

/** Nobody's own settings lie in a folder that he may not look into. */
function isHidden(path: string): boolean {
	try {
		statSync(path);
		return false;
	} catch {
		return true;
	}
}

export function settingLines(text: string): SettingLine[] {
	return text.split(/\r?\n/).flatMap((row, index): SettingLine[] => {
		const line = row.trim();
		if (line === '' || line.startsWith('#')) return [];
		const equals = line.indexOf('=');
		const name = line.slice(0, Math.max(0, equals)).trim();
		const value = line.slice(equals + 1).trim();
		const wrong = equals < 0 ? { wrong: 'it has no "=": name = value.' } : {};
		return [{ number: index + 1, name, value, ...wrong }];
	});
}
