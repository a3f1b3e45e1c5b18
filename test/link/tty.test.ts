import { execFile } from 'node:child_process';
import { type IPty, spawn } from '@lydell/node-pty';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { hedgedOpen } from '../../source/link/hedged-open.ts';
import { LinkLost, streamLink } from '../../source/link/link.ts';
import { openPort } from '../../source/link/open.ts';
import { openTty } from '../../source/link/tty.ts';

/** The name of the tty of a program that does nothing with it. */
async function quietTty() {
	const program = spawn('sh', ['-c', 'stty raw -echo; tty; exec sleep 60'], {});
	const said = await new Promise<string>((resolve) => {
		let text = '';
		program.onData((data) => {
			text += data;
			if (/\n/.test(text)) resolve(text);
		});
	});
	return { path: said.trim(), modem: program };
}

test('what a loader said before the port was opened is not thrown away', async () => {
	const { path, modem } = await quietTty();
	modem.write('HELLO');
	const link = await openPort(path, createClock());
	const heard = await link.read(5);
	await link.close();
	modem.kill();
	expect(heard?.toString()).toBe('HELLO');
});

test('an open that comes late neither takes the port from the one before it nor holds it', async () => {
	const { path, modem } = await quietTty();
	onTestFinished(() => modem.kill());
	const late = Promise.withResolvers<void>();
	const opens: Promise<Awaited<ReturnType<typeof openTty>>>[] = [];
	const open = () => {
		const isFirst = opens.length === 0;
		const one = (isFirst ? late.promise : Promise.resolve()).then(() => openTty(path, {}));
		opens.push(one);
		return one;
	};
	const port = await hedgedOpen(open, (unwanted) => unwanted.close(() => {}));
	const link = streamLink(port, path, createClock());
	late.resolve();
	await expect(opens[0]).rejects.toThrow(/lock/);
	modem.write('OK');
	expect((await link.read(5))?.toString()).toBe('OK');
	await link.close();
	await (await openPort(path, createClock())).close();
});

/** The tty of a program that reads at its own pace, in a terminal that holds 4 KiB. */
async function slowReader(script: string) {
	const program = spawn('sh', ['-c', `stty raw -echo; tty; ${script}`], {});
	onTestFinished(() => program.kill());
	const said: string[] = [];
	program.onData((data) => said.push(data));
	await vi.waitFor(() => expect(said.join('')).toMatch(/\n/), { interval: 5 });
	return { path: said.join('').trim(), program, said };
}

/** As it has room, and waiting in the kernel. */
const ways = [{ longWrites: false }, { longWrites: true }];

test.for(ways)(
	'more bytes than the tty has room for arrive in their order, while answers come: %o',
	async (way) => {
		const { path, program } = await slowReader('exec sleep 60');
		const received: Buffer[] = [];
		const link = await openPort(path, createClock(), way);
		// The other side of a pty is read here, and its own writes are what the link reads.
		program.onData((data) => received.push(Buffer.from(data, 'utf8')));
		const sent = Buffer.from(Array.from({ length: 200_000 }, (_, at) => 32 + (at % 89)));
		const writing = link.write(sent);
		program.write('OK');
		expect((await link.read(5))?.toString()).toBe('OK');
		await writing;
		await vi.waitFor(() => expect(Buffer.concat(received)).toHaveLength(sent.length), {
			timeout: 5000,
		});
		expect(Buffer.concat(received).equals(sent)).toBe(true);
		await link.close();
	},
);

test.for(ways)(
	'a write that waits for room ends when the port is closed, or goes away: %o',
	async (way) => {
		for (const end of ['closed', 'gone'] as const) {
			const { path, program } = await slowReader('exec sleep 60');
			program.pause();
			const link = await openPort(path, createClock(), way);
			const writing = link.write(Buffer.alloc(200_000, 'x'));
			writing.catch(() => {});
			await new Promise((resolve) => setTimeout(resolve, 20));
			if (end === 'closed') await link.close();
			else (program as IPty & { destroy(): void }).destroy();
			await expect(writing).rejects.toBeInstanceOf(LinkLost);
			await link.close();
		}
	},
);

test('a process whose modem takes nothing any more ends all the same', async () => {
	const { path, program } = await slowReader('exec sleep 60');
	program.pause();
	const script = `
		import { createClock } from './source/clock.ts';
		import { endIfStuck } from './source/link/long-writes.ts';
		import { openPort } from './source/link/open.ts';
		const link = await openPort(process.argv[1], createClock(), { longWrites: true });
		const writing = link.write(Buffer.alloc(200_000, 'x')).catch(({ name }) => name);
		await link.read(0.2);
		await link.close();
		console.log(await writing);
		endIfStuck();`;
	const { stdout, signal } = await new Promise<{ stdout: string; signal: unknown }>((resolve) => {
		const args = ['--input-type=module-typescript', '-e', script, path];
		execFile(process.execPath, args, (error, out) =>
			resolve({ stdout: out, signal: error?.signal }),
		);
	});
	expect(stdout.trim()).toBe('LinkLost');
	expect(signal).toBe('SIGKILL');
});
