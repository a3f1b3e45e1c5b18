import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Emit, UsbDevice } from '../../source/events.ts';
import type { Host } from '../../source/host.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/devices.ts';
import { models } from '../../source/simulator/models.ts';
import { PortWatch } from '../../source/usb/port-watch.ts';
import { hasUsb, watchUsb } from '../../source/usb/watch.ts';
import { folderHost, listener } from './folder.ts';

// The poll sleeps: what is seen without it was seen by the folder's own messages.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

async function watch(host: Host, emit: Emit, wanted = (_: UsbDevice) => true) {
	const usb = await watchUsb(host, emit, wanted);
	onTestFinished(() => usb.stop());
	return usb;
}
const went = { type: 'usb-went', path: '3-1', vid: '1199', pid: '68c0' };

test('what is there at the start has come', async () => {
	const { host, add } = folderHost();
	add(applicationDevice(models.RC7620, 59));
	const { said, emit } = listener();
	const usb = await watch(host, emit);
	expect(said).toEqual([{ type: 'usb-came', device: applicationDevice(models.RC7620, 59) }]);
	expect(usb.devices()).toEqual(new Map([['3-1', applicationDevice(models.RC7620, 59)]]));
	await usb.look();
	expect(said).toHaveLength(1);
});

test('coming, changing and going are said as they happen', async () => {
	const { host, add, remove, write, devices } = folderHost();
	const { said, emit } = listener();
	const usb = await watch(host, emit);
	add(loaderDevice(models.RC7620, 60));
	await usb.look();
	write('3-1', { product: 'Another name' });
	await usb.look();
	remove(loaderDevice(models.RC7620, 60));
	await usb.look();
	expect(said).toEqual([
		{ type: 'usb-came', device: loaderDevice(models.RC7620, 60) },
		{
			type: 'usb-changed',
			device: { ...loaderDevice(models.RC7620, 60), product: 'Another name' },
		},
		went,
	]);
	expect(usb.devices()).toEqual(new Map());
	rmSync(devices, { recursive: true });
	await usb.look();
});

test('another device number at the same path is another life', async () => {
	const { host, add, remove } = folderHost();
	const { said, emit } = listener();
	add(applicationDevice(models.RC7620, 59));
	const usb = await watch(host, emit);
	remove(applicationDevice(models.RC7620, 59));
	add(applicationDevice(models.RC7620, 60));
	await usb.look();
	const came = { type: 'usb-came', device: applicationDevice(models.RC7620, 60) };
	expect(said.slice(1)).toEqual([went, came]);
});

test('only what is wanted is said', async () => {
	const { host, add, remove } = folderHost();
	const { said, emit } = listener();
	const usb = await watch(host, emit, ({ vid }) => vid === '1199');
	const stick = { ...loaderDevice(models.RC7620, 1), path: '3-2', vid: '125f', pid: 'dd35' };
	add(stick);
	add(loaderDevice(models.RC7620, 2));
	await usb.look();
	remove(stick);
	await usb.look();
	expect(said).toEqual([{ type: 'usb-came', device: loaderDevice(models.RC7620, 2) }]);
});

test('nothing is lost in a fast loop, without the poll', async () => {
	const { host, add, remove } = folderHost();
	const { said, emit, count } = listener();
	await watch(host, emit);
	for (let n = 0; n < 100; n++) {
		add(applicationDevice(models.RC7620, n));
		await count(2 * n + 1);
		remove(applicationDevice(models.RC7620, n));
		await count(2 * n + 2);
	}
	expect(said).toEqual(
		Array.from({ length: 100 }, (_, n) => [
			{ type: 'usb-came', device: applicationDevice(models.RC7620, n) },
			went,
		]).flat(),
	);
});

test('the poll sees what sends no message', async () => {
	const { host, add, write } = folderHost();
	add(loaderDevice(models.RC7620, 60));
	const { said, emit, count } = listener();
	await watch(host, emit);
	write('3-1', { product: 'Another name' });
	expect(said).toHaveLength(1);
	vi.advanceTimersByTime(250);
	await count(2);
	expect(said[1]).toMatchObject({ type: 'usb-changed', device: { product: 'Another name' } });
});

test('a look that is asked for during another one sees what came since', async () => {
	const { host, add } = folderHost();
	const { said, emit } = listener();
	const usb = await watch(host, emit);
	const first = usb.look();
	await Promise.resolve();
	add(loaderDevice(models.RC7620, 60));
	await usb.look();
	expect(said).toEqual([{ type: 'usb-came', device: loaderDevice(models.RC7620, 60) }]);
	await first;
});

test('stop stops, also a look on its way', async () => {
	const { host, add } = folderHost();
	const { said, emit } = listener();
	const usb = await watch(host, emit);
	add(loaderDevice(models.RC7620, 60));
	const look = usb.look();
	usb.stop();
	await look;
	vi.advanceTimersByTime(1000);
	await usb.look();
	expect(said).toEqual([]);
	expect(vi.getTimerCount()).toBe(0);
});

test('a machine without USB is told from one without a modem', () => {
	const { host } = folderHost();
	expect(hasUsb(host)).toBe(true);
	expect(hasUsb({ ...host, sysfs: '/nonexistent' })).toBe(false);
});

test('a port watch waits for what is wanted at its path', async () => {
	const { host, add, remove } = folderHost(1000);
	const { said, emit } = listener();
	const port = await PortWatch.start(host, '3-1', emit);
	onTestFinished(() => port.stop());
	expect(port.device).toBeUndefined();
	expect(await port.until((device) => device !== undefined, 10)).toBe(false);
	const coming = port.until((device) => device?.interfaces.length === 1, 3_000_000);
	add({ ...loaderDevice(models.RC7620, 5), path: '3-2' });
	add(loaderDevice(models.RC7620, 60));
	expect(await coming).toBe(true);
	expect(port.device).toEqual(loaderDevice(models.RC7620, 60));
	expect(await port.until((device) => device !== undefined, 0)).toBe(true);
	const going = port.until((device) => device === undefined, 3_000_000);
	remove(loaderDevice(models.RC7620, 60));
	expect(await going).toBe(true);
	const stop = new AbortController();
	const waiting = port.until((device) => device !== undefined, 3_000_000, stop.signal);
	stop.abort();
	expect(await waiting).toBe(false);
	expect(said.map(({ type }) => type)).toEqual(['usb-came', 'usb-went']);
});
