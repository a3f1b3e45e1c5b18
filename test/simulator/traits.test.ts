import { expect, test } from 'vitest';
import { frame, unframe } from '../../source/protocol/framing/hdlc.ts';
import { hear, meet } from './host.ts';

test('HELLO comes a second after the port was opened: the loader boots on until then', async () => {
	const { backend, clock, modem } = await meet('loader');
	await clock.sleep(20);
	const link = backend.open('ttyUSB0');
	expect(await link.read(0.9)).toBeUndefined();
	expect((await link.read(0.2))?.readUInt32LE(0)).toBe(1);
	await modem.stop();
});

test('a loader that no driver knows is a loader', async () => {
	const { backend, modem, life } = await meet('no-driver');
	expect(life[0]!.device).toMatchObject({ vid: '1199', pid: '90ff' });
	expect(life[0]!.device?.interfaces).toMatchObject([{ nodes: [] }]);
	expect(() => backend.open('ttyUSB0')).toThrow(/no port/);
	await modem.stop();
});

test('the exact loop is exact', async () => {
	const { until, life, modem } = await meet('exact-loop');
	for (let n = 0; n < 3; n++) {
		await until(0);
		await until(4);
	}
	await modem.stop();
	const spans = life.slice(1).map(({ t }, at) => (t - life[at]!.t).toFixed(3));
	expect(spans.slice(0, 6)).toEqual(['2.400', '12.000', '2.400', '12.000', '2.400', '12.000']);
});

test('DIAG tells its version by which ModemManager knows it, and refuses the rest', async () => {
	const { backend, modem } = await meet('healthy');
	const link = backend.open('ttyUSB0');
	await link.write(frame(Buffer.from([0])));
	const { payload } = unframe((await link.read(2))!);
	expect([payload.length, payload[0]]).toEqual([55, 0]);
	expect(Buffer.from(payload.subarray(39, 47)).toString()).toBe('RC7620  ');
	await link.write(frame(Buffer.from([0x0c])));
	expect([...unframe((await link.read(2))!).payload]).toEqual([0x13, 0x0c]);
	await modem.stop();
});

test('AT identity as ModemManager asks for it', async () => {
	const { backend, clock, modem } = await meet('healthy');
	await clock.sleep(1);
	const link = backend.open('ttyUSB2');
	const ask = async (command: string) => {
		await link.write(Buffer.from(`${command}\r`));
		return (await hear(link, 1)).toString('latin1');
	};
	await ask('ATE0');
	expect(await ask('AT+GMM')).toBe('\r\nRC7620\r\n\r\nOK\r\n');
	expect(await ask('AT+CGMI')).toBe('\r\nSierra Wireless, Incorporated\r\n\r\nOK\r\n');
	expect(await ask('AT+CGSN')).toBe('\r\n000000000000000\r\n\r\nOK\r\n');
	expect(await ask('AT+NONE')).toBe('\r\nERROR\r\n');
	expect(await ask('ATZ')).toBe('\r\nOK\r\n');
	await modem.stop();
});
