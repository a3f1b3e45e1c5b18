import { expect, test } from 'vitest';
import type { Event } from '../../source/events.ts';
import { Identifiers } from '../../source/protocol/text/identifiers.ts';
import { maskRecording } from '../../source/recording/privacy/mask-recording.ts';

const header = {
	modemscope: 1,
	started: '2026-01-01T00:00:00.000Z',
	title: 'log of anna@gw-17',
	origin: 'a live machine',
	speed: 1,
} as const;
const bytes = (hex: string, port = 'ttyUSB2'): Event => ({
	t: 1,
	source: 'port',
	type: 'bytes',
	port,
	dir: 'in',
	hex,
});
const hexOf = (text: string) => Buffer.from(text, 'latin1').toString('hex');
const imei = '359072061234567';
const iccid = '8949012345678901234';

const maskedOf = (events: readonly Event[], known = {}) => {
	const masked = maskRecording({ header, events, notes: [] }, known);
	return { ...masked, events: [...masked.events] };
};

test.each([
	['IMEI: 359072061234567', '359072061234567'],
	['+CGSN: "359072061234567"', '359072061234567'],
	['ICCID: 8949012345678901234', '8949012345678901234'],
	['+CNUM: "","+491701234567",145', '+491701234567'],
	['FSN: LF123456789012', 'LF123456789012'],
	['Serial number: XG123456789010', 'XG123456789010'],
	['wwan0: 02:5f:1a:bb:0c:11', '02:5f:1a:bb:0c:11'],
	['/home/anna/firmware/a.spk', 'anna'],
	['anna@gw-17:~$ lsusb', 'anna@gw-17'],
])('%s', (text, value) => {
	const safe = new Identifiers().mask(text);
	expect(safe).not.toContain(value);
	expect(safe).toHaveLength(text.length);
	expect(safe).toContain('#1');
});

test.each([
	'17:54:03.112  0x0068064  34 878 832  00.08.24.02',
	'sha256 12345678901234567890abcdef',
	'9999999_9909667_SWI9X07H_00.08.24.02_00_GENERIC_001.110_000',
	'IMEI: 000000000000000',
	'20260101120000',
])('leaves %s alone', (text) => {
	expect(new Identifiers().mask(text)).toBe(text);
});

test('one value has one mask, another value another', () => {
	const identifiers = new Identifiers();
	const [first, again, other] = [imei, imei, '359072061234568'].map((value) =>
		identifiers.mask(value),
	);
	expect(again).toBe(first);
	expect(other).not.toBe(first);
});

test('a value that was met with its name is masked where it stands without', () => {
	const { events } = maskedOf([
		{ t: 0, source: 'log', type: 'note', text: 'FSN: LF123456789012' },
		{ t: 1, source: 'log', type: 'note', text: 'opened LF123456789012 again' },
	]);
	expect(JSON.stringify(events)).not.toContain('LF123456789012');
});

test.each(Array.from({ length: imei.length - 1 }, (_, index) => index + 1))(
	'finds an IMEI that a port sent in two pieces, cut at %i',
	(cut) => {
		const [first, second] = [imei.slice(0, cut), imei.slice(cut)];
		const { events } = maskedOf([bytes(hexOf(`\r\n${first}`)), bytes(hexOf(`${second}\r\n`))]);
		const sent = events.map((event) => (event.type === 'bytes' ? event.hex : '')).join('');
		expect(sent).not.toContain(hexOf(imei));
		expect(sent).toHaveLength(hexOf(`\r\n${imei}\r\n`).length);
	},
);

test('finds the digits of a SIM card, two a byte, once they were told as text', () => {
	const swapped = `${iccid}f`.replace(/(.)(.)/g, '$2$1');
	const { events } = maskedOf([
		{ t: 0, source: 'log', type: 'note', text: `ICCID: ${iccid}` },
		bytes(`0a${swapped}00`, 'cdc-wdm0'),
	]);
	expect(JSON.stringify(events)).not.toContain(swapped);
});

test('a USB serial number and the names of host and user', () => {
	const device = { path: '3-1', vid: '1199', pid: '68c0', serial: 'LF98765432', interfaces: [] };
	const { events, header: safe } = maskedOf(
		[
			{ t: 0, source: 'usb', type: 'usb-came', device },
			{
				t: 1,
				source: 'log',
				type: 'note',
				text: 'gw-17 kernel: SerialNumber LF98765432, annapurna',
			},
		],
		{ host: 'gw-17', user: 'anna' },
	);
	const text = JSON.stringify({ events, safe });
	for (const value of ['LF98765432', 'gw-17', '"anna', 'of anna'])
		expect(text).not.toContain(value);
	expect(text).toContain('annapurna');
});

test('the recording itself keeps everything', () => {
	const events = [bytes(hexOf(imei))];
	maskedOf(events);
	expect(events[0]).toEqual(bytes(hexOf(imei)));
});

test('what a read cut is masked far from where it was learnt, however long the stream is', () => {
	const noise = (index: number) => bytes(hexOf(`line ${index} of a log `.repeat(40)));
	const long = Array.from({ length: 200 }, (_, index) => noise(index));
	const [head, middle, tail] = [imei.slice(0, 4), imei.slice(4, 9), imei.slice(9)];
	// Of another port between the pieces, and a second one at the very start and end of its stream.
	const cut = [
		bytes(hexOf(`x ${head}`)),
		bytes(hexOf(`${iccid} `), 'ttyUSB1'),
		bytes(hexOf(middle)),
	];
	const events = [...cut, bytes(hexOf(`${tail} y`)), ...long, ...cut, bytes(hexOf(`${tail}`))];
	const { events: masked } = maskedOf(events);
	const said = (port: string) =>
		masked
			.flatMap((event) => (event.type === 'bytes' && event.port === port ? event.hex : []))
			.map((hex) => Buffer.from(hex, 'hex').toString('latin1'))
			.join('');
	expect(said('ttyUSB2')).toMatch(/^x \*{13}#\d y[^*]*x \*{13}#\d$/);
	expect(said('ttyUSB1')).toMatch(/^(\*{17}#\d ){2}$/);
	expect(masked.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
});

test('a value that a piece of the search cuts is learnt whole, wherever that is', () => {
	for (let before = 65_500; before <= 65_540; before++) {
		const { events } = maskedOf([
			bytes(hexOf(`${'.'.repeat(before)} ${iccid}`.slice(0, 65_536))),
			bytes(hexOf(`${'.'.repeat(before)} ${iccid} .`.slice(65_536))),
		]);
		const [one, other] = events.map((event) => (event.type === 'bytes' ? event.hex : ''));
		const said = Buffer.from(`${one}${other}`, 'hex').toString('latin1');
		expect(said).not.toMatch(/\d{3}/);
		expect(said).toContain('*#1');
	}
});
