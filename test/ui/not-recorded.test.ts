import { expect, it } from 'vitest';
import { FakeSession } from './fake-session.ts';
import { createTestConsole } from './test-console.tsx';

it('says on every view that a recording broke, and on its own why', () => {
	const session = new FakeSession();
	const recorder = { start: () => {}, stop: async () => {}, path: undefined };
	session.recorder = { ...recorder, problem: 'The folder /x cannot be made. Next: name another.' };
	expect(createTestConsole({ session, view: 'usb' }).text()).toContain('NOT RECORDED');
	expect(createTestConsole({ session, view: 'recordings' }).text()).toMatch(
		/Nothing is being recorded: The folder \/x cannot be made\. Next: name another\. r\s+starts one\./,
	);
});
