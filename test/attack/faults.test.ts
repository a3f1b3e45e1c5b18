/** What a bare machine lacks, and readers that go away: every command ends in words, not in a stack. */
import { spawn, spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../source/commands/table.ts';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { newFolder, program } from '../commands/program.ts';

const root = resolve(import.meta.dirname, '../..');
const recording = join(root, 'recordings/rc7620-missed-hello-2023-06-01.ndjson');
const log = join(root, 'test/field/rc7620-update-download-2023-06-01.log');
const folder = newFolder();
const image = join(folder, 'small.spk');
const bytes = join(folder, 'bytes');

beforeAll(async () => {
	await smallRehearsalImage(image);
	writeFileSync(bytes, '7e 70 00 00 14 46 7e\n'.repeat(20_000));
});

/** One way to run each command that says much, or something at least. */
const runs: Readonly<Record<string, readonly string[]>> = {
	console: ['--plain', '--replay', recording],
	watch: ['watch', '--for', '1'],
	at: ['at', '--diff', recording, recording],
	compare: ['compare', recording, recording],
	inspect: ['inspect', image, image, image],
	flash: ['flash', '--status'],
	replay: ['replay', recording],
	decode: ['decode', bytes],
	leave: ['leave', '--nothing-like-it'],
	import: ['import', log, '-o', join(folder, 'imported.ndjson')],
	files: ['files', join(folder, 'shared')],
	export: ['export', recording, '--to', 'text', '-o', join(folder, 'out.txt')],
	doctor: ['doctor'],
	guard: ['guard', '--nothing-like-it'],
	raw: ['raw', '/dev/nothing-like-it'],
	case: ['case', recording, '-o', join(folder, 'a.case')],
	learn: ['learn', '--teacher', recording],
	push: ['push'],
	simulate: ['simulate', 'nothing-like-it', '--socket', join(folder, 'modem')],
};

const state = { ...process.env, XDG_STATE_HOME: newFolder() };

/** No stack, no inside of Node: a person reads it. */
const isPlain = (text: string) =>
	!/^\s+at .*:\d+:\d+|node:internal|UnhandledPromise|ERR_[A-Z_]+|it should not|defect of modemscope/m.test(
		text,
	);

it('knows a run of every command', () => {
	expect(Object.keys(runs).sort()).toEqual(commands.map(({ name }) => name).sort());
});

describe.each(Object.entries(runs))('%s', (_, args) => {
	it('ends when its reader does', async () => {
		const child = spawn(process.execPath, [program, ...args], {
			env: state,
			stdio: ['ignore', 'pipe', 'pipe'],
			timeout: 30_000,
		});
		child.stdout.destroy();
		let said = '';
		child.stderr.on('data', (chunk: Buffer) => {
			said += chunk;
		});
		const code = await new Promise((done) => child.once('close', done));
		expect(code).not.toBeNull();
		expect(said).toSatisfy(isPlain);
	});

	it('runs without a home and with no locale but C', () => {
		const { PATH } = process.env;
		const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
			encoding: 'utf8',
			maxBuffer: 2 ** 28,
			env: { PATH, LC_ALL: 'C', XDG_STATE_HOME: state.XDG_STATE_HOME },
			timeout: 30_000,
		});
		expect(status).not.toBeNull();
		expect(stderr).toSatisfy(isPlain);
	});
});

const mayMount = spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs none /sys']).status === 0;

describe.runIf(mayMount).each(['/sys', '/proc'])('without %s', (tree) => {
	it.each(Object.entries(runs))('%s ends in words', (_, args) => {
		const script = 'mount -t tmpfs none "$1"; shift; exec "$@"';
		const { status, stderr } = spawnSync(
			'unshare',
			['-m', 'sh', '-ec', script, 'sh', tree, process.execPath, program, ...args],
			{ encoding: 'utf8', env: state, timeout: 30_000, maxBuffer: 2 ** 28 },
		);
		expect(status).not.toBeNull();
		expect(stderr).toSatisfy(isPlain);
	});
});

it('measures no time by the wall clock, which may be set back', () => {
	const waiting = globSync('source/**/*.{ts,tsx}', { cwd: root }).filter((path) =>
		/(?:while|for) \([^\n]*Date\.now\(\)|Date\.now\(\) [<>]/.test(
			readFileSync(join(root, path), 'utf8'),
		),
	);
	expect(waiting).toEqual([]);
});
