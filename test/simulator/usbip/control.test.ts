import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { models } from '../../../source/modems/simulated.ts';
import { applicationDevice } from '../../../source/simulator/device/devices.ts';
import { setup } from './client.ts';
import { configured, plugged, status } from './plugged.ts';

test('a device answers before it is configured, and its endpoints stall until then', async () => {
	const { kernel, end } = plugged();
	const { data } = await kernel.control(setup.device);
	expect(data.toString('hex', 8, 12)).toBe('9911c068');
	expect(await kernel.control('8008000000000100')).toMatchObject({ data: Buffer.from([0]) });
	expect(await kernel.in(0x81)).toMatchObject({ status: status.stall, length: 0 });
	expect(await kernel.out(0x01, Buffer.from('AT\r'))).toMatchObject({ status: status.stall });
	expect(end()).toBeUndefined();
	await kernel.control(setup.configure);
	expect(await kernel.control('8008000000000100')).toMatchObject({ data: Buffer.from([1]) });
	expect(end()).toBeDefined();
});

test('a descriptor is cut to what was asked for', async () => {
	const { kernel } = plugged();
	const { data, length } = await kernel.control(setup.shortConfiguration);
	expect([data.length, length, data.readUInt16LE(2)]).toEqual([9, 9, 32]);
	expect((await kernel.control(setup.configuration)).data).toHaveLength(32);
});

test.each([
	['a descriptor that it does not have', '8006000f00000500'],
	['a second configuration', '0009020000000000'],
	['an alternate setting', '010b010000000000'],
	['the state of an interface that it does not have', '8100000005000200'],
	['the state of an endpoint that it does not have', '8200000085000200'],
	['SEND_ENCAPSULATED_COMMAND to a serial interface', '2100000000000000'],
	['GET_ENCAPSULATED_RESPONSE from a serial interface', 'a101000000000010'],
	['a vendor’s request', 'c033000000000400'],
])('%s stalls, and nothing else is the worse for it', async (_, request) => {
	const { kernel } = await configured();
	expect(await kernel.control(request)).toMatchObject({ status: status.stall, length: 0 });
	expect(await kernel.control(setup.device)).toMatchObject({ status: 0, length: 18 });
});

test('SET_CONTROL_LINE_STATE, the only alternate setting and GET_STATUS are taken', async () => {
	const { kernel } = await configured(applicationDevice(models.RC7620, 59));
	expect(await kernel.control('2122030003000000')).toMatchObject({ status: 0 });
	expect(await kernel.control('810a000003000100')).toMatchObject({ data: Buffer.from([0]) });
	expect(await kernel.control('010b000003000000')).toMatchObject({ status: 0 });
	expect((await kernel.control('8000000000000200')).data.toString('hex')).toBe('0100');
});

test('a halted endpoint stalls until its halt is cleared', async () => {
	const { kernel, end } = await configured();
	end().write('late');
	expect(await kernel.control('0203000081000000')).toMatchObject({ status: 0 });
	expect((await kernel.control('8200000081000200')).data.toString('hex')).toBe('0100');
	expect(await kernel.in(0x81)).toMatchObject({ status: status.stall });
	expect(await kernel.control('0201000081000000')).toMatchObject({ status: 0 });
	expect((await kernel.in(0x81)).data.toString()).toBe('late');
});

test('unconfiguring ends what waits and every port; configuring opens them anew', async () => {
	const { kernel, end } = await configured();
	const old = end();
	const waiting = kernel.in(0x81);
	await kernel.control(setup.unconfigure);
	expect(await waiting).toMatchObject({ status: status.shutdown });
	expect(old.destroyed).toBe(true);
	await kernel.control(setup.configure);
	expect(end()).not.toBe(old);
	end().write('fresh');
	expect((await kernel.in(0x81)).data.toString()).toBe('fresh');
});

test('QMI goes over the control endpoint, announced by an interrupt', async () => {
	const { kernel, end } = await configured(applicationDevice(models.RC7620, 59));
	const heard: Buffer[] = [];
	end(8).on('data', (bytes: Buffer) => heard.push(bytes));
	const none = await kernel.control('a101000008000010');
	expect([none.status, none.length]).toEqual([0, 0]);
	const announced = kernel.in(0x87, 64);
	const question = Buffer.from('010f0000000001002700000000000000', 'hex');
	await kernel.control('2100000008001000', question);
	await turn();
	expect(Buffer.concat(heard)).toEqual(question);
	end(8).write(Buffer.from('first'));
	end(8).write(Buffer.from('second'));
	expect((await announced).data.toString('hex')).toBe('a101000008000000');
	expect((await kernel.in(0x87, 64)).data.toString('hex')).toBe('a101000008000000');
	expect((await kernel.control('a101000008000010')).data.toString()).toBe('first');
	expect((await kernel.control('a101000008000010')).data.toString()).toBe('second');
});

test('MBIM goes the same way; its data interface has its endpoints in setting 1', async () => {
	const { kernel, end } = await configured(applicationDevice(models.EM7565, 59, 'mbim'));
	const { data } = await kernel.control('a18000000c001c00');
	expect([data.length, data.readUInt16LE(0), data.readUInt32LE(4)]).toEqual([28, 28, 16384]);
	expect(await kernel.control('010b01000d000000')).toMatchObject({ status: 0 });
	expect((await kernel.control('810a00000d000100')).data).toEqual(Buffer.from([1]));
	expect(await kernel.control('010b01000c000000')).toMatchObject({ status: status.stall });
	end(12).write(Buffer.from('opened'));
	expect((await kernel.in(0x87, 64)).data.toString('hex')).toBe('a10100000c000000');
	expect((await kernel.control('a10100000c000010')).data.toString()).toBe('opened');
	await kernel.control(setup.unconfigure);
	await kernel.control(setup.configure);
	expect((await kernel.control('810a00000d000100')).data).toEqual(Buffer.from([0]));
});

test('the network’s packets go nowhere, and none come', async () => {
	const { kernel } = await configured(applicationDevice(models.RC7620, 59));
	expect(await kernel.out(0x04, Buffer.alloc(1500))).toMatchObject({ status: 0, length: 1500 });
	const { seqnum } = kernel.submit({ address: 0x86, length: 1500 });
	expect(await kernel.unlink(seqnum)).toBe(status.unlinked);
});
