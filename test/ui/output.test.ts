import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WriteStream } from 'node:tty';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TerminalOutput } from '../../source/ui/terminal/output.ts';

let folder: string;
let fd: number;
const path = () => join(folder, 'terminal');

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'output-'));
	fd = openSync(path(), 'w');
});
afterEach(() => {
	closeSync(fd);
	rmSync(folder, { recursive: true });
});

const terminal = (on = fd) =>
	Object.assign(new EventEmitter(), { fd: on, columns: 80, rows: 24 }) as unknown as WriteStream & {
		fd: number;
	};

it('writes everything in its order and says when it is behind', async () => {
	const pipe = join(folder, 'pipe');
	execFileSync('mkfifo', [pipe]);
	const both = await open(pipe, 'r+');
	const output = new TerminalOutput(terminal(both.fd));
	const frames = Array.from({ length: 400 }, (_, frame) => `frame ${frame} `.repeat(50));
	output.write(frames[0]!);
	expect(output.isBusy).toBe(false);
	for (const frame of frames.slice(1)) output.write(frame);
	expect(output.isBusy).toBe(true);
	output.end();
	const isWritten = once(output, 'finish').then(() => true);
	let read = '';
	const wanted = frames.join('');
	while (read.length < wanted.length) {
		const { buffer, bytesRead } = await both.read();
		read += buffer.toString('utf8', 0, bytesRead);
	}
	expect(await isWritten).toBe(true);
	expect(output.isBusy).toBe(false);
	expect(read).toBe(wanted);
	await both.close();
});

it('has the size of the terminal, and passes on that it changed', async () => {
	const below = terminal();
	const output = new TerminalOutput(below);
	const resized = once(output, 'resize');
	Object.assign(below, { columns: 132 });
	below.emit('resize');
	await resized;
	expect([output.columns, output.rows]).toEqual([132, 24]);
	output.destroy();
	expect(below.listenerCount('resize')).toBe(0);
});

it('goes over rows that stay as they are with one sequence', async () => {
	const output = new TerminalOutput(terminal());
	output.write('\u001b[2A\u001b[E\u001b[E\u001b[E1\n\u001b[E2');
	output.end();
	await once(output, 'finish');
	expect(readFileSync(path(), 'utf8')).toBe('\u001b[2A\u001b[3E1\n\u001b[E2');
});
