import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import { modeOf } from '../../source/usb/device/modes.ts';
import { hasUsb, listDevices, namesOnBus, readDevice } from '../../source/usb/scan/sysfs.ts';
import { described, folderHost } from './folder.ts';

test.each([
	['four interfaces', applicationDevice(models.RC7620, 59), 'application'],
	['one interface', loaderDevice(models.RC7620, 60), 'loader'],
])('a device of %s is read whole', async (_, device, mode) => {
	const { host, add } = folderHost();
	add(device);
	const found = await listDevices(host.sysfs);
	expect(found).toEqual(new Map([['3-1', device]]));
	expect(modeOf(found.get('3-1')!)).toBe(mode);
});

test('interfaces, root hubs and other names are no devices', async () => {
	const { host, add, write } = folderHost();
	add({ ...applicationDevice(models.RC7620, 1), path: '1-1.4.2' });
	for (const name of ['usb9', '3-', 'x3-1', '3-1.', '2-1:1.0']) {
		write(name, { idVendor: '1199\n', idProduct: '68c0\n' });
	}
	expect([...(await listDevices(host.sysfs)).keys()]).toEqual(['1-1.4.2']);
});

test('a device in the middle of its enumeration is not told yet', async () => {
	const { host, add, devices } = folderHost();
	add(applicationDevice(models.RC7620, 59));
	rmSync(join(devices, '3-1:1.8'));
	expect(await listDevices(host.sysfs)).toEqual(new Map());
	for (const name of ['3-1:1.2', '3-1:1.3']) rmSync(join(devices, name));
	expect(await listDevices(host.sysfs)).toEqual(new Map());
});

test('what is missing is left out, and a device without ids too', async () => {
	const { host, write } = folderHost();
	write('3-1', { idVendor: '1199\n', idProduct: '68c0\n' });
	write('3-2', { idVendor: '1199\n' });
	expect([...(await listDevices(host.sysfs)).values()]).toEqual([
		{ path: '3-1', vid: '1199', pid: '68c0', interfaces: [] },
	]);
});

test('drivers and nodes are told of each interface, a ttyACM too', async () => {
	const { host, write, bind, devices } = folderHost();
	const ids = { idVendor: '1199', idProduct: '68c0', speed: '1.5' };
	write('3-1', { ...ids, descriptors: described.loader });
	write('3-1:1.0', {});
	bind('3-1:1.0', 'cdc_acm');
	mkdirSync(join(devices, '3-1:1.0/tty/ttyACM0'), { recursive: true });
	const device = (await listDevices(host.sysfs)).get('3-1')!;
	expect(device.speed).toBe(1.5);
	expect(device.interfaces).toMatchObject([{ driver: 'cdc_acm', nodes: ['ttyACM0'] }]);
});

test.each([
	['3-1', '3-0:1.0/usb3-port1', '../../../usb4/4-0:1.0/usb4-port1', '4-1'],
	['1-1.4', '1-1:1.0/1-1-port4', '../../2-1/2-1:1.0/2-1-port4', '2-1.4'],
	['1-1.4.2', '1-1.4:1.0/1-1.4-port2', '../../2-1.4/2-1.4:1.0/2-1.4-port2', '2-1.4.2'],
	['3-1', '3-0:1.0/usb3-port1', '../../somewhere', undefined],
])('the peer of the port of %s, by %s/peer to %s, is %s', async (path, port, link, peer) => {
	const { host, write, devices } = folderHost();
	write(path, { idVendor: '1199', idProduct: '68c0' });
	mkdirSync(join(devices, port), { recursive: true });
	symlinkSync(link, join(devices, port, 'peer'));
	expect((await listDevices(host.sysfs)).get(path)!.peer).toBe(peer);
});

test('power, authorization and nodes that /dev does not have are told', async () => {
	const { host, add } = folderHost();
	add({ ...applicationDevice(models.RC7620, 59), power: 'auto', authorized: false });
	const read = async () => (await listDevices(host.sysfs, host.dev)).get('3-1')!;
	// Without a /dev nothing can be said of nodes.
	expect((await read()).interfaces.flatMap(({ missing = [] }) => missing)).toEqual([]);
	mkdirSync(host.dev);
	writeFileSync(join(host.dev, 'ttyUSB2'), '');
	const device = await read();
	expect(device).toMatchObject({ power: 'auto', authorized: false });
	expect(device.interfaces.map(({ missing }) => missing)).toEqual([
		['ttyUSB0'],
		['ttyUSB1'],
		undefined,
		['cdc-wdm0'],
	]);
});

test('a device that is replaced while it is read is never a mixture', async () => {
	const { host, add, write } = folderHost();
	add(applicationDevice(models.RC7620, 59));
	const reading = listDevices(host.sysfs);
	write('3-1', { devnum: '60', idProduct: '9008' });
	expect((await reading).get('3-1')).toBeUndefined();
	expect((await listDevices(host.sysfs)).get('3-1')?.number).toBe(60);
});

test('what a device describes is told before any of its interfaces is there', () => {
	const { host, write } = folderHost();
	const ids = { idVendor: '1199', idProduct: '68c0', devnum: '7' };
	write('3-1', { ...ids, descriptors: described.application });
	const device = readDevice(host.sysfs, '3-1', namesOnBus(host.sysfs))!;
	expect(modeOf(device)).toBe('application');
	expect(device.interfaces.map(({ number, nodes }) => [number, nodes])).toEqual([
		[0, []],
		[2, []],
		[3, []],
		[8, []],
	]);
});

test('what a device says of itself cannot drive a terminal', async () => {
	const { host, add } = folderHost();
	add({
		...loaderDevice(models.RC7620, 1),
		product: '\x1b]0;owned\x07RC7620',
		serial: 'a\u202eb',
		manufacturer: 'x\ny',
	});
	const { product, serial, manufacturer } = (await listDevices(host.sysfs)).get('3-1')!;
	expect([product, serial, manufacturer]).toEqual(['.]0;owned.RC7620', 'a.b', 'x.y']);
});

test('a number that is none is left out', async () => {
	const { host, write } = folderHost();
	write('3-1', { idVendor: '1199', idProduct: '68c0', devnum: 'what', speed: 'unknown' });
	expect((await listDevices(host.sysfs)).get('3-1')).toEqual({
		path: '3-1',
		vid: '1199',
		pid: '68c0',
		interfaces: [],
	});
});

test('where there is no USB there are no devices', async () => {
	expect(hasUsb({ sysfs: '/nonexistent' })).toBe(false);
	expect(await listDevices('/nonexistent')).toEqual(new Map());
});
