import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const program = resolve(import.meta.dirname, '../../dist/cli.js');

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'ms-test-'));

export type Ended = { exit: number | null; out: string; err: string };

/** Runs the built program to its end, with a state of its own. */
export function run(...args: string[]): Ended {
	const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
		encoding: 'utf8',
		env: { ...process.env, XDG_STATE_HOME: newFolder() },
		timeout: 30_000,
		input: '',
	});
	return { exit: status, out: stdout, err: stderr };
}
