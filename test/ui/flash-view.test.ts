import { beforeEach, expect, it } from 'vitest';
import type { Event } from '../../source/events.ts';
import { FakeSession, hello } from './fake-session.ts';
import { flashing } from './sessions.ts';
import { createTestConsole } from './test-console.tsx';

const configure =
	'<?xml version="1.0" encoding="UTF-8" ?><data><configure MemoryName="nand" MaxPayloadSizeToTargetInBytes="8192" MaxPayloadSizeToTargetInBytesSupported="8192"/></data>\r\n';

const sent = (t: number, text: string): Event => ({
	t,
	source: 'port',
	type: 'bytes',
	port: '/dev/ttyUSB0',
	dir: 'out',
	hex: Buffer.from(text).toString('hex'),
});

let session: FakeSession;
beforeEach(() => {
	session = new FakeSession();
	session.add(...hello, sent(61, configure));
});

it.each([
	[80, 24],
	[60, 16],
] as const)('names the key that stops a flash while one runs, at %i x %i', (...size) => {
	const running = createTestConsole({ session: flashing(), view: 'flash', size });
	expect(running.rows().at(-1)).toContain('S stop');
	const idle = createTestConsole({ session, view: 'flash', size });
	expect(idle.rows().at(-1)).not.toContain('S stop');
});

it('shows XML as text and other frames in hex, until x is pressed on one of its kind', async () => {
	const { press, text } = createTestConsole({ session, view: 'flash', size: [140, 45] });
	expect(text()).toContain('<configure MemoryName="nand"');
	await press('up');
	expect(text()).toContain('0000 [01 00 00 00]');
	await press('down', 'x');
	expect(text()).toContain('|<?xml version="1|');
	await press('up', 'x');
	expect(text()).not.toContain('0000 [01 00 00 00]');
	await press('down');
	expect(text()).toContain('|<?xml version="1|');
});

it('tells names of fields apart where there is room, and shows where one is cut', async () => {
	const { press, text, resize } = createTestConsole({ session, view: 'flash', size: [140, 45] });
	await press('x');
	expect(text()).toMatch(/ MaxPayloadSizeToTargetInBytes {2}/);
	expect(text()).toMatch(/ MaxPayloadSizeToTargetInBytesSupported {2}/);
	resize(60, 45);
	expect(text()).toMatch(/ MaxPayloadSizeToTargetInBy\.\. {2}/);
});
