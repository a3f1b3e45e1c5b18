import { expect, test } from 'vitest';
import type { Link } from '../../source/link/link.ts';
import { encodeSwitchToSdp } from '../../source/protocol/dload/dload.ts';
import { encode } from '../../source/protocol/fields.ts';
import {
	encodeExecute,
	encodeExecuteData,
	encodeHelloResponse,
	encodeSwitchMode,
	saharaMessages,
} from '../../source/protocol/sahara/sahara.ts';
import { hear, hearUntil, hex, meet } from './host.ts';

/** The answer to SDP in the field log of 1 June 2023, byte for byte. */
const fieldLogHello =
	'010000003000000002000000010000000004000002000000000000000000000000000000000000000000000000000000';
const freshHello = fieldLogHello.replace('0004000002', '0004000003');
const ready = '0b00000008000000';
const refusedAs = (status: string) => `040000001000000000000000${status}000000`;

const toFirehose = 0xff00;
const reset = () => encode(saharaMessages.reset);
const ask = async (link: Link, bytes: Uint8Array) => {
	await link.write(bytes);
	return hex(await hear(link));
};

test('HELLO is said to the first opener, and once', async () => {
	const { backend, modem } = await meet('loader');
	const first = backend.open('ttyUSB0');
	expect(hex(await hear(first))).toBe(freshHello);
	await first.close();
	const second = backend.open('ttyUSB0');
	expect(await hear(second, 20)).toHaveLength(0);
	expect(await ask(second, encodeHelloResponse())).toBe(ready);
	await modem.stop();
});

test('a loader whose HELLO is gone is silent, and takes a blind HELLO_RSP', async () => {
	const { backend, modem } = await meet('stuck');
	const link = backend.open('ttyUSB0');
	expect(await hear(link, 20)).toHaveLength(0);
	expect(await ask(link, encodeHelloResponse())).toBe(ready);
	expect(await ask(link, encodeExecute(toFirehose))).toBe('0e0000001000000000ff000009000000');
	await link.write(encodeExecuteData(toFirehose));
	expect((await hear(link)).toString()).toBe('confirmed');
	await modem.stop();
});

test.each([
	['SDP', encodeSwitchToSdp()],
	['an AT command', Buffer.from('AT\r')],
	['one carriage return', Buffer.from('\r')],
	['a packet before its time', encodeExecute(toFirehose)],
])('%s is answered with the HELLO of the field log', async (_, junk) => {
	const { backend, modem } = await meet('stuck');
	const link = backend.open('ttyUSB0');
	expect(await ask(link, junk)).toBe(fieldLogHello);
	expect(await ask(link, junk)).toBe(fieldLogHello);
	await modem.stop();
});

test('two packets in one write are two packets', async () => {
	const { backend, modem } = await meet('stuck');
	const link = backend.open('ttyUSB0');
	await hear(link);
	const both = Buffer.concat([encodeHelloResponse(), encodeExecute(toFirehose)]);
	expect(await ask(link, both)).toBe(`${ready}0e0000001000000000ff000009000000`);
	await modem.stop();
});

test('junk is one burst, wherever it is cut', async () => {
	for (let cut = 1; cut < encodeSwitchToSdp().length; cut++) {
		const { backend, modem } = await meet('stuck');
		const link = backend.open('ttyUSB0');
		await link.write(encodeSwitchToSdp().subarray(0, cut));
		expect(await link.read(0.05)).toBeUndefined();
		expect(await ask(link, encodeSwitchToSdp().subarray(cut))).toBe(fieldLogHello);
		await modem.stop();
	}
});

test('a loader that got junk refuses Firehose and a switch of modes', async () => {
	const { backend, modem } = await meet('stuck');
	const link = backend.open('ttyUSB0');
	await ask(link, encodeSwitchToSdp());
	expect(await ask(link, encodeSwitchMode())).toBe(refusedAs('1c'));
	expect(await ask(link, encodeHelloResponse())).toBe(ready);
	expect(await ask(link, encodeExecute(toFirehose))).toBe(refusedAs('1f'));
	await modem.stop();
});

test('HELLO_RSP within two seconds of the opening is answered, and Firehose is refused then', async () => {
	const { backend, modem } = await meet('loader');
	const link = backend.open('ttyUSB0');
	expect(hex((await link.read(5))!)).toBe(freshHello);
	expect(await ask(link, encodeHelloResponse())).toBe(ready);
	expect(await ask(link, encodeExecute(toFirehose))).toBe(refusedAs('1f'));
	await modem.stop();
});

test('a loader that got no junk says HELLO again when asked for command mode', async () => {
	const { backend, modem } = await meet('stuck');
	const link = backend.open('ttyUSB0');
	expect(await ask(link, encodeSwitchMode())).toBe(freshHello);
	expect(await ask(link, encodeExecute(toFirehose))).toBe(fieldLogHello);
	await modem.stop();
});

test('RESET mends it: with TP1 low the loader comes again, with a fresh HELLO', async () => {
	const { backend, until, life, modem } = await meet('stuck');
	const link = backend.open('ttyUSB0');
	await ask(link, encodeSwitchToSdp());
	await link.write(reset());
	expect(hex((await link.read(10))!)).toBe('0800000008000000');
	await until(0);
	const device = await until(1);
	expect(device?.number).toBe(60);
	const again = backend.open('ttyUSB0');
	expect(hex(await hear(again))).toBe(freshHello);
	await ask(again, encodeHelloResponse());
	expect(await ask(again, encodeExecute(toFirehose))).toBe('0e0000001000000000ff000009000000');
	expect(life.map((moment) => moment.device?.interfaces.length)).toEqual([1, undefined, 1]);
	await modem.stop();
});

test('RESET without a strap ends the hold: the application comes', async () => {
	const { backend, until, modem } = await meet('loader');
	await backend.open('ttyUSB0').write(reset());
	await until(0);
	expect((await until(4))?.number).toBe(60);
	await modem.stop();
});

test('the loader tells its version, its model and its serial number', async () => {
	const { backend, modem } = await meet('stuck');
	const link = backend.open('ttyUSB0');
	await hear(link);
	await ask(link, encodeHelloResponse());
	for (const [id, answer] of [
		[0xff01, 'SWI9X07H_00.03.03.00'],
		[0xff02, 'RC7620'],
		[0xff03, 'REHEARSAL0000000'],
	] as const) {
		const response = Buffer.from(await ask(link, encodeExecute(id)), 'hex');
		expect(response.readUInt32LE(12)).toBe(answer.length);
		await link.write(encodeExecuteData(id));
		expect((await hear(link)).toString()).toBe(answer);
	}
	expect(await ask(link, encodeExecute(0x77))).toBe(refusedAs('1f'));
	expect(await ask(link, encodeExecuteData(0xff01))).toBe(refusedAs('20'));
	await modem.stop();
});

test('a scenario may refuse Firehose from a loader that was treated well', async () => {
	const { backend, modem } = await meet('loader', { but: { refusesFirehose: true } });
	const link = backend.open('ttyUSB0');
	await ask(link, encodeHelloResponse());
	expect(await ask(link, encodeExecute(toFirehose))).toBe(refusedAs('1f'));
	await modem.stop();
});

test('a HELLO_RSP that asks for another mode is refused', async () => {
	const { backend, modem } = await meet('stuck');
	const link = backend.open('ttyUSB0');
	const imageTransfer = encode(saharaMessages.helloResponse, { mode: 0 });
	expect(await ask(link, imageTransfer)).toBe(refusedAs('18'));
	expect(await ask(link, encodeExecute(toFirehose))).toBe(fieldLogHello);
	await modem.stop();
});

test.each([
	['its own, and the oldest that it names', { version: 2, 'version min': 1 }, ready],
	['the oldest that it names', { version: 1, 'version min': 1 }, ready],
	['a newer one', { version: 3, 'version min': 1 }, refusedAs('02')],
	['an older one', { version: 0, 'version min': 0 }, refusedAs('02')],
	['one below the oldest of its own sender', { version: 1, 'version min': 2 }, refusedAs('04')],
])('a HELLO_RSP has a version that HELLO allows: %s', async (_, versions, answer) => {
	const { backend, modem } = await meet('stuck');
	const link = backend.open('ttyUSB0');
	expect(await ask(link, encode(saharaMessages.helloResponse, versions))).toBe(answer);
	await modem.stop();
});

test('wherever the host’s bytes are cut, the loader says the same', async () => {
	const configure =
		'<?xml version="1.0" ?>\n<data>\n<configure MaxPayloadSizeToTargetInBytes="8192" />\n</data>\n\n';
	const steps: [Uint8Array, string][] = [
		[encodeHelloResponse(), '\x0b'],
		[encodeExecute(toFirehose), '\x0e'],
		[encodeExecuteData(toFirehose), 'confirmed'],
		[Buffer.from(configure), '</data>'],
	];
	const talk = async (cut: number) => {
		const { backend, modem } = await meet('stuck');
		const link = backend.open('ttyUSB0');
		await hear(link);
		let heard = '';
		let at = 0;
		for (const [bytes, sign] of steps) {
			const split = Math.min(Math.max(cut - at, 0), bytes.length);
			if (split > 0) await link.write(bytes.subarray(0, split));
			if (split < bytes.length) {
				await link.read(0.2).then((early) => early && link.unread(early));
				await link.write(bytes.subarray(split));
			}
			heard += await hearUntil(link, sign);
			at += bytes.length;
		}
		await modem.stop();
		return heard;
	};
	const whole = await talk(0);
	expect(whole).toContain('value="ACK"');
	const length = steps.reduce((sum, [bytes]) => sum + bytes.length, 0);
	const cuts = Array.from({ length: length - 1 }, (_, index) => index + 1);
	for (const answer of await Promise.all(cuts.map(talk))) expect(answer).toBe(whole);
});
