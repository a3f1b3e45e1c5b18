import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder, program } from '../commands/program.ts';

const read = (path: string) => readFileSync(resolve(path), 'utf8');
const unit = read('system/modemscope-guard.service');

/** What the text sets, with /var/lib elsewhere. */
function environmentOf(text: string, lib: string): Record<string, string> {
	const [, set = ''] = /^Environment=(.*)$/m.exec(text) ?? [];
	return Object.fromEntries(set.split(' ').map((word) => word.replace('/var/lib', lib).split('=')));
}

function guardWith(environment: Record<string, string>) {
	return spawnSync(process.execPath, [program, 'guard', '--for', '1s'], {
		encoding: 'utf8',
		env: { PATH: process.env.PATH, ...environment },
		timeout: 30_000,
	});
}

it('the unit keeps its state where systemd has it for a dynamic user, behind a link', () => {
	const lib = newFolder();
	mkdirSync(join(lib, 'private/modemscope'), { recursive: true, mode: 0o700 });
	symlinkSync('private/modemscope', join(lib, 'modemscope'));
	expect(unit).toMatch(/^DynamicUser=yes$/m);
	const { stderr } = guardWith(environmentOf(unit, lib));
	// A machine without USB ends it, later.
	expect(stderr).not.toContain('is not used');
});

it.each(['docs/guard.md', 'system/ansible/modemscope/templates/act.conf.j2'])(
	'where it may act, as %s has it, its state is in a plain folder',
	(path) => {
		const lib = newFolder();
		mkdirSync(join(lib, 'modemscope'), { mode: 0o700 });
		expect(read(path)).toMatch(/^DynamicUser=no$/m);
		expect(environmentOf(read(path), lib)).toEqual({
			XDG_STATE_HOME: lib,
			XDG_CACHE_HOME: join(lib, 'modemscope'),
		});
	},
);
