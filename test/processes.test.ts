import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nameHolder } from '../source/link/port-holder.ts';
import { allProcesses, holdersOf } from '../source/processes.ts';

/** O_PATH of open(2): the file is named, and not opened. */
const pathOnly = 0o10_000_000;

/** A process that has opened a file of its own with these flags. */
async function opened(flags: number): Promise<{ path: string; pid: number }> {
	const folder = mkdtempSync(join(tmpdir(), 'processes-'));
	const path = join(folder, 'ttyUSB0');
	writeFileSync(path, '');
	const script = `require('fs').openSync(${JSON.stringify(path)}, ${flags}); console.log(); setInterval(() => {}, 1000)`;
	const program = spawn(process.execPath, ['-e', script]);
	onTestFinished(() => {
		program.kill('SIGKILL');
		rmSync(folder, { recursive: true });
	});
	await new Promise((resolve) => program.stdout.once('data', resolve));
	return { path, pid: program.pid! };
}

test('who has a file open holds it', async () => {
	const { path, pid } = await opened(0);
	expect(holdersOf('/proc', path).holders).toMatchObject([{ pid }]);
});

test('who only names a file, as udevd does to set the rights of a new node, does not hold it', async () => {
	const { path } = await opened(pathOnly);
	expect(holdersOf('/proc', path).holders).toEqual([]);
});

test('a program with arguments without an end is looked at as far as they say something', () => {
	const proc = mkdtempSync(join(tmpdir(), 'processes-'));
	onTestFinished(() => rmSync(proc, { recursive: true }));
	mkdirSync(join(proc, '7'));
	writeFileSync(join(proc, '7/comm'), 'flood\n');
	writeFileSync(join(proc, '7/cmdline'), `modemscope\0flash\0${'x'.repeat(1_000_000)}`);
	// With holes for what follows: 1 GB that takes no room on the disk.
	truncateSync(join(proc, '7/cmdline'), 1e9);
	const [flood] = allProcesses(proc);
	expect(flood?.name).toBe('flood');
	expect(flood?.command).toMatch(/^modemscope flash x+$/);
	expect(flood!.command.length).toBeLessThan(5000);
	expect(nameHolder(flood!)).toMatch(/^flood \(process 7: modemscope flash x+…\)$/);
	expect(nameHolder(flood!).length).toBeLessThan(250);
});
