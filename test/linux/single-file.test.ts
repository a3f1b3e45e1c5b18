/** The single file (`MODEMSCOPE_EXE`) where nothing else is: no Node.js, no shell, only what it links against. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { newState, Screen } from '../terminal/screen.ts';
import { meet, shortCommit, speed } from './modem.ts';
import { output, program, succeeds } from './run.ts';

const exe = process.env.MODEMSCOPE_EXE ?? '';
const linker = { x64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' };
/** Not below the folder that is emptied after the tests: /dev is in it. */
const root = '/run/empty-root';
const mounts = ['proc', 'sys', 'dev'];

const put = (from: string, to: string) => {
	mkdirSync(join(root, dirname(to)), { recursive: true });
	copyFileSync(from, join(root, to));
};
/** What stands in front of arguments of the program there. The folder for our temporary files is not there. */
const there = ['env', 'TMPDIR=/tmp', 'chroot', root, '/modemscope'] as const;
const inside = (...args: string[]) => output(...there, ...args);

describe.runIf(exe)('in a root that holds the single file and its libraries alone', () => {
	beforeAll(async () => {
		const path = linker[process.arch as keyof typeof linker];
		const listed = execFileSync(path, ['--list', exe], { encoding: 'utf8' });
		for (const library of listed.match(/\/\S+/g) ?? []) put(library, library);
		put(exe, 'modemscope');
		await smallRehearsalImage(join(root, 'small.spk'));
		mkdirSync(join(root, 'tmp'));
		for (const name of mounts) {
			mkdirSync(join(root, name), { recursive: true });
			execFileSync('mount', ['--rbind', `/${name}`, join(root, name)]);
		}
	}, 120_000);

	afterAll(() => {
		for (const name of mounts) execFileSync('umount', ['--lazy', join(root, name)]);
	});

	test('it tells its version, reads bytes, firmware and a recording that it brings', async () => {
		expect(await inside('--version')).toMatch(/^\d+\.\d+\.\d+$/);
		expect(await inside('decode', '7e7000001446 7e')).toMatch(/\w/);
		expect(await inside('inspect', '/small.spk')).toContain('00.08.24.02');
		put('recordings/missed-hello.ndjson', 'missed-hello.ndjson');
		expect(await inside('replay', '/missed-hello.ndjson')).toMatch(/HELLO/);
	});

	test('the demo is played by its keys', async () => {
		const command = [...there, '--demo'];
		const screen = new Screen([], newState(), 100, 30, { command });
		await screen.shows(/\[1 USB\]/, 60);
		screen.type('3');
		await screen.shows(/\[3 Firmware\]/, 60);
		screen.type('1');
		await screen.shows(/\[1 USB\]/, 60);
		screen.type('h');
		await screen.shows(/Arm a command/, 60);
		screen.close();
	});

	test('a loader is flashed', async () => {
		const modem = await meet('loader', shortCommit, speed);
		const flash = ['flash', '/small.spk', '--yes-flash', 'RC7620', '--settle', '5'];
		await succeeds(program(...there, ...flash));
		expect(modem.release.firmware).toBe('00.08.24.02');
	});
});
