import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Fact } from '../../source/events.ts';
import { lockDevice } from '../../source/flash/job/device-lock.ts';
import { rehearsalHost } from '../../source/host.ts';
import { models } from '../../source/modems/simulated.ts';
import { exitCode } from '../../source/problem.ts';
import { LiveSession } from '../../source/session/kinds/live.ts';
import { findRawPlace } from '../../source/session/raw/raw-place.ts';
import { RawPort } from '../../source/session/raw/raw-port.ts';
import { createFolderBackend } from '../../source/simulator/backend/folder.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import { newFolder } from '../flash/rehearse.ts';

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

/** An application whose ports are called from `first` on, and say back what they are sent. */
function application(number: number, first: number) {
	const device = applicationDevice(models.RC7620, number);
	const interfaces = device.interfaces.map((one) => ({
		...one,
		nodes: one.nodes.map((node) =>
			node.replace(/^ttyUSB(\d)/, (_, old) => `ttyUSB${Number(old) + first}`),
		),
	}));
	return { ...device, interfaces };
}
const echoes = new Map([0, 2, 3].map((number) => [number, echo] as const));
function echo(opening: import('node:stream').Duplex) {
	opening.on('error', () => {});
	opening.pipe(opening);
}

async function bed() {
	const folder = newFolder();
	const backend = createFolderBackend(folder);
	onTestFinished(async () => {
		await backend.unplug();
		rmSync(folder, { recursive: true });
	});
	return { host: rehearsalHost(folder, 20), backend };
}

/** Opens what was typed, and reads until the test is over. */
async function opened(host: ReturnType<typeof rehearsalHost>, typed: string) {
	const place = await findRawPlace(host, typed);
	const facts: Fact[] = [];
	const said: string[] = [];
	let heard = '';
	const port = await RawPort.open(host, place, (_, fact) => facts.push(fact), {
		came: (bytes) => {
			heard += bytes.toString('latin1');
		},
		says: (sentence) => said.push(sentence),
	});
	const stop = new AbortController();
	const ended = port.run(stop.signal);
	onTestFinished(async () => {
		stop.abort();
		await ended;
	});
	return { port, place, said, facts, heard: () => heard };
}

async function until(met: () => boolean) {
	const deadline = performance.now() + 20_000;
	while (!met()) {
		if (performance.now() > deadline) throw new Error('it did not come to that');
		await new Promise((wake) => setTimeout(wake, 2));
	}
}

test('bytes go and come as they are, into the recording with passwords masked', async () => {
	const { host, backend } = await bed();
	await backend.plug(application(1, 0), echoes);
	const { port, place, facts, heard } = await opened(host, 'ttyUSB2');
	expect(place).toMatchObject({
		usb: { path: '3-1', interface: 3, mode: 'application' },
		role: 'AT',
	});
	await port.write(Buffer.from('\x00\xffAT!ENTERCND="SECRET"\r', 'latin1'));
	await until(() => heard().endsWith('\r'));
	expect(heard()).toBe('\x00\xffAT!ENTERCND="SECRET"\r');
	const kept = facts.flatMap((fact) =>
		fact.type === 'bytes' ? [Buffer.from(fact.hex, 'hex')] : [],
	);
	expect(kept.join('')).toContain('ENTERCND="******"');
	expect(kept.join('')).not.toContain('SECRET');
});

test('it is opened again where its modem comes back, whatever the port is called then', async () => {
	const { host, backend } = await bed();
	await backend.plug(application(1, 0), echoes);
	const { port, said, heard } = await opened(host, join(host.dev, 'ttyUSB2'));
	await backend.unplug();
	await until(() => said.some((sentence) => sentence.includes('opened again when it is back')));
	await expect(port.write(Buffer.from('AT\r'))).rejects.toMatchObject({
		message: 'The port is away: nothing was sent.',
	});
	await backend.plug(application(2, 4), echoes);
	await until(() => port.node !== undefined);
	expect(port.node).toBe(join(host.dev, 'ttyUSB6'));
	await port.write(Buffer.from('AT\r'));
	await until(() => heard() === 'AT\r');
});

test('a loader that comes in its place is not spoken to', async () => {
	const { host, backend } = await bed();
	const place = await findRawPlace(host, '3-1:1.0');
	expect(place).toMatchObject({ node: undefined, usb: { mode: 'application' } });
	const { port, said } = await opened(host, '3-1:1.0');
	await backend.plug(loaderDevice(models.RC7620, 1), echoes);
	await until(() => said.some((sentence) => sentence.includes('came back as another: boot 1 if')));
	expect(port.node).toBeUndefined();
	await backend.unplug();
	await backend.plug(application(2, 0), echoes);
	await until(() => port.node === join(host.dev, 'ttyUSB0'));
});

test('a flash has the modem for itself: before, and when the port comes back', async () => {
	const { host, backend } = await bed();
	await backend.plug(application(1, 0), echoes);
	const { port, said } = await opened(host, 'ttyUSB2');
	const release = await lockDevice(['3-1'], host, {
		pid: process.pid,
		model: 'RC7620',
		path: '3-1',
	});
	const place = await findRawPlace(host, 'ttyUSB0');
	await expect(
		RawPort.open(host, place, () => {}, { came: () => {}, says: () => {} }),
	).rejects.toMatchObject({ exit: exitCode.noAccess });
	await backend.unplug();
	await backend.plug(application(2, 0), echoes);
	await until(() => said.some((sentence) => sentence.includes('A flash runs at 3-1')));
	expect(port.node).toBeUndefined();
	await release();
	await until(() => port.node !== undefined);
});

test('a console lists the ports of its modem, and closes the one that is open when it ends', async () => {
	const { host, backend } = await bed();
	await backend.plug(application(1, 0), echoes);
	const session = await LiveSession.open(host, 'a test');
	const { raw } = session.modem;
	expect(raw.ports()).toContainEqual({ place: '3-1:1.3', says: 'ttyUSB2, AT, qcserial' });
	expect(await raw.meaning('3-1:1.3')).toEqual([
		expect.stringContaining('what you type goes to the modem as it is'),
	]);
	let heard = '';
	const port = await raw.open('3-1:1.3', {
		came: (bytes) => {
			heard += bytes.toString('latin1');
		},
		says: () => {},
	});
	await port.write(Buffer.from('AT\r'));
	await until(() => heard === 'AT\r');
	expect([...session.log].filter(({ type }) => type === 'bytes').length).toBeGreaterThan(1);
	await session.end();
	expect(port.node).toBeUndefined();
});

test('a port that is nowhere is not opened', async () => {
	const { host } = await bed();
	await expect(findRawPlace(host, 'ttyUSB9')).rejects.toMatchObject({ exit: exitCode.noDevice });
});
