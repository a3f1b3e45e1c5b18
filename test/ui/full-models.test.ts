import { expect, it } from 'vitest';
import type { Event } from '../../source/events.ts';
import type { TrafficFrame } from '../../source/recording/log/traffic.ts';
import { bootLoop, FakeSession } from './fake-session.ts';
import { createTestConsole } from './test-console.tsx';

/** A session whose models hold all that they can: frames, events, lives, lines. */
function full(frames: number): FakeSession {
	const session = new FakeSession().add(...bootLoop(1000));
	const t = 15_000;
	const messages = Array.from(
		{ length: frames },
		(_, index): Event => ({
			t: t + index / 100,
			source: 'port',
			type: 'payload',
			port: '/dev/ttyUSB0',
			file: 'a.spk',
			offset: index * 8192,
			length: 8192,
			sha256: 'ab'.repeat(32),
		}),
	);
	session.time = t + frames / 100;
	return session.add(...messages);
}

/** Counts the frames and events that are looked at. */
function counted(session: FakeSession) {
	let looks = 0;
	const { frames } = session.traffic;
	const watched = new Proxy(frames, {
		get(target, key) {
			if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
			return Reflect.get(target, key) as TrafficFrame;
		},
	});
	Object.defineProperty(session.traffic, 'frames', { get: () => watched });
	const at = session.log.at.bind(session.log);
	session.log.at = (index) => {
		looks += 1;
		return at(index);
	};
	return () => {
		const count = looks;
		looks = 0;
		return count;
	};
}

it.each([
	['flash', []],
	['flash', ['v']],
	['flash', ['f', 'd', 'a', 't', 'a', 'enter']],
	['recordings', []],
	['usb', []],
] as const)(
	'a frame of %s %j looks at what is on it, however long the lists are',
	async (view, keys) => {
		const session = full(20_000);
		const console = createTestConsole({ session, view, size: [140, 45] });
		await console.press(...keys);
		console.raw();
		// A filter goes through a long list in steps.
		for (let draw = 0; draw < 10; draw++) console.raw();
		const seen = counted(session);
		console.raw();
		expect(seen()).toBeLessThan(400);
		session.add({ t: session.time, source: 'person', type: 'mark', text: 'one more' });
		console.raw();
		expect(seen()).toBeLessThan(400);
	},
);
