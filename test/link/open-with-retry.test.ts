import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { expect, onTestFinished, test } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { openPort } from '../../source/link/open.ts';
import { openWithRetry } from '../../source/link/open-with-retry.ts';
import { exitCode } from '../../source/problem.ts';

/** Fast enough that no wait of it is felt. */
const hasty = createClock(1000);

/** A tty that is held until `free` is called. */
async function heldTty() {
	const terminal = spawn('sh', ['-c', 'tty; exec sleep 60'], {});
	onTestFinished(() => terminal.kill('SIGKILL'));
	const said = await new Promise<string>((resolve) => terminal.onData(resolve));
	const path = said.trim();
	const holder = await openPort(path, hasty);
	onTestFinished(() => holder.close());
	return { path, free: () => holder.close() };
}

function newPath(): string {
	const folder = mkdtempSync(join(tmpdir(), 'open-with-retry-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return join(folder, 'ttyUSB0');
}

test('a port that another program looks into is opened when it is free', async () => {
	const { path, free } = await heldTty();
	const opening = openWithRetry(path, createClock());
	await free();
	const link = await opening;
	expect(link.port).toBe(path);
	await link.close();
});

test('a port that stays held is refused in the end, and its holder is named', async () => {
	const { path } = await heldTty();
	const began = hasty.now();
	await expect(openWithRetry(path, hasty)).rejects.toMatchObject({
		exit: exitCode.noAccess,
		message: expect.stringMatching(/ is held by /),
	});
	expect(hasty.now() - began).toBeGreaterThanOrEqual(10);
});

test('a node that comes after its device is waited for', async () => {
	const path = newPath();
	const opening = openWithRetry(path, createClock());
	const server = createServer();
	onTestFinished(() => void server.close());
	await new Promise<void>((resolve) => server.listen(path, resolve));
	const link = await opening;
	await link.close();
});

test('a node that does not come is no device', async () => {
	await expect(openWithRetry(newPath(), hasty)).rejects.toMatchObject({ exit: exitCode.noDevice });
});

test('who is told to stop waits no longer', async () => {
	const stop = new AbortController();
	const opening = openWithRetry(newPath(), createClock(0.001), { signal: stop.signal });
	stop.abort();
	await expect(opening).rejects.toMatchObject({ exit: exitCode.noDevice });
});
