import { expect, it } from 'vitest';
import { FakeSession } from './fake-session.ts';
import { createTestConsole } from './test-console.tsx';

it('says on every view that a recording broke, and on its own why', () => {
	const session = new FakeSession();
	const recorder = { start: () => {}, stop: async () => {}, path: undefined };
	session.recorder = { ...recorder, problem: 'the disk says ENOSPC.' };
	expect(createTestConsole({ session, view: 'usb' }).text()).toContain('NOT RECORDED');
	expect(createTestConsole({ session, view: 'recordings' }).text()).toContain('ENOSPC');
});
