import { expect, test } from 'vitest';
import { readMbim, sayCommand, sayShort } from '../../source/protocol/qmi/mbim.ts';
import { basicCommands, basicConnectService } from '../../source/simulator/qmi/basic-connect.ts';
import { meet } from './host.ts';

const success = 0;
const noDeviceSupport = 9;
const notOpened = 16;

/** An MBIM modem, and a way to ask it as libmbim does. */
async function talk({ opens = true } = {}) {
	const { backend } = await meet('healthy', { but: { composition: 'mbim' } });
	const link = backend.open('cdc-wdm0');
	const answer = async () => readMbim((await link.read(60))!)!;
	if (opens) {
		await link.write(sayShort(1, 1, 4096));
		await answer();
	}
	const ask = async (command: number, { set = false, information = Buffer.alloc(0) } = {}) => {
		const bytes = sayCommand(7, information);
		basicConnectService.copy(bytes, 20);
		bytes.writeUInt32LE(command, 36);
		bytes.writeUInt32LE(set ? 1 : 0, 40);
		await link.write(bytes);
		const { kind, transaction, status, information: told } = await answer();
		expect([kind, transaction]).toEqual(['answer', 7]);
		return { status, told };
	};
	return { ask };
}

/** The text whose place and length stand at `at` (MBIM 1.0, 10.3). */
const textAt = (told: Buffer, at: number) => {
	const from = told.readUInt32LE(at);
	return told.subarray(from, from + told.readUInt32LE(at + 4)).toString('utf16le');
};

test('it tells over MBIM what its AT port tells', async () => {
	const { ask } = await talk();
	const { status, told } = await ask(basicCommands.deviceCaps);
	expect(status).toBe(success);
	expect([32, 40, 48, 56].map((at) => textAt(told, at))).toEqual([
		'',
		'000000000000000',
		'SWI9X07H_00.03.03.00',
		'RC7620',
	]);
	// AT+CPIN? says READY.
	const subscriber = (await ask(basicCommands.subscriberReadyStatus)).told;
	expect(subscriber.readUInt32LE()).toBe(1);
	expect(textAt(subscriber, 4)).toMatch(/^00101\d{10}$/);
	expect((await ask(basicCommands.pin)).told.readUInt32LE(4)).toBe(0);
});

test('it keeps how its radio was set', async () => {
	const { ask } = await talk();
	const off = { set: true, information: Buffer.alloc(4) };
	expect((await ask(basicCommands.radioState)).told.toString('hex')).toBe('0100000001000000');
	expect((await ask(basicCommands.radioState, off)).told.toString('hex')).toBe('0100000000000000');
	expect((await ask(basicCommands.radioState)).told.toString('hex')).toBe('0100000000000000');
});

test('it lists the services that it has', async () => {
	const { ask } = await talk();
	const { told } = await ask(basicCommands.deviceServices);
	const [basic, qmi] = [8, 16].map((at) => told.subarray(told.readUInt32LE(at)));
	expect(told.readUInt32LE()).toBe(2);
	expect(basic?.subarray(0, 16).equals(basicConnectService)).toBe(true);
	expect(basic?.readUInt32LE(24)).toBe(Object.keys(basicCommands).length);
	expect(qmi?.subarray(0, 16).toString('hex')).toBe('d1a30bc2f97a6e43bf65c7e24fb0f0d3');
});

test('what it does not know, and what comes before OPEN, is refused with the status that says so', async () => {
	const connect = 12;
	expect((await (await talk()).ask(connect)).status).toBe(noDeviceSupport);
	const { status, told } = await (await talk({ opens: false })).ask(basicCommands.deviceCaps);
	expect([status, told.length]).toEqual([notOpened, 0]);
});
