import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { simulate } from '../../source/commands/simulate/simulate.ts';
import { exitCode } from '../../source/problem.ts';
import { holdLease, unneeded } from '../../source/simulator/backend/lease.ts';
import { readRehearsal, startRehearsal } from '../../source/simulator/backend/rehearsal.ts';

let folder: string;
// Each writes a firmware file of 35 MB, on a disk that may be busy.
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'modemscope-'));
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true, force: true });
});

const run = (scenario: string, signal?: AbortSignal, lease = false) => {
	const lines: string[] = [];
	const out = (line: string) => lines.push(line);
	const options = { socket: folder, speed: 50, lease, out, ...(signal ? { signal } : {}) };
	return { lines, ended: simulate(scenario, options) };
};
const ready = () => vi.waitFor(() => expect(readRehearsal(folder)).toBeDefined(), 10_000);

test('a rehearsal says when it is ready, what happens, and leaves nothing', async () => {
	const stop = new AbortController();
	const { lines, ended } = run('boot-loop', stop.signal);
	await ready();
	expect(readRehearsal(folder)).toEqual({
		pid: process.pid,
		scenario: 'boot-loop',
		speed: 50,
		image: join(folder, 'RC76xx_rehearsal_GENERIC_7620.spk'),
	});
	await vi.waitFor(() => expect(lines.join('\n')).toMatch(/\d\.\d s {2}went from the bus/), 10_000);
	expect(lines[0]).toMatch(/^boot-loop: /);
	stop.abort();
	expect(await ended).toBe(exitCode.done);
	expect(readdirSync(folder)).toEqual([]);
});

test('an unknown scenario is a Problem that lists the known ones', async () => {
	await expect(run('nonsense').ended).rejects.toMatchObject({
		exit: exitCode.usage,
		next: expect.stringContaining('boot-loop, stuck, loader, healthy'),
	});
});

test('a speed that is none and a folder that cannot be are Problems', async () => {
	const out = () => {};
	const still = simulate('stuck', { socket: folder, speed: 0, lease: false, out });
	await expect(still).rejects.toMatchObject({ exit: exitCode.usage });
	writeFileSync(join(folder, 'file'), '');
	const inFile = { socket: join(folder, 'file/folder'), speed: 1, lease: false, out };
	await expect(simulate('stuck', inFile)).rejects.toThrow(/cannot be made/);
});

test('a folder with other things in it is left alone', async () => {
	mkdirSync(join(folder, 'sys'));
	await expect(run('healthy').ended).rejects.toThrow(/not empty/);
	expect(existsSync(join(folder, 'sys'))).toBe(true);
});

test('the remains of a rehearsal that was killed are cleared, those of a living one are not', async () => {
	const stop = new AbortController();
	const { ended } = run('stuck', stop.signal);
	await ready();
	await expect(run('stuck').ended).rejects.toThrow(/runs in .* already/);
	stop.abort();
	await ended;
	mkdirSync(join(folder, 'dev'));
	writeFileSync(join(folder, 'dev/ttyUSB0'), '');
	writeFileSync(join(folder, 'rehearsal.json'), '{"pid":999999999}');
	expect(readRehearsal(folder)).toBeUndefined();
	const again = new AbortController();
	const second = run('stuck', again.signal);
	await ready();
	again.abort();
	await second.ended;
	expect(readdirSync(folder)).toEqual([]);
});

test('a rehearsal is unneeded when nobody has held a lease for half a minute', async () => {
	vi.useFakeTimers();
	let over = false;
	void unneeded(folder, new AbortController().signal).then(() => {
		over = true;
	});
	await vi.advanceTimersByTimeAsync(20_000);
	const release = holdLease(folder);
	await vi.advanceTimersByTimeAsync(120_000);
	release();
	writeFileSync(join(folder, 'lease/999999999'), '');
	await vi.advanceTimersByTimeAsync(27_000);
	expect(over).toBe(false);
	await vi.advanceTimersByTimeAsync(4_000);
	expect(over).toBe(true);
});

test('one that does not start is a Problem, and leaves no folder', async () => {
	vi.stubEnv('TMPDIR', folder);
	const start = (command: string[]) => startRehearsal({ scenario: 'stuck', speed: 1, command });
	await expect(start([process.execPath, '-e', 'process.exit(3)'])).rejects.toThrow(/ended with 3/);
	await expect(start([join(folder, 'nothing')])).rejects.toThrow(/did not start/);
	expect(readdirSync(folder)).toEqual([]);
});

test('it runs as a process of its own', async () => {
	const started = await startRehearsal({
		scenario: 'boot-loop',
		speed: 20,
		command: [process.execPath, join(import.meta.dirname, 'simulate-process.ts')],
	});
	const rehearsal = readRehearsal(started.folder);
	expect(rehearsal?.pid).not.toBe(process.pid);
	expect(existsSync(started.image)).toBe(true);
	process.kill(rehearsal!.pid, 'SIGTERM');
	await vi.waitFor(() => expect(existsSync(started.folder)).toBe(false), 10_000);
});
