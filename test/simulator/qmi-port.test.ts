import { expect, test } from 'vitest';
import type { Link } from '../../source/link/link.ts';
import { type QmiMessage, qmiMessage } from '../../source/protocol/qmi/messages.ts';
import { encodeQmi, type QmiFrame, readQmi } from '../../source/protocol/qmi/qmi.ts';
import type { Values } from '../../source/protocol/qmi/shape.ts';
import { meet } from './host.ts';

const ctl = 0;
const dms = 2;
type Tlvs = Readonly<Record<number, Values>>;

/** What libqmi does before its first question: SYNC, and a client of DMS. */
async function talk(name: string) {
	const met = await meet(name);
	const link = met.backend.open('cdc-wdm0');
	let client = 0;
	const askAs = (message: QmiMessage, tlvs: Tlvs, as: number) =>
		exchange(link, encodeQmi(message, { tlvs, client: as, transaction: 7 }));
	const ask = (id: number, tlvs: Tlvs = {}) => askAs(qmiMessage(dms, id)!, tlvs, client);
	const control = (id: number, tlvs: Tlvs = {}) => askAs(qmiMessage(ctl, id)!, tlvs, 0);
	await control(0x27);
	client = Number(value(await control(0x22, { 1: { service: dms } }), 'client'));
	return { ...met, link, client, ask, askAs, control };
}

async function exchange(link: Link, bytes: Uint8Array): Promise<QmiFrame> {
	await link.write(bytes);
	const answer = readQmi((await link.read(60))!)!;
	expect(answer.problem).toBeUndefined();
	expect(answer.sender).toBe('modem');
	expect(value(answer, 'transaction')).toBe(7);
	return answer;
}

const value = (frame: QmiFrame, name: string) =>
	frame.fields.findLast((field) => field.name === name)?.value;
const error = (frame: QmiFrame) =>
	frame.fields.find(({ name }) => name === 'error')?.code?.name ?? 'no result';

const fieldCase = {
	1: {
		image: [
			{ kind: 0, 'unique id': '3f5f3f'.padEnd(32, '0'), build: '00.08.24.02_?' },
			{
				kind: 1,
				'unique id': Buffer.from('001.110_000').toString('hex').padEnd(32, '0'),
				build: '00.08.24.02_GENERIC',
			},
		],
	},
};

test('it tells what its AT port tells', async () => {
	const { ask, modem } = await talk('healthy');
	expect(value(await ask(0x21), 'manufacturer')).toBe('Sierra Wireless, Incorporated');
	expect(value(await ask(0x22), 'model')).toBe('RC7620');
	expect(value(await ask(0x23), 'revision')).toMatch(/^SWI9X07H_00\.03\.03\.00 /);
	expect(value(await ask(0x25), 'IMEI')).toBe('000000000000000');
	expect(value(await ask(0x2d), 'mode')).toBe(0);
	const stored = await ask(0x49);
	expect(value(stored, 'build kind 1 image 1')).toBe('00.03.03.00_?');
	expect(value(stored, 'build kind 2 image 1')).toBe('00.03.03.00_GENERIC');
	await modem.stop();
});

test('images that it lacks are asked for, and the reset then ends in the loader', async () => {
	const { ask, until, modem } = await talk('healthy');
	const answer = await ask(0x48, fieldCase);
	expect(error(answer)).toBe('None');
	expect(value(answer, 'images')).toBe(2);
	expect(error(await ask(0x2e, { 1: { mode: 4 } }))).toBe('InvalidTransition');
	expect(error(await ask(0x2e, { 1: { mode: 3 } }))).toBe('None');
	expect(value(await ask(0x2d), 'mode')).toBe(3);
	expect(error(await ask(0x2e, { 1: { mode: 0 } }))).toBe('InvalidTransition');
	expect(error(await ask(0x2e, { 1: { mode: 4 } }))).toBe('None');
	await until(0);
	expect((await until(1))?.interfaces).toHaveLength(1);
	await modem.stop();
});

test('images that it has are not asked for, and a reset is a reset', async () => {
	const { ask, until, modem } = await talk('healthy');
	const image = [{ kind: 0, 'unique id': '3f5f3f'.padEnd(32, '0'), build: '00.03.03.00_?' }];
	expect(value(await ask(0x48, { 1: { image } }), 'images')).toBe(0);
	expect(value(await ask(0x48, { 1: { image }, 16: { override: 1 } }), 'images')).toBe(1);
	expect(value(await ask(0x48, { 1: { image } }), 'images')).toBe(0);
	expect(value(await ask(0x47), 'build image 1')).toBe('00.03.03.00_?');
	await ask(0x2e, { 1: { mode: 3 } });
	await ask(0x2e, { 1: { mode: 4 } });
	await until(0);
	expect((await until(4))?.number).toBe(60);
	await modem.stop();
});

test('what it cannot do is refused with the error that says so', async () => {
	const { ask, askAs, control, client, modem } = await talk('healthy');
	const unknown = { ...qmiMessage(dms, 0x23)!, id: 0x7777 };
	expect(error(await askAs(unknown, {}, client))).toBe('InvalidQmiCommand');
	expect(error(await askAs(qmiMessage(dms, 0x23)!, {}, client + 1))).toBe('InvalidClientId');
	expect(error(await ask(0x2e))).toBe('MissingArgument');
	expect(error(await ask(0x3e))).toBe('MissingArgument');
	expect(error(await ask(0x2e, { 1: { mode: 99 } }))).toBe('InvalidArgument');
	expect(error(await control(0x22, { 1: { service: 0x10 } }))).toBe('InvalidServiceType');
	expect(error(await control(0x23, { 1: { service: dms, client } }))).toBe('None');
	expect(error(await control(0x23, { 1: { service: dms, client } }))).toBe('InvalidClientId');
	expect(error(await ask(0x23))).toBe('InvalidClientId');
	await modem.stop();
});

test('clients run out, and SYNC gives them back', async () => {
	const { control, modem } = await talk('healthy');
	const errors: string[] = [];
	for (let n = 0; n < 16; n++) errors.push(error(await control(0x22, { 1: { service: dms } })));
	expect(errors.indexOf('ClientIdsExhausted')).toBe(15);
	await control(0x27);
	expect(error(await control(0x22, { 1: { service: dms } }))).toBe('None');
	await modem.stop();
});

test('a frame is one however it is cut, and junk before it is passed over', async () => {
	const question = encodeQmi(qmiMessage(ctl, 0x27)!, { transaction: 7 });
	const { backend, modem } = await meet('healthy');
	const link = backend.open('cdc-wdm0');
	for (let cut = 1; cut < question.length; cut++) {
		await link.write(Buffer.from('ATI\r'));
		await link.write(question.subarray(0, cut));
		expect(await link.read(0.3)).toBeUndefined();
		expect((await exchange(link, question.subarray(cut))).name).toBe('CTL SYNC answer');
	}
	await modem.stop();
});
