import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { streamLink } from '../../source/link/link.ts';
import { exitCode } from '../../source/problem.ts';
import { readMbim, sayCommand, sayShort } from '../../source/protocol/qmi/mbim.ts';
import { qmiMessages } from '../../source/protocol/qmi/messages.ts';
import { encodeQmi } from '../../source/protocol/qmi/qmi.ts';
import { QmiClient } from '../../source/qmi/client.ts';
import { openMbim } from '../../source/qmi/mbim-link.ts';
import { steppingClock } from '../simulator/stepping-clock.ts';

const opened = 0x8000_0001;

/** A port whose other end answers each message of ours with what `answer` says. */
function byHand(answer: (bytes: Buffer) => Buffer | undefined) {
	const clock = steppingClock();
	const [ours, theirs] = duplexPair();
	const heard: Buffer[] = [];
	theirs.on('data', (chunk: Buffer) => {
		heard.push(chunk);
		const said = answer(chunk);
		if (said) theirs.write(said);
	});
	return { clock, link: streamLink(ours, 'hand', clock), heard };
}

test('OPEN and a COMMAND are those of MBIM 1.0', async () => {
	expect(sayShort(1, 1, 4096).toString('hex')).toBe('01000000100000000100000000100000');
	const qmux = Buffer.from('010b00000000000127000000', 'hex');
	expect(sayCommand(2, qmux).toString('hex')).toBe(
		`030000003c000000020000000100000000000000d1a30bc2f97a6e43bf65c7e24fb0f0d3010000000100000` +
			`00c000000${qmux.toString('hex')}`,
	);
});

test('an answer that comes in fragments is one frame', async () => {
	const qmux = Buffer.alloc(100, 'q');
	const whole = sayCommand(7, qmux, 0);
	const information = whole.length - qmux.length;
	const first = Buffer.from(whole.subarray(0, information + 60));
	first.writeUInt32LE(first.length, 4);
	first.writeUInt32LE(2, 12);
	const second = Buffer.concat([whole.subarray(0, 20), qmux.subarray(60)]);
	second.writeUInt32LE(second.length, 4);
	second.writeUInt32LE(2, 12);
	second.writeUInt32LE(1, 16);
	const { clock, link } = byHand((bytes) =>
		readMbim(bytes)?.kind === 'open' ? sayShort(opened, 1, 0) : Buffer.concat([first, second]),
	);
	const port = await openMbim(link, clock);
	await port.write(Buffer.from('x'));
	expect((await port.read(5))?.toString()).toBe(qmux.toString());
});

test.each([
	['refuses', sayShort(opened, 1, 3), 'status 3'],
	['says nothing to', undefined, 'did not answer OPEN'],
])('a modem that %s OPEN is told', async (_, said, why) => {
	const { clock, link } = byHand(() => said);
	await expect(openMbim(link, clock)).rejects.toMatchObject({
		exit: exitCode.noDevice,
		message: expect.stringContaining(why),
	});
});

test('a client passes over answers to others, and says what was not answered', async () => {
	const sync = qmiMessages.find(({ name }) => name === 'SYNC')!;
	const allocate = qmiMessages.find(({ name }) => name === 'ALLOC_CID')!;
	const ok = { 2: { result: 0, error: 0 } };
	let transaction = 0;
	const { clock, link } = byHand((bytes) => {
		transaction += 1;
		const late = encodeQmi(sync, { tlvs: ok, transaction: transaction + 40, answer: true });
		const isSync = bytes.readUInt16LE(8) === sync.id;
		if (isSync)
			return Buffer.concat([late, encodeQmi(sync, { tlvs: ok, transaction, answer: true })]);
		if (bytes.readUInt16LE(8) !== allocate.id) return undefined;
		const tlvs = { ...ok, 1: { service: 2, client: 9 } };
		return encodeQmi(allocate, { tlvs, transaction, answer: true });
	});
	const client = await QmiClient.open(link, clock);
	await expect(client.ask('GetRevision')).rejects.toThrow('did not answer GetRevision over QMI');
});
