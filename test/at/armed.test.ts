import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commandAction } from '../../source/at/armed/actions.ts';
import { Armed } from '../../source/at/armed/armed.ts';
import { explainHold } from '../../source/at/armed/boot-hold.ts';
import type { Fact } from '../../source/events.ts';
import { type Host, rehearsalHost } from '../../source/host.ts';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';

let host: Host;
let closing: (() => void)[];
beforeEach(() => {
	const folder = mkdtempSync(join(tmpdir(), 'modemscope-'));
	// As fast as life: an answer that is there is never late, however busy the machine is.
	host = rehearsalHost(folder, 1);
	mkdirSync(host.dev);
	closing = [() => rmSync(folder, { recursive: true })];
});
afterEach(() => {
	for (const close of closing.splice(0).reverse()) close();
});

/** Where a wait has to end before the test can. */
const faster = (speed: number) => {
	host = rehearsalHost(host.rehearsal!, speed);
};

/** Opens a window: an AT port that answers as `answer` says, until it is shut. */
async function openWindow(answer: (socket: Socket) => void) {
	const commands: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('data', (bytes) => {
			commands.push(String(bytes));
			answer(socket);
		});
	});
	await new Promise<void>((resolve) => server.listen(join(host.dev, 'ttyUSB2'), resolve));
	const shut = () => {
		for (const socket of sockets) socket.destroy();
		server.close();
	};
	closing.push(shut);
	return { commands, shut };
}

function arm(command = 'AT!RESET') {
	const said: Fact[] = [];
	const disarmed = vi.fn<(why: string) => void>();
	const armed = new Armed(
		host,
		'3-1',
		commandAction(command, host),
		(_, fact) => said.push(fact),
		disarmed,
	);
	closing.push(() => armed.cancel());
	const ofType = <T extends Fact['type']>(type: T) =>
		said.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
	const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 2 });
	const fired = (times: number) => until(() => expect(ofType('fired')).toHaveLength(times));
	return { armed, disarmed, said, ofType, until, fired };
}
const ok = (socket: Socket) => void socket.write('\r\nOK\r\n');

test('it fires in the window, and ends with OK', async () => {
	const { commands } = await openWindow(ok);
	const { armed, disarmed, ofType, fired } = arm();
	expect(ofType('armed')).toEqual([{ type: 'armed', path: '3-1', command: 'AT!RESET' }]);
	armed.offer(applicationDevice(models.RC7620, 59));
	armed.offer(applicationDevice(models.RC7620, 59));
	await fired(1);
	expect(commands).toEqual(['AT!RESET\r']);
	expect(ofType('fired')[0]).toMatchObject({ path: '3-1', command: 'AT!RESET', result: 'OK' });
	expect(ofType('fired')[0]!.after).toBeGreaterThanOrEqual(0);
	expect(disarmed).toHaveBeenCalledExactlyOnceWith('it was answered with OK');
	armed.offer(applicationDevice(models.RC7620, 60));
	armed.cancel();
	expect(disarmed).toHaveBeenCalledOnce();
	expect(ofType('disarmed')).toHaveLength(1);
	expect(ofType('port-closed')).toHaveLength(1);
});

test('it says when it fired by the times that its device came and its bytes went', async () => {
	faster(20);
	await openWindow(ok);
	const { armed, said, fired, ofType } = arm();
	// The node is there long before its device is said to have come.
	await host.clock.sleep(4);
	const came = host.clock.now();
	armed.offer(applicationDevice(models.RC7620, 59));
	await fired(1);
	expect(said.some(({ type }) => type === 'at-sent')).toBe(true);
	const { after } = ofType('fired')[0]!;
	expect(after).toBeLessThanOrEqual(host.clock.now() - came);
});

test('it counts from the time at which its device is said to have come', async () => {
	faster(20);
	await openWindow(ok);
	const { armed, fired, ofType } = arm();
	const came = host.clock.now();
	await host.clock.sleep(4);
	armed.offer(applicationDevice(models.RC7620, 59), came);
	await fired(1);
	expect(ofType('fired')[0]!.after).toBeGreaterThanOrEqual(4);
});

test('it asks again while a young application does not answer yet', async () => {
	faster(20);
	let asked = 0;
	const { commands } = await openWindow((socket) => {
		if (++asked >= 3) ok(socket);
	});
	const { armed, disarmed, fired } = arm();
	armed.offer(applicationDevice(models.RC7620, 59));
	await fired(1);
	expect(commands.length).toBeGreaterThanOrEqual(3);
	expect(new Set(commands)).toEqual(new Set(['AT!RESET\r']));
	expect(disarmed).toHaveBeenCalledOnce();
});

test('a line that another program had begun is sent again in the same window', async () => {
	let asked = 0;
	const { commands } = await openWindow((socket) => {
		if (++asked > 1) ok(socket);
		else socket.write('AT+AT!RESET\r\r\nERROR\r\n');
	});
	const { armed, ofType, fired } = arm();
	armed.offer(applicationDevice(models.RC7620, 59));
	await fired(1);
	expect(commands).toEqual(['AT!RESET\r', 'AT!RESET\r']);
	expect(ofType('fired')).toMatchObject([{ result: 'OK' }]);
});

test('a window that gave nothing is followed by the next', async () => {
	const { armed, disarmed, ofType, fired } = arm();
	const first = await openWindow((socket) => socket.destroy());
	armed.offer(applicationDevice(models.RC7620, 59));
	await fired(1);
	expect(ofType('fired')[0]!.result).toBe('port lost');
	expect(disarmed).not.toHaveBeenCalled();
	first.shut();
	await openWindow(ok);
	armed.offer(applicationDevice(models.RC7620, 60));
	await fired(2);
	expect(disarmed).toHaveBeenCalledExactlyOnceWith('it was answered with OK');
});

test('a refusal keeps it armed', async () => {
	const { armed, disarmed, ofType, fired } = arm('AT!GSTATUS?');
	await openWindow((socket) => void socket.write('\r\nERROR\r\n'));
	armed.offer(applicationDevice(models.RC7620, 59));
	await fired(1);
	expect(ofType('fired')[0]!.result).toBe('ERROR');
	expect(disarmed).not.toHaveBeenCalled();
});

test('a node that comes after its device is waited for', async () => {
	const { armed, disarmed, until, said } = arm();
	armed.offer(applicationDevice(models.RC7620, 59));
	expect(said).toHaveLength(1);
	await new Promise((resolve) => setImmediate(resolve));
	const { commands } = await openWindow(ok);
	await until(() => expect(disarmed).toHaveBeenCalledOnce());
	expect(commands).toEqual(['AT!RESET\r']);
});

test('a port that cannot be opened at all is said so, once a window', async () => {
	faster(200);
	const { armed, disarmed, ofType, fired } = arm();
	armed.offer(applicationDevice(models.RC7620, 59));
	await fired(1);
	expect(ofType('fired')[0]!.result).toMatch(/^There is no port/);
	expect(disarmed).not.toHaveBeenCalled();
	armed.offer(applicationDevice(models.RC7620, 60));
	await fired(2);
});

test('BOOTHOLD that was answered with OK, but not done, is sent again in the next life', async () => {
	const { armed, disarmed, fired } = arm('AT!BOOTHOLD');
	const { commands } = await openWindow(ok);
	armed.offer(applicationDevice(models.RC7620, 59));
	await fired(1);
	armed.offer(applicationDevice(models.RC7620, 59));
	expect(disarmed).not.toHaveBeenCalled();
	armed.offer(applicationDevice(models.RC7620, 60));
	await fired(2);
	expect(commands).toEqual(['AT!BOOTHOLD\r', 'AT!BOOTHOLD\r']);
	armed.offer(loaderDevice(models.RC7620, 61));
	expect(disarmed).toHaveBeenCalledExactlyOnceWith('the boot loader is holding');
});

test('BOOTHOLD has succeeded when the loader holds, whatever was answered', () => {
	const { armed, disarmed } = arm('AT!BOOTHOLD');
	armed.offer({ ...loaderDevice(models.RC7620, 60), path: '1-1' });
	expect(disarmed).not.toHaveBeenCalled();
	armed.offer(loaderDevice(models.RC7620, 60));
	expect(disarmed).toHaveBeenCalledExactlyOnceWith('the boot loader is holding');
});

test('another command waits on while the loader holds', () => {
	const { armed, disarmed, said } = arm('AT!GSTATUS?');
	armed.offer(loaderDevice(models.RC7620, 60));
	expect(disarmed).not.toHaveBeenCalled();
	expect(said).toHaveLength(1);
});

test('cancelled in the middle of a window, it ends there', async () => {
	const { commands } = await openWindow(() => {});
	const { armed, disarmed, ofType, until } = arm();
	armed.offer(applicationDevice(models.RC7620, 59));
	await until(() => expect(commands.length).toBeGreaterThan(0));
	armed.cancel();
	await until(() => expect(ofType('port-closed')).toHaveLength(1));
	expect(disarmed).toHaveBeenCalledExactlyOnceWith('cancelled');
	expect(ofType('fired')).toEqual([]);
});

/** The modem answers AT!BOOTHOLD so in each of two lives; returns what a person was told. */
async function toldAfterTwo(answer: string, model: (typeof models)[keyof typeof models]) {
	await openWindow((socket) => void socket.write(`\r\n${answer}\r\n`));
	const { armed, ofType, fired } = arm('AT!BOOTHOLD');
	for (const life of [1, 2]) {
		armed.offer(applicationDevice(model, 58 + life));
		await fired(life);
	}
	return ofType('note').map(({ text }) => text);
}

test('a firmware without AT!BOOTHOLD: what a refusal means is said once', async () => {
	expect(await toldAfterTwo('ERROR', models.RC7620)).toEqual([
		'AT!BOOTHOLD was refused: this firmware may not have it. Ask over QMI instead: qmi-firmware-update --reset.',
	]);
});

test('OK and no loader, twice: what may keep it from its loader is said', async () => {
	expect(await toldAfterTwo('OK', models.MC7455)).toEqual([
		'AT!BOOTHOLD was answered with OK 2 times, and no loader came. FASTENUMEN 2 or 3 (AT!CUSTOM?) skips the loader.',
	]);
	const em7565 = {
		...models.MC7455,
		name: 'EM7565',
		applicationPid: '9091',
	} as unknown as typeof models.MC7455;
	expect(explainHold(applicationDevice(em7565, 1), ['OK', 'OK'])).toMatch(/DPR .* floating/);
});
