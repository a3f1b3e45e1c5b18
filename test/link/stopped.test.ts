import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { streamLink } from '../../source/link/link.ts';

it('hears what came while its process was stopped, though the time for it is over', async () => {
	const path = join(mkdtempSync(join(tmpdir(), 'stopped-')), 'port');
	const server = createServer((modem) => {
		modem.on('error', () => {});
		modem.on('data', () => {
			modem.write('ACK');
			// As after SIGSTOP and SIGCONT: the timers are due before anybody has looked at the port.
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
		});
	});
	await new Promise<void>((resolve) => server.listen(path, resolve));
	const socket = connect(path);
	onTestFinished(() => {
		socket.destroy();
		server.close();
	});
	await once(socket, 'connect');
	const link = streamLink(socket, path, createClock());
	await link.write(Buffer.from('NOP'));
	expect((await link.read(0.2))?.toString()).toBe('ACK');
	expect(await link.read(0.2)).toBeUndefined();
});
