import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClock } from '../../../source/clock.ts';
import { models } from '../../../source/modems/simulated.ts';
import { exitCode } from '../../../source/problem.ts';
import {
	encodeExecute,
	encodeExecuteData,
	encodeHelloResponse,
} from '../../../source/protocol/sahara/sahara.ts';
import { applicationDevice, loaderDevice } from '../../../source/simulator/device/devices.ts';
import { findScenario } from '../../../source/simulator/modem/scenarios.ts';
import { VirtualModem } from '../../../source/simulator/modem/virtual-modem.ts';
import {
	createServerBackend,
	type ServerBackend,
} from '../../../source/simulator/usbip/server-backend.ts';
import { createVhciBackend } from '../../../source/simulator/usbip/vhci-backend.ts';
import { attach, connectTo, hearAll, importRequest, listRequest, setup } from './client.ts';

let backend: ServerBackend;
let modem: VirtualModem | undefined;
let told: string[];
beforeEach(async () => {
	told = [];
	backend = await createServerBackend(0, (what) => told.push(what));
});
afterEach(async () => {
	await modem?.stop();
	modem = undefined;
	backend.close();
});

async function plugIn(name: string, speed = 100) {
	modem = new VirtualModem({ scenario: findScenario(name), clock: createClock(speed), backend });
	await modem.start();
}

async function answerTo(request: Uint8Array): Promise<Buffer> {
	const socket = await connectTo(backend.port);
	socket.write(request);
	return hearAll(socket);
}

const word = (value: number) => value.toString(16).padStart(8, '0');

test('usbip list shows the modem while it is there', async () => {
	expect((await answerTo(listRequest)).toString('hex')).toBe(`0111000500000000${word(0)}`);
	await plugIn('healthy');
	const list = await answerTo(listRequest);
	expect(list.toString('hex', 0, 12)).toBe(`0111000500000000${word(1)}`);
	expect(list.toString('latin1', 12 + 256, 12 + 259)).toBe('1-1');
	// Bus, number, speed; vendor, product and release; classes; configuration; how many of each.
	expect(list.toString('hex', 12 + 288, 12 + 312)).toBe(
		`${word(1)}${word(59)}${word(3)}119968c00006000000010104`,
	);
	expect(list.toString('hex', 12 + 312)).toBe('ffffff00ff000000ff000000ffffff00');
});

test('only the modem can be attached, by one host at a time', async () => {
	const refused = '0111000300000001';
	expect((await answerTo(importRequest('1-1'))).toString('hex')).toBe(refused);
	await plugIn('loader');
	expect((await answerTo(importRequest('2-1'))).toString('hex')).toBe(refused);
	const { socket, record } = await attach(backend.port);
	expect(record.toString('hex', 0, 8)).toBe('0111000300000000');
	expect((await answerTo(importRequest('1-1'))).toString('hex')).toBe(refused);
	expect((await answerTo(listRequest)).readUInt32BE(8)).toBe(1);
	socket.destroy();
	while (!told.includes('the host is gone')) await new Promise(setImmediate);
	const again = await attach(backend.port);
	expect((await again.kernel.control(setup.device)).length).toBe(18);
	again.socket.destroy();
});

test.each([
	['text', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
	['another version', Buffer.from('0200800500000000', 'hex')],
	['an operation that is none', Buffer.from('0111123400000000', 'hex')],
])('%s is hung up on, and the next client is served', async (_, bytes) => {
	expect(await answerTo(bytes)).toHaveLength(0);
	expect(told.join()).toMatch(/hung up on/);
	expect(await answerTo(listRequest)).toHaveLength(12);
});

test('a client that lies after the import loses the modem, and others get it', async () => {
	await plugIn('loader');
	const { socket } = await attach(backend.port);
	socket.write(Buffer.alloc(48));
	await once(socket, 'close');
	expect(told.join()).toMatch(/command 0 is none/);
	const again = await attach(backend.port);
	again.socket.destroy();
});

test('requests may come a byte at a time', async () => {
	await plugIn('loader');
	const socket = await connectTo(backend.port);
	socket.setNoDelay(true);
	for (const byte of listRequest) {
		socket.write(Buffer.from([byte]));
		await new Promise(setImmediate);
	}
	expect(await hearAll(socket)).toHaveLength(12 + 312 + 4);
});

test('a whole Sahara talk, up to Firehose, over the socket', async () => {
	await plugIn('loader');
	const { kernel, socket } = await attach(backend.port);
	await kernel.control(setup.device);
	await kernel.control(setup.configure);
	const hello = await kernel.in(0x81, 512);
	expect([hello.data.readUInt32LE(0), hello.length]).toEqual([1, 0x30]);
	const ask = async (bytes: Uint8Array) => {
		const answer = kernel.in(0x81, 512);
		expect(await kernel.out(0x01, bytes)).toMatchObject({ status: 0, length: bytes.length });
		return (await answer).data;
	};
	expect((await ask(encodeHelloResponse())).toString('hex')).toBe('0b00000008000000');
	expect((await ask(encodeExecute(0xff00))).readUInt32LE(0)).toBe(0x0e);
	expect((await ask(encodeExecuteData(0xff00))).toString()).toBe('confirmed');
	const nop = '<?xml version="1.0" ?>\n<data>\n<nop />\n</data>\n\n';
	expect((await ask(Buffer.from(nop))).toString()).toContain('value="ACK"');
	socket.destroy();
});

test('35 MB pass, in order', async () => {
	const seen = { bytes: 0, wrong: 0 };
	const count = (piece: Buffer) => {
		for (let at = 0; at < piece.length; at += 4096 - (seen.bytes % 4096)) {
			const block = Math.floor((seen.bytes + at) / 4096) % 251;
			if (piece[at] !== block) seen.wrong += 1;
		}
		seen.bytes += piece.length;
	};
	const ports = new Map([[0, (end: import('node:stream').Duplex) => void end.on('data', count)]]);
	await backend.plug(loaderDevice(models.RC7620, 59), ports);
	const { kernel, socket } = await attach(backend.port);
	await kernel.control(setup.configure);
	const blocks = 8600;
	let last: Promise<unknown> = Promise.resolve();
	for (let n = 0; n < blocks; n += 4) {
		await last;
		for (let more = 0; more < 4; more++)
			last = kernel.out(0x01, Buffer.alloc(4096, (n + more) % 251));
	}
	await last;
	expect(seen).toEqual({ bytes: blocks * 4096, wrong: 0 });
	socket.destroy();
	await backend.unplug();
});

test('each life hangs up at its end, and the next can be attached', async () => {
	for (const number of [59, 60, 61]) {
		await backend.plug(loaderDevice(models.RC7620, number), new Map());
		const { record, socket, kernel } = await attach(backend.port);
		expect(record.readUInt32BE(8 + 292)).toBe(number);
		await kernel.control(setup.configure);
		const waiting = kernel.submit({ address: 0x81, length: 512 });
		// It may be cut in the middle of what it says, so an error counts as well.
		const closed = new Promise((resolve) => socket.once('close', resolve));
		await backend.unplug();
		await closed;
		expect(kernel.heard).not.toContain(`submitted ${waiting.seqnum}`);
		expect((await answerTo(listRequest)).readUInt32BE(8)).toBe(0);
	}
});

test('a port that is taken is said plainly', async () => {
	await expect(createServerBackend(backend.port, () => {})).rejects.toMatchObject({
		exit: exitCode.noAccess,
		next: 'give another one to --usbip-port.',
	});
});

const status = (ports: Record<string, string>) =>
	['hub port sta spd dev      sockfd local_busid']
		.concat(
			Object.entries(ports).map(([port, row]) => `${row.slice(0, 2)}  ${port} ${row.slice(2)}`),
		)
		.join('\n');
const free = 'hs004 000 00000000 000000 0-0';
const used = 'hs006 003 00010002 000005 1-1';

function vhci(ports: Record<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), 'ms-test-'));
	writeFileSync(join(folder, 'status'), `${status(ports)}\n`);
	for (const name of ['attach', 'detach']) writeFileSync(join(folder, name), '');
	return folder;
}

test('into vhci: a free port for USB 2, an open socket, the device’s id, 480 Mbit/s', async () => {
	const folder = vhci({ '0000': used, '0001': free, '0008': free.replace('hs', 'ss') });
	const direct = createVhciBackend(() => {}, folder);
	await direct.plug(loaderDevice(models.RC7620, 59), new Map());
	const [port, fd, deviceId, speed] = readFileSync(join(folder, 'attach'), 'utf8').split(' ');
	expect([port, deviceId, speed]).toEqual(['1', String(0x1003b), '3']);
	expect(Number(fd)).toBeGreaterThan(2);
	await direct.unplug();
	expect(readFileSync(join(folder, 'detach'), 'utf8')).toBe('1');
	await direct.unplug();
	rmSync(folder, { recursive: true });
});

test.each(['usb1/1-2', 'usb2/2-2'])(
	'it does not come back while the kernel has %s',
	async (last) => {
		const folder = vhci({ '0000': used, '0001': free });
		mkdirSync(join(folder, 'usb1/1-1'), { recursive: true });
		mkdirSync(join(folder, last), { recursive: true });
		const direct = createVhciBackend(() => {}, folder);
		const isPlugged = direct.plug(loaderDevice(models.RC7620, 59), new Map());
		await setTimeout(20);
		expect(readFileSync(join(folder, 'attach'), 'utf8')).toBe('');
		rmSync(join(folder, last), { recursive: true });
		await isPlugged;
		expect(readFileSync(join(folder, 'attach'), 'utf8')).toMatch(/^1 /);
		await direct.unplug();
		rmSync(folder, { recursive: true });
	},
);

test('at 5 Gbit/s it is at the other port of the same connector', async () => {
	const free3 = free.replace('hs', 'ss');
	const folder = vhci({ '0000': used, '0001': free, '0008': free3, '0009': free3 });
	const direct = createVhciBackend(() => {}, folder);
	await direct.plug(applicationDevice(models.EM7565, 59, 'all', 5000), new Map());
	const [port, , , speed] = readFileSync(join(folder, 'attach'), 'utf8').split(' ');
	expect([port, speed]).toEqual(['9', '5']);
	await direct.unplug();
	expect(readFileSync(join(folder, 'detach'), 'utf8')).toBe('9');
	rmSync(folder, { recursive: true });
});

test('without the controller, or without a free port, the next step is named', async () => {
	expect(() => createVhciBackend(() => {}, '/nowhere')).toThrow(/no virtual USB host controller/);
	const folder = vhci({ '0000': used });
	const direct = createVhciBackend(() => {}, folder);
	await expect(direct.plug(loaderDevice(models.RC7620, 59), new Map())).rejects.toMatchObject({
		next: expect.stringContaining('usbip detach'),
	});
	rmSync(folder, { recursive: true });
});

test('a device that the kernel does not take is said plainly', async () => {
	const folder = vhci({ '0000': free });
	const direct = createVhciBackend(() => {}, folder);
	rmSync(join(folder, 'attach'));
	mkdirSync(join(folder, 'attach'));
	await expect(direct.plug(loaderDevice(models.RC7620, 59), new Map())).rejects.toMatchObject({
		exit: exitCode.noAccess,
		next: expect.stringContaining('dmesg'),
	});
	rmSync(folder, { recursive: true });
});
