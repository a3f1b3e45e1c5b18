import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchAtNodes } from '../../source/at/armed/window.ts';
import type { UsbDevice } from '../../source/events.ts';
import { rehearsalHost } from '../../source/host.ts';
import { models } from '../../source/modems/simulated.ts';
import { descriptorsOf } from '../../source/simulator/backend/sysfs-tree.ts';
import { applicationDevice } from '../../source/simulator/device/devices.ts';
import { listDevices } from '../../source/usb/scan/sysfs.ts';

/** A host on which the kernel is in the middle of adding a modem's interfaces. */
function halfway(numbers: readonly number[]) {
	const folder = mkdtempSync(join(tmpdir(), 'modemscope-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const host = rehearsalHost(folder, 1);
	const bus = join(host.sysfs, 'bus/usb/devices');
	const write = (at: string, values: Record<string, string | Buffer>) => {
		mkdirSync(join(bus, at), { recursive: true });
		for (const [name, value] of Object.entries(values)) writeFileSync(join(bus, at, name), value);
	};
	mkdirSync(host.dev);
	const descriptors = descriptorsOf(applicationDevice(models.RC7620, 7));
	write('3-1', { idVendor: '1199', idProduct: '68c0', devnum: '7', descriptors });
	for (const number of numbers) {
		const tty = `ttyUSB${Math.max(0, number - 1)}`;
		mkdirSync(join(bus, `3-1:1.${number}`, tty, 'tty', tty), { recursive: true });
	}
	const found: UsbDevice[] = [];
	const stop = watchAtNodes(host, '3-1', (device) => found.push(device));
	onTestFinished(stop);
	const appear = (node: string) => writeFileSync(join(host.dev, node), '');
	return { host, found, appear };
}

test('the AT port is told when its node is there, whatever is still to come', async () => {
	const { host, found, appear } = halfway([0, 2, 3]);
	expect((await listDevices(host.sysfs)).size).toBe(0);
	appear('ttyUSB2');
	await vi.waitFor(() => expect(found.length).toBeGreaterThan(0), { timeout: 5000, interval: 2 });
	expect(found[0]).toMatchObject({ path: '3-1', number: 7, vid: '1199' });
});

test('a device that may yet be a loader, or has no AT port yet, is not told', async () => {
	for (const numbers of [[0], [0, 2]]) {
		const { found, appear } = halfway(numbers);
		appear('ttyUSB0');
		appear('cdc-wdm0');
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(found).toEqual([]);
	}
});
