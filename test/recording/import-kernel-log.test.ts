import { expect, test } from 'vitest';
import type { Event } from '../../source/events.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import { parseEvent } from '../../source/recording/file/record.ts';
import { kernelLog } from '../../source/recording/import/kernel-log.ts';
import { timeOf } from '../../source/recording/import/kernel-time.ts';
import { modeOf } from '../../source/usb/device/modes.ts';
import { Timeline } from '../../source/usb/timeline/timeline.ts';
import { findingsOf } from '../diagnosis/events.ts';
import { fieldPath } from './field.ts';

const read = (text: string) => kernelLog.read(text.split('\n'), 'a log').events;
const usb = (events: readonly Event[]) => events.filter(({ source }) => source === 'usb');
const rulesOf = (events: readonly Event[]) => {
	return findingsOf(events).map(({ rule }) => rule);
};

// Posted with github.com/danielewood/sierra-wireless-modems issue 156; its serial number masked.
test('an EM7455’s coming is read with its ids, its strings, its drivers and its nodes', async () => {
	const { header, events } = await openAny(fieldPath('em7455-dmesg.txt'));
	expect(header.origin).toMatch(/tells no descriptors; its times tell no date/);
	const [came, ...others] = usb(events);
	expect(others).toEqual([]);
	expect(came).toEqual({
		t: expect.closeTo(0.101, 2),
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
	['[ 5094.101427] usb 3-6: x', 5094.101427, false],
	['[    7.557902] usb 2-3: x', 7.557902, false],
	['Jun 01 17:54:03 gateway kernel: usb 3-1: x', Date.UTC(1970, 5, 1, 17, 54, 3) / 1000, false],
	['Fri Aug 16 18:42:44 2024 kern.info kernel: [    9.933571] usb 1-1: x', 9.933571, false],
	[
		'2023-06-01T17:54:03+0200 gateway kernel: usb 3-1: x',
		Date.UTC(2023, 5, 1, 15, 54, 3) / 1000,
		true,
	],
	[
		'2023-06-01T17:54:03,112233+02:00 gateway kernel: usb 3-1: x',
		Date.UTC(2023, 5, 1, 15, 54, 3, 112) / 1000,
		true,
	],
	['[Thu Jun  1 17:54:03 2023] usb 3-1: x', Date.UTC(2023, 5, 1, 17, 54, 3) / 1000, true],
	['usb 3-1: x', undefined, false],
	['Foo 99 17:54:03 gateway kernel: usb 3-1: x', undefined, false],
])('the time of %j', (line, seconds, isDated) => {
	const time = timeOf(line);
	if (seconds === undefined) expect(time).toBeUndefined();
	else expect(time).toEqual({ seconds: expect.closeTo(seconds, 2), isDated });
});

test('a whole log is taken, whatever it says before its first word of USB', () => {
	const boot = Array.from(
		{ length: 300 },
		(_, n) => `[    0.${String(n).padStart(6, '0')}] Linux version 6.1`,
	);
	expect(kernelLog.recognise(boot.slice(0, 200))).toBe(true);
	expect(kernelLog.recognise(['Jun 01 17:54:03 gateway kernel: Linux version 6.1'])).toBe(true);
	expect(kernelLog.read(boot, 'a log').notes).toEqual(['No USB device comes in this log.']);
	expect(usb(read([...boot, life(49, 2, 52)].join('\n')))).toHaveLength(2);
});

test('other tools’ logs, and a kernel’s log without USB, are not taken for it', () => {
	expect(kernelLog.recognise(['Bus 003 Device 059: ID 1199:68c0 Sierra Wireless, Inc.'])).toBe(
		false,
	);
	expect(kernelLog.recognise(['[ 1.0] usbcore: registered new interface driver qmi_wwan'])).toBe(
		false,
	);
	expect(read('[ 1.0] EXT4-fs (sdd2): mounted\nnonsense\n')).toEqual([]);
});
