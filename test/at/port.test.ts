import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findAtPort } from '../../source/at/port.ts';
import type { UsbDevice } from '../../source/events.ts';
import { rehearsalHost } from '../../source/host.ts';
import { models } from '../../source/modems/simulated.ts';
import { Problem } from '../../source/problem.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';

/** A modem of another maker, whose interfaces do not say which one speaks AT. */
const other: UsbDevice = {
	...applicationDevice(models.RC7620, 7),
	vid: '2c7c',
	pid: 'ffff',
	interfaces: ['ttyUSB0', 'ttyUSB1', 'ttyUSB2', 'ttyUSB3'].map((node, number) => ({
		number,
		class: 'ff/00/00',
		endpoints: 2,
		driver: 'option',
		nodes: [node],
	})),
};

/** A host with these ports; says what was sent to each. */
async function hostWith(ports: Record<string, (socket: Socket) => void>) {
	const folder = mkdtempSync(join(tmpdir(), 'modemscope-'));
	const host = rehearsalHost(folder, 20);
	mkdirSync(host.dev);
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const asked: string[] = [];
	for (const [node, answer] of Object.entries(ports)) {
		const server = createServer((socket) => {
			socket.on('error', () => {});
			socket.on('data', (bytes) => {
				asked.push(`${node} ${JSON.stringify(String(bytes))}`);
				answer(socket);
			});
		});
		await new Promise<void>((resolve) => server.listen(join(host.dev, node), resolve));
		onTestFinished(() => void server.close());
	}
	return { host, asked };
}
const silent = () => {};
const diag = (socket: Socket) => void socket.write(Buffer.from('7e1341540d9d1f7e', 'hex'));
const nmea = (socket: Socket) => void socket.write('$GPGGA,1,2*33\r\n'.repeat(3));
const at = (socket: Socket) => void socket.write('AT\r\r\nOK\r\n');

test('the ports of an unknown layout are asked, the last first, until one says OK', async () => {
	const { host, asked } = await hostWith({
		ttyUSB0: diag,
		ttyUSB1: at,
		ttyUSB2: nmea,
		ttyUSB3: silent,
	});
	expect(await findAtPort(host, other, () => {})).toBe(join(host.dev, 'ttyUSB1'));
	expect(asked).toEqual(['ttyUSB3', 'ttyUSB2', 'ttyUSB1'].map((node) => `${node} "AT\\r"`));
});

test('DIAG and NMEA are not AT', async () => {
	const { host } = await hostWith({ ttyUSB0: diag, ttyUSB1: nmea });
	await expect(findAtPort(host, other, () => {})).rejects.toThrow(/No AT port/);
});

test('a layout that says where AT is, is believed without asking', async () => {
	const { host, asked } = await hostWith({ ttyUSB2: silent });
	expect(await findAtPort(host, applicationDevice(models.RC7620, 1), () => {})).toBe(
		join(host.dev, 'ttyUSB2'),
	);
	expect(asked).toEqual([]);
});

test('a device of one interface is never asked', async () => {
	const { host, asked } = await hostWith({ ttyUSB0: at });
	await expect(findAtPort(host, loaderDevice(models.RC7620, 1), () => {})).rejects.toThrow(
		/boot loader/,
	);
	await expect(findAtPort(host, undefined, () => {})).rejects.toThrow(/no modem/);
	expect(asked).toEqual([]);
});

test('where no modem is, it says how a line waits for one; a loader is flashed or left', async () => {
	const { host } = await hostWith({});
	const sentence = (device?: UsbDevice) =>
		findAtPort(host, device, () => {}).catch((error: unknown) =>
			error instanceof Problem ? error.sentence : error,
		);
	expect(await sentence()).toContain('modemscope at --catch');
	expect(await sentence(loaderDevice(models.RC7620, 5))).toMatch(/modemscope flash FILE.*leave/);
});
