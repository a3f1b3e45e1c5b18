import { describe, expect, it } from 'vitest';
import { farewellOf } from '../../source/ui/app/farewell.ts';
import { FakeSession, flashStarted } from './fake-session.ts';
import { createTestConsole } from './test-console.tsx';

/** The console of a simulated modem, and whether it was left for the shell or for this machine's own modem. */
function open(session: FakeSession) {
	session.label = 'simulated';
	const console = createTestConsole({ session });
	const isLeft = () =>
		console.written.includes('quit') || console.text().includes('not in this test');
	return { ...console, isLeft };
}

const flashing = () => new FakeSession().add(...flashStarted);

/** The ways out: to the shell, to this machine's own modem, to the first of the simulated ones. */
const ways = [{ keys: ['q'] }, { keys: ['L'] }, { keys: ['D', 'enter'] }];

describe.each(ways)('$keys', ({ keys }) => {
	it('asks what shall become of a flash, and stays unless told', async () => {
		const session = flashing();
		const { press, text, isLeft } = open(session);
		await press(...keys);
		expect(text()).toContain('A flash is running');
		expect(text()).toContain('Leave it running and go');
		await press('enter');
		expect(isLeft()).toBe(false);
		await press(...keys, 'down', 'down', 'enter');
		expect(session.asked).toEqual(['stop']);
		expect(isLeft()).toBe(false);
		await press(...keys, 'down', 'enter');
		expect(isLeft()).toBe(true);
	});

	it('asks before an armed command is lost', async () => {
		const session = new FakeSession();
		session.at.armed = 'AT!BOOTHOLD';
		const { press, text, isLeft } = open(session);
		await press(...keys);
		expect(text()).toContain('AT!BOOTHOLD is armed');
		await press('enter');
		expect(isLeft()).toBe(false);
		await press(...keys, 'down', 'enter');
		expect(isLeft()).toBe(true);
	});
});

it('says at the end where the recording is, and how to follow what goes on', () => {
	const session = flashing();
	session.recording.path = '/state/recordings/a\u001b.ndjson';
	expect(farewellOf(session)).toEqual([
		'Recorded to /state/recordings/a..ndjson.',
		'The flash goes on. Follow it: modemscope, or modemscope flash --follow.',
	]);
	expect(farewellOf(new FakeSession())).toEqual([]);
});
