import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Emit, UsbDevice } from '../../source/events.ts';
import type { Host } from '../../source/host.ts';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import { isModem } from '../../source/usb/device/modes.ts';
import { PortWatch } from '../../source/usb/scan/port-watch.ts';
import { hasUsb } from '../../source/usb/scan/sysfs.ts';
import { watchUsb } from '../../source/usb/scan/watch.ts';
import { described, folderHost, listener } from './folder.ts';

// The poll sleeps: what is seen without it was seen by the folder's own messages.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

async function watch(host: Host, emit: Emit, wanted = (_: UsbDevice) => true) {
	const usb = await watchUsb(host, emit, wanted);
	onTestFinished(() => usb.stop());
	return usb;
}
const boundTo = (driver: string): UsbDevice => {
	const device = loaderDevice(models.RC7620, 60);
	return { ...device, interfaces: [{ ...device.interfaces[0]!, driver }] };
};
const went = { type: 'usb-went', path: '3-1', vid: '1199', pid: '68c0' };

test('what is there at the start has come', async () => {
	const { host, add } = folderHost();
	add(applicationDevice(models.RC7620, 59));
	const { said, emit } = listener();
	const usb = await watch(host, emit);
	const device = applicationDevice(models.RC7620, 59);
	expect(said).toEqual([{ type: 'usb-came', device, found: true }]);
	expect(usb.devices()).toEqual(new Map([['3-1', applicationDevice(models.RC7620, 59)]]));
	await usb.rescan();
	expect(said).toHaveLength(1);
});

test('coming, changing and going are said as they happen', async () => {
	const { host, add, remove, rebind, devices } = folderHost();
	const { said, emit } = listener();
	const usb = await watch(host, emit);
	add(loaderDevice(models.RC7620, 60));
	await usb.rescan();
	rebind('3-1:1.0', 'option');
	await usb.rescan();
	remove(loaderDevice(models.RC7620, 60));
	await usb.rescan();
	expect(said).toEqual([
		{ type: 'usb-came', device: loaderDevice(models.RC7620, 60) },
		{ type: 'usb-changed', device: boundTo('option') },
		went,
	]);
	expect(usb.devices()).toEqual(new Map());
	rmSync(devices, { recursive: true });
	await usb.rescan();
});

test('another device number at the same path is another life', async () => {
	const { host, add, remove } = folderHost();
	const { said, emit } = listener();
	add(applicationDevice(models.RC7620, 59));
	const usb = await watch(host, emit);
	remove(applicationDevice(models.RC7620, 59));
	add(applicationDevice(models.RC7620, 60));
	await usb.rescan();
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
	await usb.rescan();
	remove(stick);
	await usb.rescan();
	expect(said).toEqual([{ type: 'usb-came', device: loaderDevice(models.RC7620, 2) }]);
});

test('nothing is lost in a fast loop, without the poll', async () => {
	const { host, add, remove } = folderHost();
	const { said, emit, count } = listener();
	await watch(host, emit);
	for (let n = 0; n < 40; n++) {
		add(applicationDevice(models.RC7620, n));
		await count(2 * n + 1);
		remove(applicationDevice(models.RC7620, n));
		await count(2 * n + 2);
	}
	expect(said).toEqual(
		Array.from({ length: 40 }, (_, n) => [
			{ type: 'usb-came', device: applicationDevice(models.RC7620, n) },
			went,
		]).flat(),
	);
});

test('the poll sees what sends no message', async () => {
	const { host, add, rebind } = folderHost();
	add(loaderDevice(models.RC7620, 60));
	const { said, emit, count } = listener();
	await watch(host, emit);
	rebind('3-1:1.0', 'option');
	expect(said).toHaveLength(1);
	vi.advanceTimersByTime(100);
	await count(2);
	expect(said[1]).toEqual({ type: 'usb-changed', device: boundTo('option') });
});

test('a driver that new_id binds long after the modem came is a change, seen within a second', async () => {
	const { host, add, bind, node } = folderHost();
	const { driver: _, ...bare } = loaderDevice(models.RC7620, 60).interfaces[0]!;
	add({ ...loaderDevice(models.RC7620, 60), interfaces: [{ ...bare, nodes: [] }] });
	const { said, emit, count } = listener();
	await watch(host, emit);
	vi.advanceTimersByTime(600_000);
	expect(said).toHaveLength(1);
	bind('3-1:1.0', 'qcserial');
	node('3-1:1.0', 'ttyUSB0');
	vi.advanceTimersByTime(1000);
	await count(2);
	expect(said[1]).toEqual({ type: 'usb-changed', device: loaderDevice(models.RC7620, 60) });
});

test('a driver of modems that binds to what seemed none makes it one', async () => {
	const { host, add, bind, node } = folderHost();
	const { driver: _, ...bare } = loaderDevice(models.RC7620, 60).interfaces[0]!;
	add({ ...loaderDevice(models.RC7620, 60), vid: '1234', interfaces: [{ ...bare, nodes: [] }] });
	const { said, emit, count } = listener();
	await watch(host, emit, isModem);
	vi.advanceTimersByTime(600_000);
	expect(said).toEqual([]);
	bind('3-1:1.0', 'qcserial');
	node('3-1:1.0', 'ttyUSB0');
	vi.advanceTimersByTime(10_000);
	await count(1);
	expect(said[0]).toEqual({
		type: 'usb-came',
		device: { ...loaderDevice(models.RC7620, 60), vid: '1234' },
		found: true,
	});
});

test('without any message a life of 0.2 s and a gap of 0.2 s are seen by the poll alone', async () => {
	const { host, add, remove } = folderHost();
	const { said, emit, count } = listener();
	const deaf = { ...host, rehearsal: undefined };
	await watch(deaf, emit);
	for (let n = 0; n < 20; n++) {
		add(applicationDevice(models.RC7620, n));
		vi.advanceTimersByTime(100);
		await count(2 * n + 1);
		remove(applicationDevice(models.RC7620, n));
		vi.advanceTimersByTime(100);
		await count(2 * n + 2);
	}
	expect(said.map(({ type }) => type)).toEqual(
		Array.from({ length: 20 }, () => ['usb-came', 'usb-went']).flat(),
	);
});

test('what came and went between two looks with another number gives both, in order', async () => {
	const { host, add, remove } = folderHost();
	const { said, emit, count } = listener();
	add(applicationDevice(models.RC7620, 59));
	await watch({ ...host, rehearsal: undefined }, emit);
	remove(applicationDevice(models.RC7620, 59));
	add(loaderDevice(models.RC7620, 60));
	vi.advanceTimersByTime(100);
	await count(3);
	expect(said.slice(1)).toEqual([
		went,
		{ type: 'usb-came', device: loaderDevice(models.RC7620, 60) },
	]);
});

test('a device is told when it is whole, with the time when it was first seen', async () => {
	const { host, write, erase } = folderHost();
	let now = 5;
	const clock = { ...host.clock, now: () => now };
	const { said, emit, times, count } = listener();
	const usb = await watch({ ...host, clock, rehearsal: undefined }, emit);
	write('3-1', { idVendor: '1199', idProduct: '68c0', devnum: '7', descriptors: described.loader });
	await usb.rescan();
	now = 5.3;
	write('3-1:1.0', {});
	await usb.rescan();
	expect([said.length, times]).toEqual([1, [5]]);
	// It goes piece by piece: its interface first.
	now = 9;
	erase('3-1:1.0');
	await usb.rescan();
	now = 9.4;
	erase('3-1');
	vi.advanceTimersByTime(100);
	await count(2);
	expect(times).toEqual([5, 9]);
});

test('a life that ends before it was whole is told at its end, as it described itself', async () => {
	const { host, write, erase } = folderHost();
	let now = 5;
	const clock = { ...host.clock, now: () => now };
	const { said, emit, times } = listener();
	const usb = await watch({ ...host, clock, rehearsal: undefined }, emit);
	const ids = { idVendor: '1199', idProduct: '68c0', devnum: '7' };
	write('3-1', { ...ids, descriptors: described.application });
	write('3-1:1.0', {});
	await usb.rescan();
	expect(said).toEqual([]);
	now = 6;
	// Its descriptors go before the rest of it.
	erase('3-1:1.0');
	erase('3-1/descriptors');
	await usb.rescan();
	erase('3-1');
	await usb.rescan();
	expect(said).toMatchObject([{ type: 'usb-came', device: { path: '3-1', pid: '68c0' } }, went]);
	expect(said[0]).toHaveProperty('device.interfaces.length', 4);
	expect(times).toEqual([5, 6]);
});

test('a device that the kernel does not configure is told after a second, without interfaces', async () => {
	const { host, write } = folderHost();
	let now = 0;
	const clock = { ...host.clock, speed: 1, now: () => now };
	const { said, emit } = listener();
	const usb = await watch({ ...host, clock, rehearsal: undefined }, emit);
	write('3-1', { idVendor: '1199', idProduct: '68c0', devnum: '7', authorized: '0' });
	await usb.rescan();
	expect(said).toEqual([]);
	now = 1.1;
	await usb.rescan();
	expect(said).toMatchObject([{ type: 'usb-came', device: { authorized: false, interfaces: [] } }]);
});

test('where sysfs has no USB nothing is listened to and nothing breaks', async () => {
	const { host } = folderHost();
	const { said, emit } = listener();
	const usb = await watch({ ...host, sysfs: '/nonexistent', rehearsal: undefined }, emit);
	vi.advanceTimersByTime(1000);
	await usb.rescan();
	expect(said).toEqual([]);
});

test('a look that is asked for during another one sees what came since', async () => {
	const { host, add } = folderHost();
	const { said, emit } = listener();
	const usb = await watch(host, emit);
	const first = usb.rescan();
	await Promise.resolve();
	add(loaderDevice(models.RC7620, 60));
	await usb.rescan();
	expect(said).toEqual([{ type: 'usb-came', device: loaderDevice(models.RC7620, 60) }]);
	await first;
});

test('stop stops, also a look on its way', async () => {
	const { host, add } = folderHost();
	const { said, emit } = listener();
	const usb = await watch(host, emit);
	add(loaderDevice(models.RC7620, 60));
	const look = usb.rescan();
	usb.stop();
	await look;
	vi.advanceTimersByTime(1000);
	await usb.rescan();
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
