import { spawnSync } from 'node:child_process';
import {
	existsSync,
	globSync,
	readFileSync,
	renameSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { newState, program, Screen } from './screen.ts';

/** The file that keeps what was compiled of the program. */
function keptIn(cache: string): string | undefined {
	return globSync(join(cache, 'modemscope/*/*-program-????????.js'))[0];
}

function help(cache: string): string {
	const env = { ...process.env, XDG_CACHE_HOME: cache };
	return spawnSync(process.execPath, [program, 'at', '--help'], { env, encoding: 'utf8' }).stdout;
}

it('keeps what a start has compiled, and takes it at the next one', () => {
	const cache = newState();
	const says = help(cache);
	expect(says).toMatch(/sends AT commands/);
	const kept = keptIn(cache)!;
	const { ino, size, mode } = statSync(kept);
	expect(size).toBeGreaterThan(100_000);
	expect(mode & 0o077).toBe(0);
	expect(help(cache)).toBe(says);
	expect(statSync(kept).ino).toBe(ino);
});

it('removes what a version before it has kept', () => {
	const cache = newState();
	help(cache);
	const kept = keptIn(cache)!;
	const [old, young] = ['00000000', '11111111'].map((hash) =>
		kept.replace(/[^-]{8}(?=\.js$)/, hash),
	) as [string, string];
	renameSync(kept, old);
	utimesSync(old, 0, 0);
	writeFileSync(young, '');
	help(cache);
	expect([kept, old, young].map((path) => existsSync(path))).toEqual([true, false, true]);
});

it('compiles anew what does not fit, and keeps that', () => {
	const cache = newState();
	const says = help(cache);
	const kept = keptIn(cache)!;
	const whole = readFileSync(kept);
	const bad = Buffer.from(whole);
	bad.fill(0x5a, bad.length >> 1);
	for (const spoil of [
		() => truncateSync(kept, 1000),
		() => truncateSync(kept, 0),
		() => writeFileSync(kept, bad),
	]) {
		spoil();
		expect(help(cache)).toBe(says);
		expect(statSync(kept).size).toBeGreaterThan(whole.length / 2);
		expect(readFileSync(kept).equals(bad)).toBe(false);
	}
});

/** A console that keeps what it compiles below this folder. */
function console(cache: string): Screen {
	const recording = 'recordings/rc7620-missed-hello-2023-06-01.ndjson';
	return new Screen(['--replay', recording], newState(), 120, 40, {
		env: { XDG_CACHE_HOME: cache },
	});
}

it('keeps what the console has compiled for a start that has its flags', async () => {
	const cache = newState();
	const env = { ...process.env, XDG_CACHE_HOME: cache };
	spawnSync(process.execPath, [program, '--help'], { env });
	expect(keptIn(cache)).toBe(undefined);
	const first = console(cache);
	await first.until(() => keptIn(cache) !== undefined, 20, 'compiled code');
	first.close();
	const { ino } = statSync(keptIn(cache)!);
	const second = console(cache);
	await second.shows(/\[1 USB\]/);
	// What did not fit would be replaced after two seconds.
	await sleep(2500);
	second.close();
	expect(statSync(keptIn(cache)!).ino).toBe(ino);
});

/** Keeps in `kept` what the script is compiled to before a function of it is called, with the console's flags. */
const keepLittle = (kept: string) => `
	import { readFileSync, writeFileSync } from 'node:fs';
	import { setFlagsFromString } from 'node:v8';
	import { Script } from 'node:vm';
	import { compileLittle } from '${resolve('source/heap.ts')}';
	compileLittle();
	setFlagsFromString('--verify-snapshot-checksum');
	const filename = '${resolve('dist')}/' + '${basename(kept)}'.replace(/^[a-z]+-/, '');
	const text = readFileSync(filename, 'latin1');
	const cachedData = new Script(text, { filename }).createCachedData();
	if (new Script(text, { filename, cachedData }).cachedDataRejected) throw new Error('it does not fit');
	writeFileSync('${kept}', Buffer.concat([Buffer.alloc(8, 1), cachedData]));`;

it('replaces what a start has kept that called little', async () => {
	const cache = newState();
	const first = console(cache);
	await first.until(() => keptIn(cache) !== undefined, 20, 'compiled code');
	first.close();
	const kept = keptIn(cache)!;
	const { size } = statSync(kept);
	const script = ['--input-type=module', '-e', keepLittle(kept)];
	expect(spawnSync(process.execPath, script, { encoding: 'utf8' })).toMatchObject({ status: 0 });
	expect(statSync(kept).size).toBeLessThan(size / 2);
	const second = console(cache);
	await second.until(() => statSync(kept).size > 0.9 * size, 20, 'more compiled code');
	second.close();
});

/** Modules of Node's own that were compiled anew, as Node tells in this file. */
const compiledAnew = (said: string) =>
	[...said.matchAll(/Code cache of (\S+) .*is rejected/g)].map(([, module]) => module);

it('takes what Node has compiled of its own modules, in a command and in the console', async () => {
	const cache = newState();
	const env = { XDG_CACHE_HOME: cache, NODE_DEBUG_NATIVE: 'CODE_CACHE' };
	const decode = () =>
		spawnSync(process.execPath, [program, 'decode', '01020304'], {
			env: { ...process.env, ...env },
			encoding: 'utf8',
		}).stderr;
	// The first start compiles the program besides.
	for (const said of [decode(), decode()]) {
		expect(said).toMatch(/Code cache of fs\/promises .*is accepted/);
		expect(compiledAnew(said)).toEqual([]);
	}
	const told = join(cache, 'told');
	const command = ['sh', '-c', `exec "$@" 2>${told}`, 'sh', process.execPath, program];
	const screen = new Screen([], newState(), 120, 40, { env, command });
	await screen.shows(/\[1 USB\]/);
	screen.close();
	const said = readFileSync(told, 'utf8');
	expect(said).toMatch(/Code cache of perf_hooks .*is accepted/);
	// Standard error is a file here only; the other is a dozen lines.
	const few = ['internal/fs/sync_write_stream', 'internal/navigator'];
	expect(compiledAnew(said).filter((module) => !few.includes(module!))).toEqual([]);
});
