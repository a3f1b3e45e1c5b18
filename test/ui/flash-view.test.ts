import { beforeEach, expect, it } from 'vitest';
import { FakeSession, hello } from './fake-session.ts';
import { flashing } from './sessions.ts';
import { createTestConsole } from './test-console.tsx';

let session: FakeSession;
beforeEach(() => {
	session = new FakeSession();
	session.add(...hello);
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
