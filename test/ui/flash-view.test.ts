import { beforeEach, describe, expect, it } from 'vitest';
import { type Event, type Fact, type FlashPhase, versionless } from '../../source/events.ts';
import { FlashProgress } from '../../source/flash/model/progress.ts';
import { Ghost } from '../../source/flash/rehearse/ghost.ts';
import { eventLines } from '../../source/recording/export/event-text.ts';
import { Traffic } from '../../source/recording/log/traffic.ts';
import type { RehearsalRun } from '../../source/session/session.ts';
import { FakeSession, hello, plan } from './fake-session.ts';
import { flashing, planned } from './sessions.ts';
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

describe('a flash that was rehearsed', () => {
	const event = (t: number, phase: FlashPhase, state: 'running' | 'done'): Event => ({
		...{ t, source: 'flash', type: 'flash-phase', phase, state },
	});
	const rows = (events: readonly Event[]) => {
		const running = flashing();
		const traffic = new Traffic(1);
		const ghost = new Ghost([event(1, 'connect', 'done'), event(2, 'sahara', 'done')]);
		for (const each of events) ghost.add(each, traffic.add(each));
		Object.assign(running, { ghost });
		return createTestConsole({ session: running, view: 'flash', size: [140, 45] }).text();
	};

	it('says how far it went as rehearsed', () => {
		expect(rows([event(flashing().now(), 'connect', 'done')])).toContain(
			'as rehearsed, step 1 of 2',
		);
	});

	it('names what came and what was rehearsed in its place', () => {
		const text = rows([event(70, 'connect', 'done'), event(71, 'write', 'running')]);
		expect(text).toContain('departed: write running; rehearsed: sahara done');
	});

	it('has a sign in front of each arrow: as rehearsed, departed, late', () => {
		const rehearsed = new FakeSession().add(...hello, sent(61, configure));
		const ghost = new Ghost(rehearsed.log);
		const other = new FakeSession();
		const strange = configure.replace('<configure', '<nop');
		const traffic = new Traffic();
		const events = [...hello, sent(900, strange)];
		for (const event of events) ghost.add(event, traffic.add(event));
		other.add(...events);
		Object.assign(other, { ghost });
		const { rows } = createTestConsole({ session: other, view: 'flash', size: [140, 45] });
		const signs = rows().flatMap((row) => /^\S? ?[> ]?([✓≠…]) +\d*/.exec(row)?.[1] ?? []);
		expect(signs.at(0)).toBe('✓');
		expect(signs.at(-1)).toBe('≠');
	});

	it('says by how much it is late', () => {
		expect(rows([event(10, 'connect', 'done')])).toMatch(
			/! \d+ s later than rehearsed: sahara done/,
		);
	});
});

describe('a plan that may be rehearsed first', () => {
	const consoleOf = (run?: RehearsalRun) => {
		const waiting = planned();
		waiting.flasher.rehearsal = run;
		return {
			asked: waiting.asked,
			...createTestConsole({ session: waiting, view: 'flash', size: [80, 24] }),
		};
	};
	const progress = (...facts: readonly Fact[]) => {
		const made = new FlashProgress();
		for (const fact of facts) made.add({ t: 1, source: 'flash', ...fact } as Event);
		return made;
	};
	const started = { type: 'flash-started', file: 'a', size: 200, path: '3-1' } as const;
	const begun: Fact = { ...started, model: 'RC7620', to: '1' };
	const ended = (exit: number): Fact => ({
		...{ type: 'flash-ended', exit, message: 'It refused.', modem: '' },
	});

	it('names a chip in EDL and its partitions in plain words', () => {
		const flash: Fact = { ...started, model: '05C6:9008', to: versionless };
		const waiting = planned();
		waiting.add({ t: 99, source: 'flash', ...flash } as Event);
		const { text } = createTestConsole({ session: waiting, view: 'flash', size: [100, 30] });
		expect(text()).toContain('3-1 a chip in EDL (05c6:9008)');
		expect(text()).toContain('partitions do not tell their version');
		expect(text()).not.toContain('unknown');
		expect(eventLines({ t: 99, source: 'flash', ...flash } as Event).join()).toContain(
			'  partitions do not tell the version of their firmware',
		);
	});

	it('is by a key that the plan names, and that needs no word', async () => {
		const { asked, press, text } = consoleOf();
		expect(text()).toContain('t rehearses it first, on a simulated modem of its own.');
		await press('t');
		expect(asked).toEqual(['rehearse']);
	});

	it('says how far it is, and is stopped by the key that stops a flash', async () => {
		const writing: Fact = { type: 'flash-phase', phase: 'write', state: 'running' };
		const half: Fact = { type: 'flash-progress', sent: 100, total: 200 };
		const run = { progress: progress(begun, writing, half), isRunning: true, recording: undefined };
		const { asked, press, text } = consoleOf(run);
		expect(text()).toContain('Rehearsal on a simulated modem: write, 50 % sent');
		await press('t', 'S');
		expect(asked).toEqual(['stop']);
	});

	it.each([
		[0, 'Rehearsed: it ended well. Nothing was sent to the modem.'],
		[6, 'Rehearsed: it failed. It refused. Nothing was sent to the modem.'],
	])('says how it ended: %i', (exit, says) => {
		const run = { progress: progress(begun, ended(exit)), isRunning: false, recording: 'a' };
		expect(consoleOf(run).text()).toContain(says);
	});

	it('is not offered for a chip in EDL, which nobody plays', async () => {
		const waiting = planned();
		waiting.flasher.plan = { ...plan, programmer: 'prog.elf' };
		const { asked } = waiting;
		const { press, text } = createTestConsole({ session: waiting, view: 'flash', size: [80, 24] });
		expect(text()).not.toContain('rehearse');
		await press('t');
		expect(asked).toEqual([]);
	});
});
