import { expect, test } from 'vitest';
import { LinkLost } from '../../source/link/link.ts';
import { hear, hearUntil, hex, meet } from './host.ts';

const at = async (link: Parameters<typeof hear>[0], command: string) => {
	await link.write(Buffer.from(`${command}\r`));
	return (await hear(link, 0.5)).toString();
};

test('BOOTHOLD in the window of a boot loop is followed by the loader, which stays', async () => {
	const { backend, until, life, modem } = await meet('boot-loop');
	await until(4);
	const link = backend.open('ttyUSB2');
	await link.write(Buffer.from('AT!BOOTHOLD\r'));
	expect(await hearUntil(link, 'OK')).toBe('AT!BOOTHOLD\r\r\nOK\r\n');
	expect(await link.ended).toBeDefined();
	await until(1);
	const [went, held] = life.slice(-2);
	expect(held!.t - went!.t).toBeGreaterThan(3);
	expect(held!.t - went!.t).toBeLessThan(6);
	expect(backend.device).toMatchObject({ pid: '68c0', number: 60 });
	expect(backend.device?.interfaces).toMatchObject([
		{ number: 0, class: 'ff/ff/ff', endpoints: 2, driver: 'qcserial', nodes: ['ttyUSB0'] },
	]);
	await modem.stop();
});

test('an application without BOOTHOLD refuses it and stays', async () => {
	const { backend, modem } = await meet('healthy', { but: { answersBootHold: false } });
	expect(await at(backend.open('ttyUSB2'), 'AT!BOOTHOLD')).toContain('ERROR');
	expect(backend.device?.interfaces).toHaveLength(4);
	await modem.stop();
});

test('echo and answer come in one read, and ATE0 ends the echo', async () => {
	const { backend, modem } = await meet('healthy');
	const link = backend.open('ttyUSB2');
	await link.write(Buffer.from('ATE0\r'));
	expect((await link.read(10))?.toString()).toBe('ATE0\r\r\nOK\r\n');
	expect(await at(link, 'AT')).toBe('\r\nOK\r\n');
	expect(await at(link, 'at!nonsense')).toBe('\r\nERROR\r\n');
	await modem.stop();
});

test('ATI names the modem and its version', async () => {
	const { backend, modem } = await meet('healthy');
	const answer = await at(backend.open('ttyUSB2'), 'ati');
	expect(answer).toContain('\r\nModel: RC7620\r\n');
	expect(answer).toContain('\r\nRevision: SWI9X07H_00.03.03.00 2b1b3f jenkins ');
	expect(answer).toContain('\r\nIMEI: 000000000000000\r\n');
	expect(answer.endsWith('\r\n\r\nOK\r\n')).toBe(true);
	await modem.stop();
});

test('a locked command needs ENTERCND, which a reset forgets', async () => {
	const { backend, until, modem } = await meet('healthy');
	const link = backend.open('ttyUSB2');
	expect(await at(link, 'AT!IMPREF?')).toContain('ERROR');
	expect(await at(link, 'AT!ENTERCND="WRONG"')).toContain('ERROR');
	expect(await at(link, 'AT!ENTERCND="A710"')).toContain('OK');
	expect(await at(link, 'AT!IMPREF?')).toContain('preferred fw version:    00.03.03.00');
	expect(await at(link, 'AT!RMARESET=1')).toContain('DEVICE REBOOT REQUIRED');
	await link.write(Buffer.from('AT!RESET\r'));
	await until(0);
	await until(4);
	const again = backend.open('ttyUSB2');
	expect(await at(again, 'AT!IMPREF?')).toContain('ERROR');
	expect(await at(again, 'AT!GSTATUS?')).toContain('Reset Counter: 1');
	await modem.stop();
});

test('the AT port of a dying application takes the link with it', async () => {
	const { backend, until, modem } = await meet('boot-loop');
	await until(4);
	const link = backend.open('ttyUSB2');
	await until(0);
	await expect(link.read(1)).rejects.toBeInstanceOf(LinkLost);
	await modem.stop();
});

test('the DIAG port answers a frame that it does not know with BAD_CMD', async () => {
	const { backend, modem } = await meet('healthy');
	const link = backend.open('ttyUSB0');
	await link.write(Buffer.from('garbage'));
	await link.write(Buffer.from('7e7000', 'hex'));
	await link.write(Buffer.from('0014467e', 'hex'));
	expect(hex(await hear(link))).toMatch(/^7e13700000[0-9a-f]{4}7e$/);
	await modem.stop();
});

test('the NMEA port takes what comes and says nothing', async () => {
	const { backend, modem } = await meet('healthy');
	const link = backend.open('ttyUSB1');
	await link.write(Buffer.from('AT\r'));
	expect(await hear(link)).toHaveLength(0);
	await modem.stop();
});
