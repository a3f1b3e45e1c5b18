import { expect, it } from 'vitest';
import type { Event } from '../../source/events.ts';
import { models } from '../../source/modems/simulated.ts';
import { FollowSession } from '../../source/session/kinds/follow.ts';
import { applicationDevice } from '../../source/simulator/device/devices.ts';

const device = applicationDevice(models.RC7620, 1);
const events: readonly Event[] = [
	{ t: 100, source: 'usb', type: 'usb-came', device },
	{ t: 102.5, source: 'usb', type: 'usb-went', path: '3-1', vid: '1199', pid: '68c0' },
	{ t: 115, source: 'usb', type: 'usb-came', device },
];
const text = Buffer.from(
	`${events.map((event) => JSON.stringify({ ...event, time: 'now', mode: 'app' })).join('\n')}\n`,
);

async function follow(chunks: Iterable<Buffer>) {
	const session = new FollowSession(
		(async function* () {
			yield* chunks;
		})(),
	);
	await session.ended;
	await session.end();
	return session;
}

it.each([1, 7, 1000])('takes the lines of watch --json in pieces of %i bytes', async (length) => {
	const pieces = Array.from({ length: Math.ceil(text.length / length) }, (_, at) =>
		text.subarray(at * length, (at + 1) * length),
	);
	const session = await follow(pieces);
	expect([...session.log].slice(0, 3)).toMatchObject(events);
	expect(session.devices.get('3-1')).toEqual(device);
	expect(session.now()).toBeGreaterThanOrEqual(115);
	expect([...session.log].at(-1)).toMatchObject({ text: 'The pipe ended: nothing more comes.' });
});

it('makes notes of what is no event, and finds itself what the events mean', async () => {
	const foreign =
		'{"t":100,"source":"diagnosis","type":"finding","rule":"x","title":"t","means":"m","next":[],"certainty":"likely","reference":"r"}\n';
	const session = await follow([Buffer.from(`bash: welcome\n${foreign}`), text]);
	const types = [...session.log].map(({ type }) => type);
	expect(types).toEqual(['note', 'usb-came', 'usb-went', 'usb-came', 'note']);
});
