import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { openPort } from '../../source/link/open.ts';
import { models } from '../../source/modems/simulated.ts';
import { Problem } from '../../source/problem.ts';
import { qmiMessage } from '../../source/protocol/qmi/messages.ts';
import { encodeQmi, readQmi } from '../../source/protocol/qmi/qmi.ts';
import { encodeHelloResponse } from '../../source/protocol/sahara/sahara.ts';
import { createFolderBackend } from '../../source/simulator/backend/folder.ts';
import { applicationDevice } from '../../source/simulator/device/devices.ts';
import { findScenario } from '../../source/simulator/modem/scenarios.ts';
import { VirtualModem } from '../../source/simulator/modem/virtual-modem.ts';
import { listDevices } from '../../source/usb/scan/sysfs.ts';
import { hearUntil, hex } from './host.ts';

let folder: string;
let modem: VirtualModem | undefined;
const clock = createClock(100);
// Many small files, on a disk that may be busy.
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'modemscope-'));
});
afterEach(async () => {
	await modem?.stop();
	modem = undefined;
	rmSync(folder, { recursive: true });
});

async function plugIn(name: string) {
	const backend = createFolderBackend(folder);
	modem = new VirtualModem({ scenario: findScenario(name), clock, backend });
	await modem.start();
}
const devices = () => listDevices(join(folder, 'sys'));
const node = (name: string) => join(folder, 'dev', name);
const read = (path: string) => readFileSync(join(folder, 'sys/bus/usb/devices', path), 'utf8');

test('the real enumeration reads the application as the kernel shows it', async () => {
	await plugIn('healthy');
	const found = await devices();
	expect([...found.keys()]).toEqual(['3-1']);
	expect(found.get('3-1')).toMatchObject({
		path: '3-1',
		vid: '1199',
		pid: '68c0',
		number: 59,
		manufacturer: 'Sierra Wireless, Incorporated',
		product: 'Sierra Wireless RC7620',
		serial: 'REHEARSAL0000000',
		speed: 480,
		interfaces: [
			{ number: 0, class: 'ff/ff/ff', endpoints: 2, driver: 'qcserial', nodes: ['ttyUSB0'] },
			{ number: 2, class: 'ff/00/00', endpoints: 3, driver: 'qcserial', nodes: ['ttyUSB1'] },
			{ number: 3, class: 'ff/00/00', endpoints: 3, driver: 'qcserial', nodes: ['ttyUSB2'] },
			{
				number: 8,
				class: 'ff/ff/ff',
				endpoints: 3,
				driver: 'qmi_wwan',
				nodes: ['cdc-wdm0', 'wwan0'],
			},
		],
	});
	expect(readdirSync(node('')).sort()).toEqual(['cdc-wdm0', 'ttyUSB0', 'ttyUSB1', 'ttyUSB2']);
});

test('attributes are written as the kernel writes them', async () => {
	await plugIn('healthy');
	expect(read('3-1/idVendor')).toBe('1199\n');
	expect(read('3-1/bNumInterfaces')).toBe(' 4\n');
	expect(read('3-1/power/control')).toBe('on\n');
	expect(read('3-1:1.3/ep_85/type')).toBe('Interrupt\n');
	expect(read('3-1:1.8/bInterfaceNumber')).toBe('08\n');
	expect(read('usb3/idVendor')).toBe('1d6b\n');
	expect(readlinkSync(join(folder, 'sys/bus/usb/devices/3-1'))).toBe('../../../devices/usb3/3-1');
	for (const name of ['3-1:1.0', '3-1:1.8', '3-0:1.0']) {
		expect(existsSync(join(folder, 'sys/bus/usb/devices', name, 'driver'))).toBe(true);
	}
});

test('a port is opened as any other, answers, and goes with the modem', async () => {
	await plugIn('healthy');
	const link = await openPort(node('ttyUSB2'), clock);
	await link.write(Buffer.from('AT!RESET\r'));
	expect(await hearUntil(link, 'OK')).toContain('AT!RESET');
	await link.ended;
	expect(await devices()).toEqual(new Map());
	expect(readdirSync(node(''))).toEqual([]);
	expect(readdirSync(join(folder, 'sys/bus/usb/devices')).sort()).toEqual(['3-0:1.0', 'usb3']);
	await expect(openPort(node('ttyUSB2'), clock)).rejects.toThrow(Problem);
});

test('a modem whose folder was taken away goes with it, and keeps no process alive', async () => {
	await plugIn('healthy');
	const link = await openPort(node('ttyUSB2'), clock);
	const listening = () =>
		process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;
	const before = listening();
	rmSync(join(folder, 'dev'), { recursive: true });
	await expect(modem!.stop()).rejects.toThrow('is gone, and the simulated modem with it');
	modem = undefined;
	await link.ended;
	await expect.poll(listening).toBeLessThan(before);
});

test('no look at the bus ever sees half a device', async () => {
	const backend = createFolderBackend(folder);
	const flag = new Int32Array(new SharedArrayBuffer(4));
	const workerData = { sysfs: join(folder, 'sys'), flag };
	const onlooker = new Worker(new URL('./onlooker.ts', import.meta.url), { workerData });
	await once(onlooker, 'message');
	for (let number = 1; number <= 12; number++) {
		await backend.plug(applicationDevice(models.RC7620, number), new Map());
		await wait(20);
		await backend.unplug();
	}
	const seen = once(onlooker, 'message');
	Atomics.store(flag, 0, 1);
	const [{ counts, numbers }] = await seen;
	expect(counts).toEqual(new Set([4]));
	expect(numbers.size).toBeGreaterThan(1);
});

test('a second opener is turned away while the first one stays', async () => {
	await plugIn('stuck');
	const first = await openPort(node('ttyUSB0'), clock);
	const second = await openPort(node('ttyUSB0'), clock);
	expect(await second.ended).toBeDefined();
	await first.write(encodeHelloResponse());
	expect(hex((await first.read(1000))!)).toBe('0b00000008000000');
	await first.close();
	const third = await openPort(node('ttyUSB0'), clock);
	await third.write(encodeHelloResponse());
	expect(hex((await third.read(1000))!)).toBe('0b00000008000000');
	await third.close();
});

test('the QMI node answers', async () => {
	await plugIn('healthy');
	const link = await openPort(node('cdc-wdm0'), clock);
	await link.write(encodeQmi(qmiMessage(0, 0x27)!));
	const answer = readQmi((await link.read(1000))!)!;
	expect(answer.name).toBe('CTL SYNC answer');
	await link.close();
});

test('a folder whose sockets would have too long a name is refused', () => {
	const long = join(folder, 'x'.repeat(100));
	expect(() => createFolderBackend(long)).toThrow(/too long for the sockets/);
	expect(existsSync(long)).toBe(false);
});
