import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peerOf } from '../../source/usb/scan/peer.ts';
import { newFolder } from '../flash/rehearse.ts';

describe('the other name of a connector', () => {
	it.each([
		['3-1', '3-0:1.0/usb3-port1', 'usb4-port1', '4-1'],
		['3-1.4', '3-1:1.0/3-1-port4', '4-1-port4', '4-1.4'],
		['1-2.3.1', '1-2.3:1.0/1-2.3-port1', '2-2.3-port1', '2-2.3.1'],
	])('of %s is found by its port', async (path, port, peer, expected) => {
		const sysfs = newFolder();
		const at = join(sysfs, 'bus/usb/devices', port);
		mkdirSync(at, { recursive: true });
		symlinkSync(`../../somewhere/${peer}`, join(at, 'peer'));
		expect(await peerOf(sysfs, path)).toBe(expected);
	});

	it('is missing where the kernel knows of none', async () => {
		expect(await peerOf(newFolder(), '3-1')).toBeUndefined();
	});
});
