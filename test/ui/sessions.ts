/** What the console shows in the tests: a modem in a loop, a plan, a flash, a replay. */
import type { Event } from '../../source/events.ts';
import {
	application,
	bootLoop,
	FakeSession,
	flashStarted,
	hello,
	listed,
	loader,
	openFile,
	plan,
} from './fake-session.ts';

const said: Event[] = [
	{ t: 20, source: 'at', type: 'at-sent', port: 'ttyUSB2', command: 'ATI' },
	{
		t: 20.03,
		source: 'at',
		type: 'at-answered',
		port: 'ttyUSB2',
		command: 'ATI',
		lines: [
			'Manufacturer: Sierra Wireless, Incorporated',
			'Model: RC7620',
			'IMEI: 359072061234567',
		],
		result: 'OK',
		seconds: 0.029,
	},
	{ t: 25, source: 'at', type: 'armed', path: '3-1', command: 'AT!BOOTHOLD' },
	{
		t: 38.5,
		source: 'at',
		type: 'fired',
		path: '3-1',
		command: 'AT!BOOTHOLD',
		after: 0.02,
		result: 'OK',
	},
];

const found: Event[] = [
	{
		t: 40,
		source: 'diagnosis',
		type: 'finding',
		rule: 'boot-loop',
		title: 'Boot loop: up 2.4 s, down 11.8 s, again and again',
		means:
			'The modem starts its application, then resets 2.4 s later, 4 times in a row. Same VID:PID in both modes: 1 interface means that the boot loader holds.',
		next: ['hold it in the boot loader: press 1, then h', 'or pull TP1 low at power on'],
		certainty: 'proven',
		reference: 'a field log of an RC7620',
	},
	{
		t: 60.2,
		source: 'diagnosis',
		type: 'finding',
		rule: 'missed-hello',
		title: 'The loader did not understand what was sent first',
		means: 'It answered with HELLO mode 2, which is how a Sierra loader says so.',
		next: ['send HELLO_RSP mode 3; if it is refused, power cycle'],
		certainty: 'likely',
		reference: 'the RC7620 case',
	},
];

/** A modem in a boot loop that was held; it is 17:55:40 and something was found. */
export function looping(): FakeSession {
	const events: Event[] = [
		...bootLoop(4),
		...said,
		{ t: 58, source: 'usb', type: 'usb-came', device: loader },
		...found,
		...hello,
		{ t: 61, source: 'person', type: 'mark', text: 'TP1 is low now' },
	];
	const session = new FakeSession().add(...events.toSorted((a, b) => a.t - b.t));
	session.devices.set('3-1', application);
	session.recording.path = '/var/lib/modemscope/recordings/2026-03-04-RC7620.ndjson';
	session.files = listed;
	return session;
}

/** The same with a plan that waits. */
export function planned(): FakeSession {
	const session = looping();
	session.flasher.plan = plan;
	session.firmware.opened = openFile();
	return session;
}

/** The same while the file goes to the modem. */
export function flashing(): FakeSession {
	const blocks = Array.from(
		{ length: 40 },
		(_, index): Event => ({
			t: 74 + index / 80,
			source: 'port',
			type: 'payload',
			port: '/dev/ttyUSB0',
			file: 'RC76xx_7620.spk',
			offset: index * 8192,
			length: 8192,
			sha256: 'ab'.repeat(32),
		}),
	);
	return looping().add(...flashStarted.slice(0, -2), ...blocks, ...flashStarted.slice(-2));
}

/** A modem that prefers what it does not run, as it said of itself. */
export function lowPower(): FakeSession {
	const lines = [
		'!IMPREF: ',
		' preferred fw version:    00.02.00.00',
		' current fw version:      00.08.24.02',
		' current carrier name:    GENERIC',
		'',
		' fw version mismatch',
	];
	const session = new FakeSession().add(
		{ t: 20, source: 'usb', type: 'usb-came', device: application },
		{ t: 50, source: 'at', type: 'at-sent', port: 'ttyUSB2', command: 'AT!IMPREF?' },
		{
			t: 50.04,
			source: 'at',
			type: 'at-answered',
			port: 'ttyUSB2',
			command: 'AT!IMPREF?',
			lines,
			result: 'OK',
			seconds: 0.04,
		},
		{
			t: 50.04,
			source: 'diagnosis',
			type: 'finding',
			rule: 'low-power',
			title: 'Low power: firmware and PRI do not match',
			means: 'The modem runs, but keeps its radio off: fw version mismatch.',
			next: ['Read AT!IMPREF? and AT!IMAGE?: which pair is stored?'],
			certainty: 'proven',
			reference: 'Sierra forum 13010',
		},
	);
	session.devices.set('3-1', application);
	return session;
}

/** A recording that is looked at, between its two marks. */
export function replaying(): FakeSession {
	const session = looping();
	const mark = (t: number, text: string) => ({ t, source: 'person', type: 'mark', text }) as const;
	const marks = [mark(61, 'TP1 is low now'), mark(140, 'it holds')];
	return session.play({ t: 100, end: 200, marks });
}
