import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Event, EventOf } from '../../source/events.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import { readText } from '../../source/recording/import/read-text.ts';
import { type Recording, recordLine } from '../../source/recording/log/record.ts';
import { Traffic } from '../../source/recording/log/traffic.ts';
import { fieldPath, fieldText, goodModuleLog, missedHelloLog, temporaryFile } from './field.ts';

const openField = (name: string) => openAny(fieldPath(name));
const ofType = <T extends Event['type']>({ events }: Recording, type: T) =>
	events.filter((event): event is EventOf<T> => event.type === type);
const framesOf = ({ events }: Recording) => {
	const traffic = new Traffic();
	for (const event of events) traffic.add(event);
	traffic.flush();
	return traffic.frames;
};
const read = (text: string) => readText(text, 'a log')!.recording;

/** What the log itself shows on the wire, found without the importer. */
const wireOf = (log: string) =>
	[...log.matchAll(/(>>|<<) ([0-9A-F:]+) \[\d+\]/g)].map(
		([, arrows, hex]) => `${arrows} ${hex!.toLowerCase()}`,
	);

test.each([missedHelloLog, goodModuleLog])('every byte of %s is in its frames', async (name) => {
	const frames = framesOf(await openField(name));
	const shown = frames.map(
		({ dir, bytes }) =>
			`${dir === 'out' ? '>>' : '<<'} ${Buffer.from(bytes).toString('hex').match(/../g)!.join(':')}`,
	);
	expect(shown).toEqual(wireOf(fieldText(name)));
	expect(shown).toHaveLength(2);
});

test.each([missedHelloLog, goodModuleLog])('%s ends in HELLO with mode 2', async (name) => {
	const [sdp, hello] = framesOf(await openField(name));
	expect(sdp).toMatchObject({ dir: 'out', protocol: 'DLOAD', name: 'SDP' });
	expect(hello).toMatchObject({ dir: 'in', protocol: 'Sahara', port: '/dev/ttyUSB0' });
	expect(hello!.bytes).toHaveLength(48);
	expect(hello!.fields.map(({ name, value }) => [name, value])).toEqual([
		['command', 1],
		['length', 48],
		['version', 2],
		['version min', 1],
		['max packet', 1024],
		['mode', 2],
		...[1, 2, 3, 4, 5, 6].map((n) => [`reserved ${n}`, 0]),
	]);
});

test('the images are the ranges of the log, nested as they contain each other', async () => {
	const [event, ...others] = ofType(await openField(missedHelloLog), 'images');
	expect(others).toEqual([]);
	expect(event!.file).toBe('RC76xx_Release9_GENERIC_GCF_7620.spk');
	const ranges = [...fieldText(missedHelloLog).matchAll(/offset range: \[(\d+),(\d+)\]/g)];
	expect(event!.images.map(({ start, end }) => [start, end])).toEqual(
		ranges.map(([, start, end]) => [Number(start), Number(end)]),
	);
	expect(event!.images).toHaveLength(29);
	// Depth is how many of the others hold it.
	for (const { start, end, depth } of event!.images) {
		const around = event!.images.filter(
			(other) => other.start <= start && other.end >= end && other.end - other.start > end - start,
		);
		expect(depth, `[${start},${end}]`).toBe(around.length);
	}
});

test('every line of the log is an event, a frame or a range: nothing is lost', async () => {
	const recording = await openField(missedHelloLog);
	const kept = ofType(recording, 'note').map(({ text }) => text);
	for (const line of fieldText(missedHelloLog).trimEnd().split('\n')) {
		const text = line.replace(/^\[01 Jun 2023, 17:56:\d\d\] /, '');
		const isElsewhere = /offset range: |(>>|<<) .* \[\d+\]$/.test(text);
		expect(kept.includes(text), text).toBe(!isElsewhere);
	}
});

test('times count from the first stamp, and the port opens twice', async () => {
	const recording = await openField(missedHelloLog);
	expect(recording.header.started).toBe('2023-06-01T17:56:42.000Z');
	expect(recording.header.origin).toMatch(/qmi-firmware-update.*time zone/);
	expect(recording.notes).toEqual([]);
	const ports = recording.events.filter(({ type }) => type.startsWith('port-'));
	expect(ports.map(({ t, type }) => [t, type])).toEqual([
		[0, 'port-opened'],
		[5, 'port-closed'],
		[5, 'port-opened'],
	]);
	expect(recording.events.at(-1)).toMatchObject({
		t: 5,
		text: 'error: unsupported download protocol',
	});
});

test.each([
	[missedHelloLog, 'rc7620-missed-hello-2023-06-01.ndjson'],
	[goodModuleLog, 'rc7620-good-module-2023-06-02.ndjson'],
])('%s gives the shipped %s', async (log, shipped) => {
	const { header, events } = await openField(log);
	const path = new URL(`../../recordings/${shipped}`, import.meta.url);
	expect(readFileSync(path, 'utf8')).toBe([header, ...events].map(recordLine).join(''));
});

test('CRLF changes nothing', async () => {
	const crlf = await temporaryFile(
		fieldText(missedHelloLog).replaceAll('\n', '\r\n'),
		missedHelloLog,
	);
	expect(await openAny(crlf)).toEqual(await openField(missedHelloLog));
});

test('a wrong count is noted and the bytes are kept', () => {
	const recording = read(
		'[01 Jun 2023, 17:56:47] [Debug] [qfu-qdl-device] << 01:00:FF [48]\n[01 Jun 2023, 17:56:47] [Debug] [qfu-qdl-device] << 0102 [2]',
	);
	expect(ofType(recording, 'bytes').map(({ hex }) => hex)).toEqual(['0100ff']);
	expect(recording.notes).toEqual(['Line 1 announces 48 bytes and shows 3.']);
	expect(ofType(recording, 'note')).toHaveLength(2);
});

test('midnight, a clock that goes back, and an unknown month', () => {
	const recording = read(
		[
			'[31 Dec 2023, 23:59:59] [Debug] [qfu-updater] a',
			'[01 Jan 2024, 00:00:01] [Debug] [qfu-updater] b',
			'[31 Dec 2023, 23:59:59] [Debug] [qfu-updater] c',
			'[31 Foo 2023, 23:59:59] [Debug] [qfu-updater] d',
		].join('\n'),
	);
	expect(recording.events.map(({ t }) => t)).toEqual([0, 2, 2, 2]);
});

test('a log without times says so', async () => {
	const recording = await openField('rc7620-update-qmi-hangup.txt');
	expect(recording.header.origin).toMatch(/no times/);
	expect(ofType(recording, 'note')).toHaveLength(3);
});

test('the text of litefw becomes notes', async () => {
	const recording = await openField('rc7620-fwdwl-litearm.txt');
	expect(ofType(recording, 'note')).toHaveLength(20);
	expect(recording.header.origin).toMatch(/litefw/);
});

test('pastes of lsusb become what came and went between them', async () => {
	const recording = await openField('rc7620-lsusb-bootloop.txt');
	expect(ofType(recording, 'usb-came').map(({ device }) => device.path)).toEqual([
		'usb4',
		'3-? (device 59)',
		'usb3',
		'2-? (device 2)',
		'usb2',
		'usb1',
	]);
	expect(ofType(recording, 'usb-went')).toMatchObject([
		{ path: '3-? (device 59)', vid: '1199', pid: '68c0', untimed: true, lineNumber: 9 },
	]);
});
