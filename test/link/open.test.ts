import { chmodSync, linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { type Link, LinkLost } from '../../source/link/link.ts';
import { openPort } from '../../source/link/open.ts';
import { exitCode, Problem } from '../../source/problem.ts';

const clock = createClock();
/** A wait that no test reaches, seconds. */
const long = 30;

let folder: string;
const closing: (() => unknown)[] = [];
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'modemscope-'));
});
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
	rmSync(folder, { recursive: true });
});

async function serve(handle: (socket: Socket) => void): Promise<string> {
	const path = join(folder, 'ttyUSB0');
	const server = createServer(handle);
	await new Promise<void>((resolve) => server.listen(path, resolve));
	closing.push(() => server.close());
	return path;
}
async function open(path: string): Promise<Link> {
	const link = await openPort(path, clock);
	closing.push(() => link.close());
	return link;
}
const problemOf = (path: string) =>
	openPort(path, clock).then(
		() => expect.unreachable(`${path} was opened`),
		(error: Problem) => error,
	);
async function readAll(link: Link, length: number): Promise<Buffer> {
	let all = Buffer.alloc(0);
	while (all.length < length) all = Buffer.concat([all, (await link.read(long))!]);
	return all;
}

test('a missing port is no device', async () => {
	const problem = await problemOf(join(folder, 'ttyUSB7'));
	expect(problem).toBeInstanceOf(Problem);
	expect(problem.exit).toBe(exitCode.noDevice);
	expect(problem.sentence).toMatch(/^There is no port .*ttyUSB7\. Next: look with/);
});

test('what is no port is said to be none', async () => {
	const file = join(folder, 'file');
	writeFileSync(file, 'no port');
	for (const path of [file, folder]) {
		const problem = await problemOf(path);
		expect(problem.exit).toBe(exitCode.noDevice);
		expect(problem.sentence).toMatch(/(file|modemscope-\w+) is not a port\. Next: look with/);
	}
	// A character device, but no tty.
	expect((await problemOf('/dev/null')).message).toMatch(/^\/dev\/null could not be opened: /);
});

test('a socket is a port, both ways', async () => {
	const link = await open(await serve((socket) => socket.pipe(socket)));
	await link.write(Buffer.from('AT\r'));
	expect(await readAll(link, 3)).toEqual(Buffer.from('AT\r'));
});

test('a socket whose other side is gone is lost', async () => {
	const link = await open(await serve((socket) => socket.end('bye')));
	expect(await readAll(link, 3)).toEqual(Buffer.from('bye'));
	await expect(link.read(long)).rejects.toThrow(LinkLost);
});

test('a socket that nobody serves any more is no device', async () => {
	const path = join(folder, 'ttyUSB0');
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(path, resolve));
	// A server that is killed leaves its name behind; one that closes takes it away.
	const left = join(folder, 'ttyUSB1');
	linkSync(path, left);
	await new Promise((resolve) => server.close(resolve));
	expect((await problemOf(left)).exit).toBe(exitCode.noDevice);
});

const isRoot = process.getuid?.() === 0;
test('a port that one may not open says which group may', async () => {
	const path = await serve(() => {});
	chmodSync(folder, 0o755);
	chmodSync(path, 0);
	// Root may open everything: be nobody for a moment.
	if (isRoot) process.seteuid!(65_534);
	const problem = await problemOf(path).finally(() => isRoot && process.seteuid!(0));
	expect(problem.exit).toBe(exitCode.noAccess);
	expect(problem.sentence).toMatch(/^You may not open .* Next: join the group dialout/);
});

describe('a tty', () => {
	/** A tty whose other side we hold; `sleep` keeps it open as a driver does. */
	async function tty() {
		const pty = spawn('sh', ['-c', 'tty; echo alone; exec sleep 600'], {
			name: 'dumb',
			encoding: null,
		});
		closing.push(() => pty.kill('SIGKILL'));
		let heard = Buffer.alloc(0);
		const waiting = new Set<() => void>();
		pty.onData((data: string | Buffer) => {
			heard = Buffer.concat([heard, Buffer.from(data as Buffer)]);
			for (const wake of waiting) wake();
		});
		const hear = (end: string) =>
			new Promise<string>((resolve) => {
				const look = () => {
					const text = heard.toString('latin1');
					if (!text.endsWith(end)) return;
					waiting.delete(look);
					heard = Buffer.alloc(0);
					resolve(text);
				};
				waiting.add(look);
				look();
			});
		// Until then the program that names the tty holds it too.
		const path = (await hear('alone\r\n')).replace(/\s+alone\s+$/, '');
		return { pty, path, hear };
	}

	test('is raw: every byte crosses it as it is, both ways, without an echo', async () => {
		const { pty, path, hear } = await tty();
		const link = await open(path);
		const every = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
		pty.write(every as unknown as string);
		expect(await readAll(link, 256)).toEqual(every);
		await link.write(Buffer.concat([every, Buffer.from('END')]));
		expect(await hear('END')).toBe(`${every.toString('latin1')}END`);
		// An echo would have come back by now, before what is asked for next.
		pty.write('next');
		expect(await readAll(link, 4)).toEqual(Buffer.from('next'));
	});

	test('is held by one program at a time, and free again at once when it is closed', async () => {
		const { path } = await tty();
		const link = await open(path);
		const problem = await problemOf(path);
		expect(problem.exit).toBe(exitCode.noAccess);
		// The shell at the other side of this tty is the one that has it open beside us.
		expect(problem.sentence).toMatch(
			new RegExp(`^${path} is held by \\w+ \\(process \\d+: .+\\)\\. Next: wait until it ends, or`),
		);
		for (let n = 0; n < 5; n++) {
			await link.close();
			await (await openPort(path, clock)).close();
		}
	});

	test('that goes away under us is lost, with a reason', async () => {
		const { pty, path } = await tty();
		const link = await open(path);
		const reading = expect(link.read(long)).rejects.toThrow(LinkLost);
		pty.kill('SIGKILL');
		await reading;
		expect(await link.ended).toBeTruthy();
		await expect(link.write(Buffer.from('AT\r'))).rejects.toThrow(LinkLost);
		await link.close();
	});
});
