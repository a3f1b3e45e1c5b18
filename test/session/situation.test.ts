import { describe, expect, it } from 'vitest';
import type { Event, Fact, UsbDevice } from '../../source/events.ts';
import { situationOf } from '../../source/session/situation/situation.ts';
import {
	application,
	bootLoop,
	FakeSession,
	flashStarted,
	loader,
	openFile,
	plan,
	unfinished,
} from '../ui/fake-session.ts';

const came = (t: number, device: UsbDevice): Event => ({
	t,
	source: 'usb',
	type: 'usb-came',
	device,
});
const finding = (rule: string, path = '3-1'): Event => ({
	t: 95,
	source: 'diagnosis',
	type: 'finding',
	rule,
	title: rule,
	means: '',
	next: ['power-cycle it'],
	certainty: 'proven',
	reference: '',
	path,
});
const flash = (t: number, fact: Fact): Event => ({ t, source: 'flash', ...fact });
const running = (phase: 'commit' | 'reboot' | 'check'): Event =>
	flash(92, { type: 'flash-phase', phase, state: 'running' });
const ended = (exit: number): Event =>
	flash(99, {
		type: 'flash-ended',
		exit,
		message: 'It ended.',
		modem: '',
		next: 'power-cycle it.',
	});

const went = (t: number): Event => ({
	t,
	source: 'usb',
	type: 'usb-went',
	path: '3-1',
	vid: '1199',
	pid: '68c0',
});

const answer = (t: number, command: string, ...lines: string[]): Event => ({
	t,
	source: 'at',
	type: 'at-answered',
	port: '/dev/ttyUSB2',
	command,
	lines,
	result: 'OK',
	seconds: 0.1,
});

const identity: Event = {
	t: 99,
	source: 'at',
	type: 'at-answered',
	port: '/dev/ttyUSB2',
	command: 'ATI',
	lines: ['Model: RC7620'],
	result: 'OK',
	seconds: 0.1,
};

/** At 100 s. */
const situation = (...events: readonly Event[]) => situationOf(new FakeSession().add(...events));

describe('how things stand', () => {
	it.each<[string, string, string | undefined, readonly Event[]]>([
		['no modem', 'no modem seen', 'wait', []],
		['starting', 'application runs', 'wait', [came(95, application)]],
		['application', 'application runs', 'read-state', [came(50, application)]],
		['application', 'application runs', undefined, [came(50, application), identity]],
		['low power', 'low power', 'read-state', [came(50, application), finding('low-power')]],
		['no driver', 'no driver', 'shell', [came(50, loader), finding('no-driver')]],
		['looping', 'BOOT LOOP', 'arm', bootLoop(7)],
		['gone', 'gone', 'wait', bootLoop(1)],
		['loader passing', 'boot loader holding', 'wait', [came(95, loader)]],
		['loader', 'boot loader holding', 'open-file', [came(80, loader)]],
		['loader', 'boot loader holding', 'open-file', [came(94, loader), finding('loader-held')]],
		['loader spoiled', 'boot loader holding', 'open-file', [came(80, loader), finding('zeros')]],
		[
			'half flashed',
			'boot loader holding',
			'open-file',
			[came(60, loader), ...flashStarted, ended(7)],
		],
		['flashing', 'FLASHING 62 %', 'follow-flash', [came(60, loader), ...flashStarted]],
		['committing', 'COMMITTING', 'follow-flash', [...flashStarted, running('commit')]],
		['rebooting', 'REBOOTING', 'follow-flash', [...flashStarted, running('reboot')]],
		['checking', 'CHECKING', 'follow-flash', [...flashStarted, running('check')]],
	])('%s: "%s", and then: %s', (state, words, action, events) => {
		const now = situation(...events);
		expect(now).toMatchObject({ state, words });
		expect(now.next?.action).toBe(action);
	});

	it('has the state read once after a flash, and says then that all is well', () => {
		const done = { ...finding('flash-done'), next: ['Read its PRI.', 'Keep the recording.'] };
		const session = new FakeSession().add(came(50, application), identity, done as Event);
		session.facts.readAt = 94;
		expect(situationOf(session)).toMatchObject({
			next: { action: 'read-state' },
			steps: ['Keep the recording.'],
		});
		session.add(answer(96, 'AT!PRIID?', ' Customer: Generic'));
		expect(situationOf(session)).toMatchObject({
			next: undefined,
			steps: ['Keep the recording.'],
		});
	});

	it('advises nothing beside the rest of a flash that failed, where the loader holds', () => {
		const failed = { ...finding('flash-failed'), next: ['Leave the modem powered, and see.'] };
		const now = situation(came(60, loader), ...flashStarted, ended(7), failed as Event);
		expect(now).toMatchObject({ state: 'half flashed', steps: [] });
		expect(now.findings).toHaveLength(1);
	});

	it('leads out of low power: prefer what runs, reset, ask again', () => {
		const session = new FakeSession().add(came(50, application), finding('low-power'));
		const next = () => situationOf(session).next;
		expect(next()).toMatchObject({ action: 'read-state' });
		session.add(
			answer(60, 'AT!IMPREF?', ' current carrier name:    GENERIC', ' fw version mismatch'),
		);
		expect(next()).toMatchObject({ action: 'send', line: 'AT!IMPREF="GENERIC"' });
		session.add(answer(70, 'AT!IMPREF="GENERIC"'));
		expect(next()).toMatchObject({ action: 'send', line: 'AT!RESET' });
		session.add(went(71), came(80, application));
		session.time = 95;
		expect(next()).toMatchObject({ action: 'read-state' });
		session.add(answer(96, 'AT!IMPREF?', ' preferred fw version: 1', ' current fw version: 1'));
		expect(situationOf(session)).toMatchObject({ state: 'application', next: undefined });
	});

	it('turns a radio on that its user turned off, and types no strange name', () => {
		const session = new FakeSession().add(came(50, application), finding('low-power'));
		const next = () => situationOf(session).next;
		session.add(answer(60, 'AT!PCINFO?', 'State: Low Power Mode', 'LPM voters - Temp:0, User:1'));
		expect(next()).toMatchObject({ line: 'AT+CFUN=1' });
		session.add(answer(61, 'AT!PCINFO?', 'State: Low Power Mode', 'LPM voters - W_DISABLE:1'));
		expect(next()).toMatchObject({ action: 'read-state' });
		session.add(answer(62, 'AT!IMPREF?', ' current carrier name: A";+X', ' fw version mismatch'));
		expect(next()).toMatchObject({ line: 'AT!IMPREF="GENERIC"' });
	});

	it('has a command for another shell where the console has no key', () => {
		const { next } = situation(came(50, { ...loader, vid: '05c6', pid: '9008' }));
		expect(next).toMatchObject({ action: 'shell', line: expect.stringContaining('--programmer') });
	});

	it('tells an emergency download, a memory dump and what is not known by the id', () => {
		const as = (vid: string, pid: string) => situation(came(50, { ...loader, vid, pid })).state;
		expect(as('05c6', '9008')).toBe('EDL');
		expect(as('05c6', '900e')).toBe('memory dump');
	});

	it('leads from the held loader to the flash, one step at a time', () => {
		const session = new FakeSession().add(came(80, loader));
		const next = () => situationOf(session).next?.action;
		session.firmware.opened = openFile();
		expect(next()).toBe('plan');
		session.flasher.plan = plan;
		expect(next()).toBe('start');
		session.flasher.plan = undefined;
		session.flasher.unfinished = unfinished;
		expect(next()).toBe('continue-flash');
		session.flasher.plan = plan;
		expect(next()).toBe('start');
	});

	it('leads to the rest of a flash whose end was not seen, where the application runs', () => {
		const session = new FakeSession().add(came(50, application), identity);
		session.flasher.unfinished = unfinished;
		expect(situationOf(session).next?.action).toBe('continue-flash');
	});

	it('counts down to the next window, and says what is armed for it', () => {
		const session = new FakeSession().add(...bootLoop(6));
		const at = (t: number) => {
			session.time = t;
			return situationOf(session).countdown;
		};
		// It came at 81 s, lives 2.4 s, and comes every 14.2 s.
		expect(at(86)).toBe('Its next window opens in about 9 s.');
		expect(at(96)).toBe('Its next window is due.');
		session.add(came(95.2, application));
		expect(at(96)).toBe('Its window is open, for 2 s more.');
		session.at.armed = 'AT!BOOTHOLD';
		expect(situationOf(session).next).toMatchObject({ action: 'wait' });
	});

	it('says of a machine without USB that a simulated modem can be tried', () => {
		const session = new FakeSession();
		session.hasUsb = false;
		expect(situationOf(session)).toMatchObject({ state: 'no USB', next: { action: 'simulate' } });
	});

	it('says nothing unusual only of what was looked at', () => {
		expect(situation(came(50, application)).says).toContain('the modem itself was not asked');
		expect(situation(came(50, application), identity).says).not.toContain('not asked');
		for (const events of [bootLoop(1), [came(95, loader)], [came(95, application)]]) {
			expect(situation(...events).says).not.toContain('unusual');
		}
	});

	it('advises nothing in a recording', () => {
		const session = new FakeSession().play({ t: 100, end: 200 }).add(came(80, loader));
		expect(situationOf(session)).toMatchObject({ state: 'loader', next: undefined });
	});
});

describe('what was found', () => {
	it('is kept quiet while a flash runs, and comes back when that has failed', () => {
		const begun = [came(60, loader), ...flashStarted, finding('refused-firehose')];
		expect(situation(...begun).findings).toEqual([]);
		const failed = situation(...begun, ended(4)).findings;
		expect(failed.map(({ rule }) => rule)).toEqual(['refused-firehose']);
	});

	it('is said in the order of what stands in the way, whichever came first', () => {
		for (const order of [
			['no-driver', 'loader-held'],
			['loader-held', 'no-driver'],
		]) {
			const { findings } = situation(came(50, loader), ...order.map((rule) => finding(rule)));
			expect(findings.map(({ rule }) => rule)).toEqual(['no-driver', 'loader-held']);
		}
	});

	it('is of the modem that is looked at', () => {
		const { findings } = situation(came(50, application), finding('no-driver', '1-2'));
		expect(findings).toEqual([]);
	});
});
