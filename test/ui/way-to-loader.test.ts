import { expect, it } from 'vitest';
import { FakeSession, flashStarted, openFile, plan } from './fake-session.ts';
import { createTestConsole } from './test-console.tsx';

const planned = () => {
	const session = new FakeSession();
	session.firmware.opened = openFile();
	session.flasher.plan = plan;
	return session;
};

it.each([
	[[], 'auto'],
	[['down'], 'tty'],
	[['down', 'down'], 'usb'],
])('is chosen in the plan', async (keys, transport) => {
	const session = planned();
	const { press, text } = createTestConsole({ session, view: 'flash' });
	await press('o');
	expect(text()).toContain('The way to the loader');
	await press(...keys, 'enter');
	expect(session.asked).toEqual([`speak over ${transport}`]);
});

it('is named by its key where the plan speaks of it', () => {
	const session = planned();
	const says = 'the loader is spoken to over its tty; --over usb takes its endpoints';
	session.flasher.plan = { ...plan, checks: [{ name: 'over', state: 'ok', says }] };
	const { text } = createTestConsole({ session, view: 'flash' });
	expect(text()).toContain('o takes its endpoints');
});

it('is not chosen while a flash runs', async () => {
	const session = planned();
	session.add(...flashStarted);
	const { press, text } = createTestConsole({ session, view: 'flash' });
	await press('o');
	expect(text()).not.toContain('The way to the loader');
});
