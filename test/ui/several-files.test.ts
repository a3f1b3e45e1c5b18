import { beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../source/events.ts';
import {
	FakeSession,
	flashStarted,
	listed,
	loader,
	openFile,
	plan,
	unfinished,
} from './fake-session.ts';
import { createTestConsole, settled } from './test-console.tsx';

let session: FakeSession;
beforeEach(() => {
	session = new FakeSession();
	session.firmware.opened = openFile();
	session.flasher.plan = plan;
	session.files = listed;
});

describe('a second file in the plan', () => {
	it('is chosen among the files at hand', async () => {
		const { press, text } = createTestConsole({ session, view: 'flash' });
		await press('a');
		expect(text()).toContain('>first.spk');
		await press('down', 'enter');
		expect(session.asked).toEqual(['add /files/second']);
	});

	it('is named by its path', async () => {
		const { press, type } = createTestConsole({ session, view: 'flash' });
		await press('a', 'G', 'enter');
		await type('/elsewhere/b.nvu');
		await press('enter');
		expect(session.asked).toEqual(['add /elsewhere/b.nvu']);
	});

	it('is left out again, and not offered while it is in the plan', async () => {
		session.flasher.added = ['/files/first'];
		const { press, text } = createTestConsole({ session, view: 'flash' });
		await press('a');
		expect(text()).not.toContain('>first.spk');
		expect(text()).toContain('Leave out first');
		await press('G', 'enter');
		expect(session.asked).toEqual(['leave out /files/first']);
	});

	it('is asked for with the model’s name like the first one', async () => {
		session.flasher.plan = { ...plan, others: ['/files/b.nvu'] };
		const { press, text } = createTestConsole({ session, view: 'flash' });
		await press('s');
		expect(text()).toContain('RC76xx_7620.spk, then b.nvu:');
	});

	it.each([
		['of an earlier flash', { ...plan, mode: 'reset' as const }],
		['of another file', { ...plan, file: '/other.spk' }],
		['not made', undefined],
	])('is not offered when the plan is %s', async (_, other) => {
		session.flasher.plan = other;
		const { press, text } = createTestConsole({ session, view: 'flash' });
		await press('a');
		await settled();
		expect(text()).not.toContain('Add a file');
	});

	it('is shown in what was left unfinished', () => {
		session.flasher.plan = undefined;
		const job = { ...unfinished.job, others: ['/f/b.nvu'] };
		const resume = { accepted: 1, size: 9, loader: 59 };
		session.flasher.unfinished = { ...unfinished, job, mode: 'rest', resume };
		session.devices.set('3-1', { ...loader, number: 59 });
		const { text } = createTestConsole({ session, view: 'flash' });
		expect(text()).toContain('1 a.spk ✓ accepted');
		expect(text()).toMatch(/2 b\.nvu$/m);
		expect(text()).toContain('the files that the modem has not accepted yet are');
		session.devices.set('3-1', { ...loader, number: 60 });
		expect(text()).toContain('the file is written from its start');
	});

	it('is shown in the flash, and the first one marked when the modem has accepted it', () => {
		const [started, ...more] = flashStarted as [Extract<Event, { type: 'flash-started' }>];
		const accepted: Event = {
			t: 91,
			source: 'flash',
			type: 'flash-phase',
			phase: 'commit',
			state: 'done',
		};
		session.flasher.plan = undefined;
		session.add({ ...started, others: ['b.nvu'] }, ...more, accepted);
		const { text } = createTestConsole({ session, view: 'flash' });
		expect(text()).toContain('1 RC76xx_7620.spk ✓ accepted');
		expect(text()).toMatch(/2 b\.nvu$/m);
	});
});
