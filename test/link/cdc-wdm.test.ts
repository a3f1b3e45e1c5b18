import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { isCdcWdm, openCdcWdm } from '../../source/link/cdc-wdm.ts';
import { LinkLost, streamLink } from '../../source/link/link.ts';
import { newFolder } from '../flash/rehearse.ts';

/** A FIFO that is read and written by one gives back what it was given, and says EAGAIN when empty. */
async function loopback() {
	const path = join(newFolder(), 'cdc-wdm0');
	execFileSync('mkfifo', [path]);
	return streamLink(await openCdcWdm(path), path, createClock());
}

test('a node is told by its name', () => {
	expect(
		['/dev/cdc-wdm0', '/dev/cdc-wdm12', '/dev/ttyUSB0', '/dev/xcdc-wdm0'].map(isCdcWdm),
	).toEqual([true, true, false, false]);
});

test('messages go and come, silence is waited for, and closing ends it', async () => {
	const link = await loopback();
	expect(await link.read(0.05)).toBeUndefined();
	await link.write(Buffer.from('one'));
	expect((await link.read(2))?.toString()).toBe('one');
	await link.write(Buffer.alloc(4096, 'x'));
	expect(await link.read(2)).toHaveLength(4096);
	await link.close();
	await expect(link.read(1)).rejects.toThrow(LinkLost);
});
