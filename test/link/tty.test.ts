import { spawn } from '@lydell/node-pty';
import { expect, test } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { openPort } from '../../source/link/open.ts';

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
