import { expect, test } from 'vitest';
import { lanesOf } from '../../source/session/lanes.ts';
import { FakeSession, flashStarted, hello } from '../ui/fake-session.ts';

const port = '/dev/ttyUSB2';
const lane = (session: FakeSession, name: string, window = { first: 0, step: 1, columns: 10 }) =>
	lanesOf(session, window).find((one) => one.name === name)!.signs;

test('a column shows what stands in the way most', () => {
	const session = new FakeSession().add(
		{ t: 1, source: 'at', type: 'at-sent', port, command: 'ATI' },
		{
			t: 1.2,
			source: 'at',
			type: 'at-answered',
			port,
			command: 'ATI',
			lines: [],
			result: 'OK',
			seconds: 0.2,
		},
		{ t: 3.1, source: 'at', type: 'at-unsolicited', port, line: '+CREG: 1' },
		{
			t: 3.5,
			source: 'at',
			type: 'at-answered',
			port,
			command: 'AT!X',
			lines: [],
			result: 'ERROR',
			seconds: 0,
		},
		{ t: 7, source: 'log', type: 'note', text: 'usb 3-1: device descriptor read/64, error -71' },
		{ t: 8, source: 'log', type: 'note', text: 'qcserial 3-1:1.0: Qualcomm USB modem detected' },
	);
	expect(lane(session, 'AT')).toBe(' k e      ');
	expect(lane(session, 'kernel')).toBe('       !  ');
});

test('no kernel log is not the same as no error', () => {
	const kernel = (session: FakeSession) =>
		lanesOf(session, { first: 0, step: 1, columns: 10 }).find(({ name }) => name === 'kernel');
	const session = new FakeSession();
	expect(kernel(session)!.unheard).toBe(true);
	session.add({ t: 8, source: 'log', type: 'note', text: 'usb 3-1: new high-speed USB device' });
	expect(kernel(session)!.unheard).toBe(false);
});

test('a port that was opened before the first column is open in it', () => {
	const session = new FakeSession().add(
		{ t: 0, source: 'port', type: 'port-opened', port },
		{ t: 6.5, source: 'port', type: 'port-lost', port, why: 'it went' },
		{ t: 8, source: 'port', type: 'port-opened', port },
	);
	expect(lane(session, 'ports')).toBe('o-----x o-');
	expect(lane(session, 'ports', { first: 4, step: 0.5, columns: 10 })).toBe('-----x  o-');
});

test('bytes out, bytes in and payload are told apart', () => {
	const session = new FakeSession().add(...hello, ...flashStarted);
	const { t } = session.traffic.frames.find(({ dir, payload }) => dir === 'in' && !payload)!;
	const payload = session.traffic.frames.find((frame) => frame.payload)!;
	expect(lane(session, 'protocol', { first: t, step: 0.001, columns: 1 })).toBe('<');
	expect(lane(session, 'protocol', { first: payload.t, step: 0.001, columns: 1 })).toBe('=');
});

test('a phase is its name and a line as long as it takes, and ! where it fails', () => {
	const phase = (t: number, state: 'running' | 'done' | 'failed', name: 'sahara' | 'write') =>
		({ t, source: 'flash', type: 'flash-phase', phase: name, state }) as const;
	const session = new FakeSession().add(
		phase(0, 'running', 'sahara'),
		phase(2, 'done', 'sahara'),
		phase(3, 'running', 'write'),
		phase(4, 'running', 'write'),
		phase(9, 'failed', 'write'),
	);
	expect(lane(session, 'phase')).toBe('sahwrite-!');
});
