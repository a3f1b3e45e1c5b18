import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readRecording } from '../../source/commands/recording/read-recording.ts';
import { weightOf } from '../../source/diagnosis/findings.ts';
import type { Event, EventOf } from '../../source/events.ts';
import { recordingText } from '../../source/recording/export/text.ts';
import { readText } from '../../source/recording/import/read-text.ts';
import { textOf } from '../../source/recording/import/text/encoding.ts';

const folder = new URL('pastes/', import.meta.url).pathname;
const read = (name: string) =>
	readText(readFileSync(`${folder}${name}.txt`, 'utf8'), name) ?? expect.unreachable(name);
const ofType = <T extends Event['type']>(name: string, type: T) =>
	read(name).recording.events.filter((event): event is EventOf<T> => event.type === type);

const expected: Readonly<Record<string, { rules: string[]; unknown?: number }>> = {
	'at-unasked': { rules: ['loader-silent'] },
	'hex-directed': { rules: ['missed-hello'] },
	'journal-two-boots': { rules: [] },
	android: { rules: ['edl', 'loader-held', 'no-driver-line'] },
	'at-without-echo': { rules: ['crash-action'] },
	'boot-uart': { rules: ['boot-fails'] },
	'dmesg-H': { rules: ['boot-loop'] },
	fdt: { rules: ['fdt-failed'] },
	'fh-loader': { rules: [] },
	'grep-found': { rules: ['comes-and-goes'] },
	'grep-ttyusb': { rules: [] },
	gsmctl: { rules: ['low-power'], unknown: 1 },
	'journalctl-r': { rules: ['boot-loop'] },
	'kernel-build-date': { rules: [] },
	'lsusb-new': { rules: ['no-driver'] },
	markdown: { rules: [], unknown: 3 },
	minicom: { rules: ['low-power'] },
	mmcli: { rules: ['modem-failed'] },
	'mmcli-json': { rules: [] },
	'modem-manager-debug': { rules: ['low-power', 'radio-locked'] },
	'regular-resets': { rules: ['regular-resets'] },
	numbered: { rules: ['no-driver-line'] },
	picocom: { rules: [] },
	qflash: { rules: ['qfirehose-failed'], unknown: 1 },
	'qfu-mail-wrapped': { rules: ['diag-not-loader'] },
	supply: { rules: ['enumeration-fails', 'bad-supply', 'bad-supply'] },
	'usb-modeswitch-and-at': { rules: ['no-storage-mode'] },
	usbmon: { rules: [] },
	'comes-back-as-another': { rules: [], unknown: 1 },
	'dmesg-in-one-line': { rules: ['boot-loop'], unknown: 1 },
	'dmesg-then-mmcli': { rules: ['sparse-interfaces'], unknown: 3 },
	'freebsd-u3g': { rules: [], unknown: 1 },
	'fwdwl-lite-state': { rules: [], unknown: 5 },
	gammu: { rules: [], unknown: 6 },
	'logread-unannounced': { rules: ['boot-loop'], unknown: 4 },
	'stick-switched': { rules: [] },
	'usb-devices-table': { rules: [], unknown: 1 },
};

test.each(readdirSync(folder).map((name) => name.replace('.txt', '')))('%s', (name) => {
	const { rules, unknown = 0 } = expected[name] ?? expect.unreachable(name);
	const { recording, unknown: notKnown } = read(name);
	const found = [...readRecording(recording)].flatMap(({ findings }) => findings);
	expect(found.map(({ rule }) => rule)).toEqual(rules);
	expect(notKnown).toBe(unknown);
});

test('a date that a line names is not the paste’s', () => {
	for (const name of ['minicom', 'kernel-build-date', 'mmcli']) {
		expect(read(name).recording.header.started, name).toBe('1970-01-01T00:00:00Z');
	}
});

test('AT: the port, each command, and all lines of its answer', () => {
	const asked = (name: string) =>
		ofType(name, 'at-answered').map(({ port, command, result }) => `${port} ${command} ${result}`);
	expect(asked('minicom')).toEqual([
		'/dev/ttyUSB2 ATE1 OK',
		'/dev/ttyUSB2 ati OK',
		'/dev/ttyUSB2 at!gstatus? OK',
		'/dev/ttyUSB2 AT!IMPREF? OK',
		'/dev/ttyUSB2 at!foo ERROR',
		'/dev/ttyUSB2 AT+CPIN? +CME ERROR: 10',
	]);
	expect(ofType('minicom', 'at-answered')[3]!.lines).toHaveLength(8);
	expect(asked('at-without-echo')).toEqual([
		'/dev/ttyUSB2 AT!GSTATUS? OK',
		'/dev/ttyUSB2 AT!EROPTION? OK',
	]);
	expect(asked('modem-manager-debug')).toEqual([
		'/dev/ttyUSB2 AT+CGMI OK',
		'/dev/ttyUSB2 AT!PCINFO? OK',
	]);
	expect(asked('gsmctl')).toEqual([
		'a port that is not named AT+CGMR its end is not shown',
		'/dev/ttyUSB2 AT!PCINFO? its end is not shown',
	]);
});

test('a list and a log that name one device make one of it', () => {
	const came = ofType('markdown', 'usb-came');
	expect(came.map(({ device }) => device.path)).toEqual(['1-4']);
	expect(came[0]!.device).toMatchObject({ number: 12, product: 'EM7455' });
	expect(ofType('lsusb-new', 'usb-came').map(({ device }) => device.path)).toEqual([
		'usb1',
		'1-2',
		'1-2.1',
		'1-5',
	]);
});

test('usb-devices in a table: a class whose name has a blank is read too', () => {
	const [came] = ofType('usb-devices-table', 'usb-came');
	const drivers = came!.device.interfaces.map(({ number, driver }) => `${number} ${driver}`);
	expect(drivers).toEqual(['0 cdc_mbim', '1 cdc_mbim', '2 option', '3 undefined', '4 option']);
});

test('lines of dmesg that a forum made one are many again', () => {
	const went = ofType('dmesg-in-one-line', 'usb-went');
	expect(went.map(({ t, lineNumber }) => [t.toFixed(3), lineNumber])).toEqual([
		['0.000', 2],
		['7.000', 2],
		['14.000', 2],
	]);
});

test('what went is not given the id of another that came back', () => {
	const [went] = ofType('comes-back-as-another', 'usb-went');
	const [came] = ofType('comes-back-as-another', 'usb-came');
	expect([went!.vid, came!.device.vid]).toEqual(['????', '8087']);
});

test('the evidence is quoted of its own time, where one line holds many', () => {
	const { recording } = read('dmesg-in-one-line');
	const lines = [...recordingText(recording, readRecording(recording), 100, weightOf)];
	expect(lines).toContain('  Seen in line 2: usb 1-3: USB disconnect, device number 20');
});

test('an error of mmcli is none of qmi-firmware-update', () => {
	expect(read('dmesg-then-mmcli').recording.header.origin).not.toContain('qmi-firmware-update');
});

test('what a modem’s driver says is kept, Linux’s and FreeBSD’s', () => {
	const notes = (name: string) => ofType(name, 'note').map(({ text }) => text);
	expect(notes('freebsd-u3g')).toContain('u3g0: detached');
	expect(notes('stick-switched')).toContain(
		'qmi_wwan 1-1.5:1.3: unknown notification 32 received: index 0 len 2',
	);
});

test('gammu’s debug log: the lines of an exchange are numbered', () => {
	expect(ofType('gammu', 'at-answered').map(({ command, lines }) => [command, lines])).toEqual([
		['AT', []],
		['ATE1', []],
		['AT+CGMM', ['MC35i']],
		['AT+CGMR', ['REVISION 02.00']],
	]);
});

test('usbmon: both endpoints of a loader are one port', () => {
	const ports = new Set(ofType('usbmon', 'bytes').map(({ port }) => port));
	expect([...ports]).toEqual(['USB 1-? (device 10)']);
});

test('a log in Windows-1252 is read as one in UTF-8', () => {
	const bytes = readFileSync(new URL('field/58-german-syslog.txt', import.meta.url));
	const latin = Buffer.from(bytes.toString('utf8'), 'latin1');
	expect(textOf(latin)).toBe(textOf(bytes));
});
