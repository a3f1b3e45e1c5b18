import { expect, test } from 'vitest';
import type { Event } from '../../source/events.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import { readText } from '../../source/recording/import/read-text.ts';
import { stampOf } from '../../source/recording/import/time/stamps.ts';
import { parseEvent } from '../../source/recording/log/record.ts';
import { modeOf } from '../../source/usb/device/modes.ts';
import { Timeline } from '../../source/usb/timeline/timeline.ts';
import { findingsOf } from '../diagnosis/events.ts';
import { fieldPath } from './field.ts';

const recordingOf = (text: string) => readText(text, 'a log')?.recording;
const read = (text: string) => recordingOf(text)?.events ?? [];
const usb = (events: readonly Event[]) => events.filter(({ source }) => source === 'usb');
const rulesOf = (events: readonly Event[]) => {
	return findingsOf(events).map(({ rule }) => rule);
};

// Posted with github.com/danielewood/sierra-wireless-modems issue 156; its serial number masked.
test('an EM7455’s coming is read with its ids, its strings, its drivers and its nodes', async () => {
	const { header, events } = await openAny(fieldPath('em7455-dmesg.txt'));
	expect(header.origin).toMatch(/tells no descriptors, and its times tell no date/);
	const [came, ...others] = usb(events);
	expect(others).toEqual([]);
	expect(came).toEqual({
		t: expect.closeTo(0.101, 2),
		lineNumber: 4,
		source: 'usb',
		type: 'usb-came',
		device: {
			path: '3-6.2',
			vid: '1199',
			pid: '9071',
			number: 35,
			speed: 480,
			product: 'EM7455',
			manufacturer: 'Sierra Wireless, Incorporated',
			serial: 'LFXXXXXXXXXXXXXX',
			interfaces: [
				{ number: 0, class: '//', endpoints: 0, driver: 'qcserial', nodes: ['ttyUSB0'] },
				{ number: 2, class: '//', endpoints: 0, driver: 'qcserial', nodes: ['ttyUSB1'] },
				{ number: 3, class: '//', endpoints: 0, driver: 'qcserial', nodes: ['ttyUSB2'] },
				{
					number: 8,
					class: '//',
					endpoints: 0,
					driver: 'qmi_wwan',
					nodes: ['cdc-wdm2', 'wwan0'],
				},
			],
		},
	});
	expect(events.filter(({ type }) => type === 'note').every((note) => note.t <= 0.2)).toBe(true);
	for (const event of events) expect(parseEvent(JSON.stringify(event))).toHaveProperty('value');
});

/** As Linux 6.1 says it of the simulated RC7620 behind vhci-hcd. */
const life = (start: number, number: number, end: number) => `
[${start.toFixed(6)}] usb 1-1: new high-speed USB device number ${number} using vhci_hcd
[${(start + 0.15).toFixed(6)}] usb 1-1: SetAddress Request (${number}) to port 0
[${(start + 0.25).toFixed(6)}] usb 1-1: New USB device found, idVendor=1199, idProduct=68c0, bcdDevice= 0.06
[${(start + 0.25).toFixed(6)}] usb 1-1: Product: Sierra Wireless RC7620
[${(start + 0.3).toFixed(6)}] qcserial 1-1:1.0: Qualcomm USB modem converter detected
[${(start + 0.31).toFixed(6)}] usb 1-1: Qualcomm USB modem converter now attached to ttyUSB0
[${(start + 0.32).toFixed(6)}] qcserial 1-1:1.2: Qualcomm USB modem converter detected
[${(start + 0.33).toFixed(6)}] usb 1-1: Qualcomm USB modem converter now attached to ttyUSB1
[${end.toFixed(6)}] usb 1-1: USB disconnect, device number ${number}
[${end.toFixed(6)}] qcserial ttyUSB0: Qualcomm USB modem converter now disconnected from ttyUSB0
[${end.toFixed(6)}] qcserial 1-1:1.0: device disconnected`;

test('a boot loop in a kernel’s log is found, with its figures', () => {
	const events = read(
		[life(49.64, 2, 52.26), life(63.5, 3, 66.06), life(79.46, 4, 81.28)].join(''),
	);
	expect(usb(events).map(({ type }) => type)).toEqual(
		[1, 2, 3].flatMap(() => ['usb-came', 'usb-went']),
	);
	expect(rulesOf(events)).toContain('boot-loop');
	const timeline = new Timeline();
	for (const event of events) timeline.add(event);
	expect(timeline.port('1-1', 33)?.loop).toMatchObject({
		cycles: 3,
		period: expect.closeTo(14.9, 0),
	});
});

test('one interface with a driver is a loader; none is told by its id, or not at all', () => {
	const modes = (text: string) =>
		usb(read(text)).map((event) => 'device' in event && modeOf(event.device));
	const found = (pid: string) =>
		`[1.0] usb 3-1: New USB device found, idVendor=1199, idProduct=${pid}, bcdDevice= 0.06\n`;
	const driver = '[1.1] qcserial 3-1:1.0: Qualcomm USB modem converter detected\n';
	expect(modes(found('68c0') + driver)).toEqual(['loader']);
	expect(modes(found('68c0'))).toEqual(['unknown']);
	expect(modes(found('9070'))).toEqual(['loader']);
	expect(modes(found('9071'))).toEqual(['application']);
});

test('a driver that is bound much later is a change', () => {
	const events = usb(
		read(
			[
				'[10.0] usb 3-1: New USB device found, idVendor=1199, idProduct=90ff, bcdDevice= 0.06',
				'[99.0] qcserial 3-1:1.0: Qualcomm USB modem converter detected',
				'[99.1] usb 3-1: Qualcomm USB modem converter now attached to ttyUSB0',
			].join('\n'),
		),
	);
	expect(events.map(({ type }) => type)).toEqual(['usb-came', 'usb-changed', 'usb-changed']);
	expect(events[0]).toMatchObject({ device: { interfaces: [] } });
	expect(events[2]).toMatchObject({ device: { interfaces: [{ nodes: ['ttyUSB0'] }] } });
});

test.each([
	['[ 5094.101427] ', 'boot', 5094.101427],
	['[    7.557902] ', 'boot', 7.557902],
	['<6>[    5.123456][  T123] ', 'boot', 5.123456],
	['[ 5094.100000 <    0.000100>] ', 'boot', 5094.1],
	['6,1000,5094100000,-;', 'boot', 5094.1],
	['dmesg.txt:12:[ 5.250000] ', 'boot', 5.25],
	['Jun 01 17:54:03 gateway kernel: ', 'yearless', Date.UTC(1970, 5, 1, 17, 54, 3) / 1000],
	['Mär 07 09:15:02 gw kernel: ', 'yearless', Date.UTC(1970, 2, 7, 9, 15, 2) / 1000],
	['03-07 09:15:02.123     0     0 I ', 'yearless', Date.UTC(1970, 2, 7, 9, 15, 2, 123) / 1000],
	['Fri Aug 16 18:42:44 2024 kern.info kernel: [    9.933571] ', 'boot', 9.933571],
	['2023-06-01T17:54:03+0200 gw kernel: ', 'dated', Date.UTC(2023, 5, 1, 15, 54, 3) / 1000],
	['2023-06-01T17:54:03,112+02:00 gw: ', 'dated', Date.UTC(2023, 5, 1, 15, 54, 3, 112) / 1000],
	['[Thu Jun  1 17:54:03 2023] ', 'dated', Date.UTC(2023, 5, 1, 17, 54, 3) / 1000],
	['Thu 2024-03-07 09:15:02 UTC gw kernel: ', 'dated', Date.UTC(2024, 2, 7, 9, 15, 2) / 1000],
	['1709802902.250000 gw kernel: ', 'dated', 1709802902.25],
	['[śro lip  5 20:41:36 2017] ', 'dated', Date.UTC(2017, 6, 5, 20, 41, 36) / 1000],
	// Croatian for June, of which the weekday tells.
	['[čet lip  4 21:36:24 2026] ', 'dated', Date.UTC(2026, 5, 4, 21, 36, 24) / 1000],
	['[四 3月  7 09:15:02 2024] ', 'dated', Date.UTC(2024, 2, 7, 9, 15, 2) / 1000],
	['[Чт мар  7 09:15:02 2024] ', 'dated', Date.UTC(2024, 2, 7, 9, 15, 2) / 1000],
	['7 mars 2024 09:15:02 ', 'dated', Date.UTC(2024, 2, 7, 9, 15, 2) / 1000],
	['[  +0.000123] ', 'delta', 0.000123],
	['09:15:02.5 ', 'daytime', 33_302.5],
])('the time of %j', (head, kind, seconds) => {
	expect(stampOf(head)).toMatchObject({ kind, seconds: expect.closeTo(seconds, 3) });
});

test.each(['', 'usb 3-1: x', '14:02 hello', '[1.0.2] ', 'Foo 99 '])('%j tells no time', (head) => {
	expect(stampOf(head)).toBeUndefined();
});

test('a whole log is taken, whatever it says before its first word of USB', () => {
	const boot = Array.from(
		{ length: 300 },
		(_, n) => `[    0.${String(n).padStart(6, '0')}] Linux version 6.1`,
	);
	expect(recordingOf(boot.join('\n'))!.notes).toEqual([
		'No USB device comes in this log.',
		'300 lines of the kernel’s log are about something else and left out.',
	]);
	expect(recordingOf('Jun 01 17:54:03 gateway kernel: Linux version 6.1')).toBeDefined();
	expect(usb(read([...boot, life(49, 2, 52)].join('\n')))).toHaveLength(2);
});

test.each([
	'[Sun Nov 29 01:57:12 2026] ',
	'[Nov29 01:57] ',
	'[  +0.000123] ',
	'[<    0.000123>] ',
	'[    0.000000 <    0.000000>] ',
	'kern  :notice: [    0.000000] ',
	'<5>[    0.000000] ',
	'2026-11-29T01:57:12,000000+00:00 ',
	'5,0,0,-;',
	'Nov 29 01:57:12 gw kernel: ',
])('a log without a word of USB is a kernel’s, in the form %j', (head) => {
	const { notes } = recordingOf(`${head}Linux version 6.1.0 (builder@host)`)!;
	expect(notes).toEqual([
		'No USB device comes in this log.',
		'1 line of the kernel’s log is about something else and left out.',
	]);
});

test('what no reader knows is refused', () => {
	expect(recordingOf('nonsense\n[1.0] Added a thing\nAT least this\n')).toBeUndefined();
});

/** One loop of 14 s, up 3 s, as each form prints it. */
const forms: Readonly<Record<string, (seconds: number) => string>> = {
	'journalctl -o verbose': (seconds) => {
		const micros = (1_709_802_902 + seconds) * 1e6;
		const date = new Date(micros / 1000).toISOString().replace('T', ' ').replace('Z', '000');
		return `Thu ${date} UTC [s=0f;i=1;b=2;m=3;t=4;x=5]\n    _TRANSPORT=kernel\n    MESSAGE=`;
	},
	'journalctl -o export': (seconds) =>
		`__CURSOR=s=0f\n__REALTIME_TIMESTAMP=${(1_709_802_902 + seconds) * 1e6}\n_TRANSPORT=kernel\nMESSAGE=`,
	'dmesg -H': (seconds) => (seconds === 0 ? '[Mar 7 09:15] ' : `[  +${steps[seconds]}.000000] `),
	busybox: (seconds) =>
		`Mar  7 09:15:${String(2 + seconds).padStart(2, '0')} gw kern.info kernel: `,
	logread: (seconds) =>
		`Thu Mar  7 09:15:${String(2 + seconds).padStart(2, '0')} 2024 kern.info kernel: [  ${100 + seconds}.000000] `,
	'a clock of the terminal': (seconds) => `[09:15:${String(2 + seconds).padStart(2, '0')}] `,
	'a clock that passes midnight': (seconds) =>
		seconds < 10 ? `[23:59:5${seconds}] ` : `[00:00:0${seconds - 10}] `,
};
const steps: Readonly<Record<number, number>> = { 1: 1, 3: 2, 14: 11, 15: 1, 17: 2 };
const found = 'usb 1-1: New USB device found, idVendor=1199, idProduct=68c0';
const taken = ['0', '3'].map(
	(face) => `qcserial 1-1:1.${face}: Qualcomm USB modem converter detected`,
);

test.each(Object.entries(forms))('%s tells the figures of a loop', (_, at) => {
	const life = (from: number, number: number) => [
		`${at(from)}usb 1-1: new high-speed USB device number ${number} using xhci_hcd`,
		`${at(from + 1)}${found}`,
		...taken.map((text) => `${at(from + 1).replace(/\[ {2}\+1/, '[  +0')}${text}`),
		`${at(from + 3)}usb 1-1: USB disconnect, device number ${number}`,
	];
	const timeline = new Timeline();
	for (const event of read([...life(0, 5), ...life(14, 6)].join('\n'))) timeline.add(event);
	expect(timeline.port('1-1', 18)?.loop).toMatchObject({ up: 2, down: 12, period: 14 });
});

test('a JSON journal and dmesg --json are read', () => {
	const entry = (seconds: number, MESSAGE: string) =>
		JSON.stringify({ MESSAGE, __REALTIME_TIMESTAMP: `${1_709_802_902_000_000 + seconds * 1e6}` });
	const gone = 'usb 1-1: USB disconnect, device number 5';
	const lines = [entry(0, found), entry(3, gone)];
	expect(usb(read(lines.join('\n'))).map(({ t }) => t)).toEqual([0, 3]);
	const dmesg = {
		dmesg: [found, gone].map((msg, index) => ({ pri: 6, time: 5 + index * 3, msg })),
	};
	expect(usb(read(JSON.stringify(dmesg, null, 3))).map(({ t }) => t)).toEqual([0, 3]);
});

test('a log that was pasted twice is read once; a clock that begins again is another boot', () => {
	const log = life(49, 2, 52);
	expect(usb(read(`${log}\nroot@gw:~# dmesg\n${log}`))).toHaveLength(2);
	const twice = recordingOf(`${life(900, 2, 903)}${life(9, 2, 30)}`)!;
	expect(twice.notes.join()).toMatch(/^The host restarted before line \d+/);
	expect(usb(twice.events)).toHaveLength(4);
});
