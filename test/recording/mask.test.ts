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

const swapped = (digits: string) => Buffer.from(digits.replace(/(.)(.)/g, '$2$1'), 'hex');

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
	['MAC 02-5F-1A-BB-0C-11', '02-5F-1A-BB-0C-11'],
	['qmi_wwan 1-1:1.8 wwx025f1abb0c11: renamed from wwan0', '025f1abb0c11'],
	['+CNUM: "mine","01701234567",129', '01701234567'],
	['+CSCA: "491710760000",145', '491710760000'],
	['+CRSM: 144,0,"984901214365870921f3"', '984901214365870921f3'],
	['Nov 29 08:00:01 depot-17 kernel: usb 1-1: new device', 'depot-17'],
	['2026-11-29T08:00:01.123456+00:00 depot-17 ModemManager[612]: <info> x', 'depot-17'],
	['/home/anna/firmware/a.spk', 'anna'],
	['anna@depot-17:~$ lsusb', 'anna'],
	['root@depot-17:~# lsusb', 'depot-17'],
	['anna@db01:/tmp$ lsusb', 'db01'],
	['anna@openwrt:~$ lsusb', 'anna'],
	['root@gw-17.example.com:~# lsusb', 'gw-17.example.com'],
	['[anna@gw-17.example.com tmp]$ lsusb', 'anna'],
	['root@gw-17.example.com # lsusb', 'gw-17'],
	['$ ssh anna@gw-17.example.com', 'anna'],
	['$ ssh anna@gw-17', 'gw-17'],
	['$ scp a.spk "anna@gw-17:/tmp"', 'gw-17'],
	['ssh://anna@gw-17.example.com/tmp', 'anna@gw-17.example.com'],
	['From: A. Smith <anna@example.com>', 'anna@example.com'],
	['ask anna.smith@example.com.', 'anna.smith@example.com'],
	['+CGAUTH: 1,1,"anna@realm.example"', 'anna@realm.example'],
	['INVITE sip:+491701234567@ims.mnc001.mcc262.3gppnetwork.org', '491701234567'],
	['P-Asserted-Identity: <tel:+491701234567>', '491701234567'],
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
	'Nov 29 08:00:01 is when it came: late',
	'+CSQ: 21,99 +COPS: 0,0,"123456",7',
	'20260101120000',
	'mmc@7864900: is a device of a device tree, and usb@3-1: too',
	'root@localhost:~# lsusb',
	'root@localhost.localdomain:~# lsusb',
	'root@OpenWrt.lan:~# lsusb',
	'systemd[1]: user@1000.service: Deactivated, getty@tty1.service too',
	'dwc3@a600000.dwc3: is a device, and /soc/port@a/endpoint@b',
	'sip:user@ims.mnc001.mcc262.3gppnetwork.org',
	'at!custom@port.name 1, AT@BRIC ?',
	'modem-tools@1.2.3: installed, libqmi@v1.34.0',
])('leaves %s alone', (text) => {
	expect(new Identifiers().mask(text)).toBe(text);
});

test('a user and a host at a prompt each have one mask, wherever they stand again', () => {
	const safe = new Identifiers().mask(
		'anna@depot-17:~$ ssh root@depot-17 ls /home/anna; depot-17 root: anna',
	);
	const [anna, depot] = ['**#1', '******#2'];
	expect(safe).toBe(
		`${anna}@${depot}:~$ ssh root@${depot} ls /home/${anna}; ${depot} root: ${anna}`,
	);
});

test('a host at a prompt is masked under its short name and by its domain too', () => {
	const safe = new Identifiers().mask(
		'root@gw-17.corp.example:~# ping gw-17; ping db.corp.example',
	);
	expect(safe).not.toMatch(/gw-17|corp/);
	expect(safe).toContain('; ping db.');
});

test('of an address the name alone is left: kernel@… must not hide the kernel', () => {
	const safe = new Identifiers().mask('mail kernel@corp.example about the kernel');
	expect(safe).toBe('mail *****************#1 about the kernel');
});

test('a short name at a prompt is masked in texts, and not where two bytes stand by chance', () => {
	const { events } = maskedOf([
		{ t: 0, source: 'log', type: 'note', text: 'jd@gw:~$ lsusb, by jd' },
		bytes(hexOf('0jd0gw0')),
	]);
	expect(events).toMatchObject([{ text: '#1@#2:~$ lsusb, by #1' }, { hex: hexOf('0jd0gw0') }]);
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

test.each([
	['as text in UTF-16, told nowhere else', (value: string) => Buffer.from(value, 'utf16le'), []],
	['an IMSI as a SIM card has it', (value: string) => swapped(`9${value}`), [imei]],
	['an IMEI as a mobile identity', (value: string) => swapped(`a${value}`), [imei]],
] as const)('finds %s', (_, form, told) => {
	const payload = form(imei);
	const { events } = maskedOf([
		...told.map((value): Event => ({ t: 0, source: 'log', type: 'note', text: `IMSI: ${value}` })),
		bytes(`0a00${payload.toString('hex')}0000`, 'cdc-wdm0'),
	]);
	const [hidden] = events.filter((event) => event.type === 'bytes');
	expect(hidden?.hex).toHaveLength(payload.length * 2 + 8);
	expect(hidden?.hex).not.toContain(payload.toString('hex'));
	expect(Buffer.from(hidden!.hex, 'hex').toString('latin1')).toContain('#1');
});

test('finds a phone number in a PDU, and a MAC address as bytes, that were told as text', () => {
	const texts = ['+CNUM: "","+491701234567",145', 'wwan0: 02:5f:1a:bb:0c:11'];
	const notes = texts.map((text): Event => ({ t: 0, source: 'log', type: 'note', text }));
	const packed = swapped('491701234567').toString('hex');
	const { events } = maskedOf([...notes, bytes(`0b91${packed}`), bytes('ff025f1abb0c11')]);
	expect(JSON.stringify(events)).not.toContain(packed);
	expect(JSON.stringify(events)).not.toContain('025f1abb0c11');
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
