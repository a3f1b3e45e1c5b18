import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fieldsOf } from '../../source/at/answers/read.ts';
import { decodeBytes } from '../../source/commands/decode/decode.ts';
import { inspect } from '../../source/commands/inspect/inspect.ts';
import { readRecording } from '../../source/commands/recording/read-recording.ts';
import type { Event, EventOf } from '../../source/events.ts';
import { type ReadText, readText } from '../../source/recording/import/read-text.ts';
import { textOf } from '../../source/recording/import/text/encoding.ts';
import { parseEvent } from '../../source/recording/log/record.ts';
import { Traffic } from '../../source/recording/log/traffic.ts';
import { modeOf } from '../../source/usb/device/modes.ts';
import { Timeline } from '../../source/usb/timeline/timeline.ts';

const folder = new URL('field/', import.meta.url).pathname;
const names = readdirSync(folder);
const pathOf = (number: string) => `${folder}${names.find((name) => name.startsWith(number))}`;

function read(number: string): ReadText {
	const text = textOf(readFileSync(pathOf(number)));
	const found = text === undefined ? undefined : readText(text, number);
	return found ?? expect.unreachable(`${number} is refused`);
}
const eventsOf = (number: string) => read(number).recording.events;
const findingsOf = (number: string) =>
	[...readRecording({ events: eventsOf(number) })].flatMap(({ findings }) => findings);
const rulesOf = (number: string) => findingsOf(number).map(({ rule }) => rule);
const ofType = <T extends Event['type']>(number: string, type: T) =>
	eventsOf(number).filter((event): event is EventOf<T> => event.type === type);

/** The comings and goings: time, what, path, ids, mode; `untimed` and `unseen` behind them. */
const usb = (number: string) =>
	eventsOf(number).flatMap((event) => {
		const time = event.untimed ? 'untimed' : event.t.toFixed(2);
		if (event.type === 'usb-came') {
			const { path, vid, pid } = event.device;
			return [`${time} + ${path} ${vid}:${pid} ${modeOf(event.device)}`];
		}
		if (event.type !== 'usb-went') return [];
		const { path, vid, pid, unseen } = event;
		return [`${time} - ${path} ${vid}:${pid}${unseen ? ' unseen' : ''}`];
	});
const loopOf = (number: string, path: string) => {
	const timeline = new Timeline();
	const events = eventsOf(number);
	for (const event of events) timeline.add(event);
	return timeline.port(path, events.at(-1)!.t)?.loop;
};
const framesOf = (number: string) => {
	const traffic = new Traffic();
	for (const event of eventsOf(number)) traffic.add(event);
	traffic.flush();
	return traffic.frames.map(({ dir, name }) => `${dir} ${name}`);
};
const answeredFields = (number: string) =>
	ofType(number, 'at-answered').flatMap(({ command, lines }) => fieldsOf(command, lines));
const fieldIn = (number: string, key: string) =>
	answeredFields(number).find((field) => field.key === key);

test.each(names)('%s: every event is one of a recording', (name) => {
	const text = textOf(readFileSync(folder + name));
	const found = text === undefined ? undefined : readText(text, name);
	for (const event of found?.recording.events ?? []) {
		expect(parseEvent(JSON.stringify(event))).toEqual({ value: event });
	}
});

test.each([
	['01', []],
	['02', ['low-power']],
	['03', []],
	['04', ['mbim-only']],
	['05', ['comes-and-goes']],
	['06', ['comes-and-goes']],
	['07', []],
	['08', ['boot-loop']],
	['09', ['boot-loop']],
	['10', []],
	['11', []],
	['12', []],
	['13', ['diag-not-loader']],
	['14', ['diag-not-loader']],
	['15', ['unsupported-protocol']],
	['16', ['write-stalls']],
	['17', ['fwdwl-failed']],
	['18', ['no-boot-hold']],
	['19', ['apple-double']],
	['20', ['low-power', 'nothing-stored']],
	['21', ['no-pri']],
	['22', ['update-failed']],
	['23', ['loader-held']],
	['24', ['no-driver']],
	['25', ['loader-held']],
	['26', ['loader-held']],
	['27', ['loader-held']],
	['28', ['edl']],
	['29', []],
	['30', ['boot-loop']],
	['31', ['sparse-interfaces', 'no-driver-line']],
	['32', []],
	['33', []],
	['34', ['edl', 'qfirehose-failed']],
	['35', ['unsupported-protocol', 'loader-held']],
	['36', []],
	['37', ['loader-held']],
	['38', ['no-network']],
	['39', []],
	['40', []],
	['41', ['enumeration-fails']],
	['44', ['diag-not-loader']],
	['45', ['diag-not-loader']],
	['46', ['boot-loop']],
	['47', []],
	['48', []],
	['49', []],
	['50', []],
	['51', []],
	['53', ['loader-held']],
	['54', []],
	['55', ['boot-loop']],
	['56', ['boot-loop']],
	['57', ['boot-loop']],
	['58', ['boot-loop']],
])('%s: the findings are %j, and no line is unknown', (number, rules) => {
	expect(rulesOf(number)).toEqual(rules);
	expect(read(number).unknown).toBe(0);
});

test.each([
	['04', ['0.17 + 1-6 1199:9079 application']],
	['06', ['untimed + 1-1 1199:68c0 application', 'untimed - 1-1 1199:68c0']],
	[
		'07',
		[
			'0.00 + 2-1 1199:9071 application',
			'3558.00 - 2-1 1199:9071',
			'83112.00 + 2-1 1199:9071 application',
			'87632.00 - 2-1 1199:9071',
		],
	],
	['10', ['0.00 - 1-1 1199:68c0', '12.14 + 1-1 1199:68c0 application', '14.39 - 1-1 1199:68c0']],
	[
		'11',
		[
			'0.00 + 1-5 1199:9071 application',
			'206.00 - 1-5 1199:9071 unseen',
			'206.00 - 1-5 1199:9071',
			'215.00 + 1-5 1199:9071 application',
		],
	],
	['12', ['0.15 + 1-1.1 05c6:9000 ', '100.48 - 1-1.1 05c6:9000']],
	['23', ['untimed + 2-?.3 1199:9090 loader']],
	['24', ['untimed + 1-?.1 1199:9071 application']],
	['25', ['untimed + usb1 ????:???? unknown', 'untimed + 1-8 ????:???? loader']],
	['26', ['untimed + 1-8 1199:9070 loader', 'untimed + usb1 1d6b:0002 unknown']],
	['27', ['untimed + 2-? (device 3) 1199:9090 loader']],
	['28', ['0.10 + 3-1.3 2c7c:0125 edl']],
	['29', ['0.00 + 3-1.3 2c7c:0125 application']],
	['34', ['untimed + 3-? (device 2) 05c6:9008 edl']],
	[
		'35',
		[
			'untimed + 2-? (device 3) 1199:90e3 application',
			'untimed - 2-? (device 3) 1199:90e3',
			'untimed + 2-? (device 4) 1199:90e2 loader',
		],
	],
	[
		'36',
		[
			'untimed + 1-? (device 40) 2c7c:0125 application',
			'0.00 + 1-1.3 2c7c:0125 application',
			'4.00 - 1-1.3 2c7c:0125',
		],
	],
	[
		'47',
		[
			'0.00 + 1-1 1199:9071 application',
			'untimed - 1-1 1199:9071 unseen',
			'0.10 + 1-1 1199:9071 application',
			'40.10 - 1-1 1199:9071',
			'55.10 + 1-1 1199:9071 application',
			'94.10 - 1-1 1199:9071',
		],
	],
	['48', ['0.00 + 1-1 1199:9071 application']],
	['51', ['0.00 + 1-1 1199:9071 application']],
	['54', ['untimed + 2-? (device 2) 2c7c:0125 application']],
])('%s: what came and went', (number, expected) => {
	const seen = usb(number);
	for (const [index, line] of expected.entries()) expect(seen[index]).toContain(line);
	if (!['06', '54'].includes(number)) expect(seen).toHaveLength(expected.length);
});

test.each([
	['08', { up: 3, down: 11, period: 14 }],
	['09', { up: 3, down: 11, period: 14 }],
	['30', { up: 3, down: 3, period: 6 }],
	['46', { up: 3, down: 11, period: 14 }],
	['55', { up: 2.35, down: 11.65, period: 14 }],
	['56', { up: 2.35, down: 11.65, period: 14 }],
	['57', { up: 2.35, down: 11.65, period: 14 }],
	['58', { up: 2, down: 12, period: 14 }],
])('%s: the figures of the loop', (number, figures) => {
	const path = number === '30' ? '1-7' : '1-1';
	const close = Object.entries(figures).map(([key, value]) => [key, expect.closeTo(value, 3)]);
	expect(loopOf(number, path)).toMatchObject(Object.fromEntries(close));
});

test.each([
	['07', '2017-07-04T21:36:24.000Z'],
	['08', '2024-03-07T09:15:02.000Z'],
	['09', '2024-03-07T09:15:02.000Z'],
	['13', '2019-10-04T15:02:26.000Z'],
	['14', '2019-10-04T15:02:26.000Z'],
	['36', '2023-06-01T16:06:10.000Z'],
	['37', '2025-02-05T23:55:36.000Z'],
	['55', '2024-03-07T09:15:02.250Z'],
	['58', '1970-01-01T00:00:00Z'],
])('%s: its beginning is %s', (number, started) => {
	expect(read(number).recording.header.started).toBe(started);
});

test.each([
	['13', ['out SDP', 'in DIAG BAD_CMD']],
	['32', ['out RESET', 'in NAK']],
	['33', ['in HELLO mode 0 image_tx_pending', 'out HELLO_RSP', 'in CMD_READY', 'out EXECUTE']],
])('%s: its frames', (number, expected) => {
	const frames = framesOf(number);
	expect(frames).toHaveLength(expected.length);
	for (const [index, name] of expected.entries()) {
		expect(frames[index]).toMatch(new RegExp(name.split(' mode')[0]!));
	}
});

test.each([
	['01', 'lowPowerBy', { value: 'nothing' }],
	['02', 'lowPowerBy', { value: 'GOBIIM' }],
	['02', 'persistence', { value: '1' }],
	['03', 'lowPowerBy', { value: 'nothing' }],
	['20', 'activeSlot', { value: '255' }],
	['20', 'storedImages', { value: 'none', wrong: true }],
	['21', 'model', { value: 'MC7455' }],
	['21', 'priPartNumber', { value: 'Unknown' }],
	['22', 'updateStatus', { value: 'FAILED', wrong: true }],
	['22', 'failedPartition', { value: 'system' }],
	['40', 'manufacturer', { value: 'Quectel' }],
	['40', 'model', { value: 'RG502Q-EA' }],
	['40', 'revision', { value: 'RG502QEAAAR11A07M4G' }],
])('%s: AT says %s', (number, key, field) => {
	expect(fieldIn(number, key)).toMatchObject(field);
});

test('21 and 22: each command has its answer and its result', () => {
	const asked = [...ofType('21', 'at-answered'), ...ofType('22', 'at-answered')];
	expect(asked.map(({ command, result }) => `${command} ${result}`)).toEqual([
		'ATI OK',
		'AT!PRIID? OK',
		'AT!BCFWUPDATESTATUS OK',
	]);
});

test('what a device has, where the paste tells', () => {
	const [came] = ofType('23', 'usb-came');
	expect(came!.device).toMatchObject({ product: 'EM7565', speed: 5000 });
	expect(came!.device.interfaces).toMatchObject([
		{ class: 'ff/ff/ff', endpoints: 2, driver: 'qcserial' },
	]);
	expect(ofType('27', 'usb-came')[0]!.device).toMatchObject({
		product: 'EM7565',
		interfaces: [{ number: 0, endpoints: 2 }],
	});
	expect(ofType('39', 'usb-came')[0]!.device.interfaces).toMatchObject([
		{ number: 3, nodes: ['ttyUSB2'] },
	]);
});

test('the words of the findings are those of the log', () => {
	const titles = (number: string) => findingsOf(number).map(({ title }) => title);
	const texts = (number: string) =>
		findingsOf(number)
			.map(({ title, means, next }) => [title, means, ...next].join(' '))
			.join(' ');
	expect(titles('05')).toEqual([
		'The boot loader on 1-1.3 comes and goes 2 times; the log tells no times',
	]);
	expect(texts('05')).toMatch(/supply/);
	expect(texts('17')).toMatch(/122.*[Pp]ower-cycle/);
	expect(texts('19')).toMatch(/\._\*/);
	expect(texts('28')).not.toMatch(/TP1|RC76/);
	expect(texts('31')).toMatch(/interface 7,/);
	expect(texts('31')).not.toMatch(/0, 2, 3 and 8/);
	expect(texts('31')).toMatch(/new_id/);
	expect(titles('37')).toEqual(['In its boot loader when the log ends: 1199:9090']);
	expect(texts('38')).toMatch(/AT!USBCOMP\?.*AT!CUSTOM\?/);
	expect(titles('41')).toEqual(['The device on 4-1 does not answer the kernel (error -62)']);
	for (const number of ['05', '23', '31', '37', '38', '53']) {
		expect(findingsOf(number).at(-1)).toMatchObject({ certainty: 'possible' });
	}
	for (const name of names.filter((each) => /^(?!4[23]|52)/.test(each))) {
		expect(texts(name.slice(0, 2))).not.toMatch(/0\.0 s/);
	}
});

test('34: QFirehose’s seconds, and its end', () => {
	const events = eventsOf('34');
	expect(events.at(-1)).toMatchObject({ type: 'note', text: 'qfirehose.c main 366 fail' });
	expect(events.at(-1)!.t).toBeCloseTo(150.729, 3);
});

test('42, 43 and 52: inspect and decode say what the bytes are', async () => {
	const said: string[] = [];
	const out = (line: string) => said.push(line);
	expect(await inspect([pathOf('42')], { json: false, columns: 400, out })).toBe(5);
	expect(said.join(' ')).toContain(
		'macOS’s AppleDouble companion (00051607), not the firmware beside it',
	);
	const options = { json: true, colour: false, columns: 80, out, read: async () => Buffer.of() };
	said.length = 0;
	await decodeBytes([pathOf('43')], options);
	expect(JSON.parse(said[0]!)).toMatchObject({ recognised: 'CWE', name: 'header SPKG 9X30' });
	expect(said[1]).toContain('64204473');
	expect(JSON.parse(said[0]!).because).toContain('PSB CRC f2697aa7 is right');
	said.length = 0;
	await decodeBytes([pathOf('52')], options);
	expect(said.slice(1).map((line) => JSON.parse(line).name)).toEqual([
		'DIAG BAD_CMD',
		'SUBSYS_CMD',
	]);
});
