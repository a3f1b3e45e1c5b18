import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { rehearse } from './rehearse.ts';

test('a machine that shows no USB is told by every command that needs it', async () => {
	const { run, image, folder } = await rehearse('loader');
	rmSync(join(folder, 'sys/bus/usb'), { recursive: true });
	const port = join(folder, 'dev/ttyUSB0');
	const refused: string[][] = [
		['--plain', '--for', '1s'],
		['watch', '--for', '1s'],
		['watch', '--list'],
		['raw', '3-1:1.3', '--yes', '--for', '1s'],
		['doctor'],
		['guard', '--for', '1s'],
		['leave'],
		['leave', '--port', port],
		['at', 'ATI'],
		['at', '--catch', '--yes', 'BOOTHOLD', 'AT!BOOTHOLD', '--for', '1s'],
		['flash', image],
		['flash', image, '--catch', '--dry-run'],
		['flash', image, '--yes-flash', 'RC7620'],
		['inspect', image, '--device', '3-1'],
	];
	for (const [name = '', ...args] of refused) {
		const { exit, err } = await run(name, ...args);
		expect({ name, args, exit, err }).toMatchObject({
			exit: exitCode.noDevice,
			err: expect.stringContaining('This machine shows no USB: '),
		});
	}
});
