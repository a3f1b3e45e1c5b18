import { expect, test } from 'vitest';
import type { Event, Fact, UsbDevice } from '../../source/events.ts';
import { models } from '../../source/modems/simulated.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';
import { Timeline } from '../../source/usb/timeline/timeline.ts';
import { answered } from '../diagnosis/events.ts';

const app = (number = 59) => applicationDevice(models.RC7620, number);
const at = (t: number, fact: Fact): Event => ({ t, source: 'usb', ...fact });
const came = (t: number, device: UsbDevice = app()) => at(t, { type: 'usb-came', device });
const went = (t: number) => at(t, { type: 'usb-went', path: '3-1', vid: '1199', pid: '68c0' });
const lives = (...spans: [from: number, to: number, device?: UsbDevice][]) =>
	spans.flatMap(([from, to, device]) => [came(from, device), went(to)]);
const timelineOf = (...events: Event[]) => {
	const timeline = new Timeline();
	for (const event of events) timeline.add(event);
	return timeline;
};
const loopOf = (now: number, ...events: Event[]) => timelineOf(...events).port('3-1', now)!.loop;
const flashStarted = (t: number) =>
	at(t, { type: 'flash-started', file: 'f', size: 1, path: '3-1', model: 'RC7620', to: '1' });
const flashEnded = (t: number) =>
	at(t, { type: 'flash-ended', exit: 0, message: 'done', modem: 'fine' });

test('a presence is a span, open while it lasts, with its mode', () => {
	const timeline = timelineOf(came(1), went(3.5), came(7, loaderDevice(models.RC7620, 60)));
	expect(timeline.port('3-1', 8)!.spans).toMatchObject([
		{ from: 1, to: 3.5, mode: 'application' },
		{ from: 7, to: undefined, mode: 'loader' },
	]);
	expect(timeline.port('1-1', 8)).toBeUndefined();
	expect(timeline.ports(8).map(({ path }) => path)).toEqual(['3-1']);
});

test('a change changes the span that lasts', () => {
	const unfinished = { ...app(), interfaces: [] };
	const timeline = timelineOf(came(1, unfinished), at(1.2, { type: 'usb-changed', device: app() }));
	expect(timeline.port('3-1', 2)!.spans).toMatchObject([{ from: 1, mode: 'application' }]);
	expect(timelineOf(at(1, { type: 'usb-changed', device: app() }), went(2)).ports(3)).toEqual([]);
});

test('a coming without a going ends the span before it', () => {
	const { spans } = timelineOf(came(1), came(5, app(60))).port('3-1', 6)!;
	expect(spans).toMatchObject([
		{ from: 1, to: 5 },
		{ from: 5, to: undefined },
	]);
});

test('two short lives in a row are a loop, with their medians', () => {
	expect(loopOf(4, ...lives([0, 2]))).toBeUndefined();
	expect(loopOf(17, ...lives([0, 2], [14, 17]))).toMatchObject({ up: 2.5, down: 12, cycles: 2 });
	expect(loopOf(50, ...lives([0, 2], [12, 14.4], [24, 33]))).toMatchObject({
		up: expect.closeTo(2.4),
		down: expect.closeTo(9.8),
		cycles: 3,
	});
});

test('a loader that shows itself at every start is part of the loop', () => {
	const loader = (n: number) => loaderDevice(models.RC7620, n);
	const start = (t: number): [number, number, UsbDevice?][] => [
		[t, t + 2, loader(t)],
		[t + 4, t + 6.5],
	];
	const events = lives(...start(0), ...start(16));
	expect(loopOf(23, ...events)).toMatchObject({ up: 2.5, period: 16, cycles: 2 });
	const next = came(32, loader(99));
	expect(loopOf(33, ...events, next)).toBeDefined();
	expect(loopOf(50, ...events, next)).toBeUndefined();
});

test('of a life whose beginning was not seen, no median has the length', () => {
	const found = at(0, { type: 'usb-came', device: app(), found: true });
	const loop = loopOf(17, found, went(0.5), ...lives([12.5, 15]));
	expect(loop).toMatchObject({ up: 2.5, down: 12, period: 14.5, jitter: 0, cycles: 2 });
	const next = lives([12.5, 15], [27, 29.5]);
	expect(loopOf(31, found, went(0.5), ...next)).toMatchObject({ up: 2.5, down: 12, period: 14.5 });
});

test('it goes on while the next life is young, and ends when it stays up', () => {
	const events = [...lives([0, 2], [14, 16]), came(28)];
	expect(loopOf(30, ...events)?.cycles).toBe(2);
	expect(loopOf(38, ...events)).toBeDefined();
	expect(loopOf(38.1, ...events)).toBeUndefined();
	// A long life starts the count anew.
	expect(loopOf(90, ...events, went(80), ...lives([88, 90]))).toBeUndefined();
});

test('it ends when the loader holds', () => {
	const events = lives([0, 2], [14, 16]);
	expect(loopOf(20, ...events, came(19, loaderDevice(models.RC7620, 61)))).toBeUndefined();
	expect(
		loopOf(50, ...events, ...lives([19, 31, loaderDevice(models.RC7620, 61)], [43, 45])),
	).toBeUndefined();
});

test('it ends with a long silence, and nothing after it counts as its next cycle', () => {
	const events = lives([0, 2], [14, 16]);
	expect(loopOf(136, ...events)).toBeDefined();
	expect(loopOf(136.1, ...events)).toBeUndefined();
	expect(loopOf(202, ...events, ...lives([200, 202]))).toBeUndefined();
	expect(loopOf(216, ...events, ...lives([200, 202], [214, 216]))?.cycles).toBe(2);
});

test('a modem that comes back after a long silence is in no loop yet', () => {
	const events = lives([0, 2], [14, 16]);
	expect(loopOf(201, ...events, came(200))).toBeUndefined();
	expect(loopOf(31, ...events, came(30))).toBeDefined();
});

test('a reset that AT was told to do and said OK to is no cycle', () => {
	const told = (t: number, command: string, result?: string) => at(t, answered(command, result));
	const fired = (t: number, path: string, result = 'OK') =>
		at(t, { type: 'fired', path, command: 'AT!BOOTHOLD', after: 0.1, result });
	const looped = (between: (t: number) => Event[]) =>
		loopOf(40, ...[0, 14, 28].flatMap((t) => [came(t), ...between(t + 1), went(t + 2)]));
	expect(looped((t) => [told(t, 'AT!RESET')])).toBeUndefined();
	expect(looped((t) => [told(t, 'at+cfun=1,1')])).toBeUndefined();
	expect(looped((t) => [fired(t, '3-1')])).toBeUndefined();
	// Asked in vain, asked of another modem, asked something else: it dies by itself.
	expect(looped((t) => [told(t, 'AT!RESET', 'ERROR')])?.cycles).toBe(3);
	expect(looped((t) => [fired(t, '3-1', 'no answer')])?.cycles).toBe(3);
	expect(looped((t) => [fired(t, '1-1')])?.cycles).toBe(3);
	expect(looped((t) => [told(t, 'ATI')])?.cycles).toBe(3);
	// One wish is for one reset.
	expect(
		loopOf(50, came(0), told(1, 'AT!RESET'), went(2), ...lives([14, 16], [28, 30]))?.cycles,
	).toBe(2);
	// What it was told long ago is not why it goes now.
	expect(
		loopOf(150, came(0), told(1, 'AT!RESET'), went(100), ...lives([110, 112], [124, 126]))?.cycles,
	).toBe(2);
});

test('a loop has a period, a duty and a jitter', () => {
	const { period, duty, jitter } = loopOf(50, ...lives([0, 2], [10, 12], [20, 22], [31, 33]))!;
	expect([period, duty, jitter]).toEqual([10, 0.2, 1]);
});

test('another modem’s flash does not hide a loop', () => {
	const elsewhere = { ...app(), path: '1-1' };
	expect(
		loopOf(
			20,
			came(0, elsewhere),
			{ ...flashStarted(1), path: '1-1' } as Event,
			...lives([2, 4], [14, 16]),
		)?.cycles,
	).toBe(2);
});

test('one deliberate reset is none', () => {
	expect(loopOf(20, ...lives([0, 5]), came(18))).toBeUndefined();
	expect(loopOf(120, ...lives([0, 100]), ...lives([110, 112]))).toBeUndefined();
});

test('the resets of a flash are none, and end one', () => {
	const quick = lives([10, 12], [20, 22], [30, 32]);
	expect(loopOf(32, flashStarted(5), ...quick)).toBeUndefined();
	expect(loopOf(32, ...lives([0, 2], [4, 6]), flashStarted(8), ...quick)).toBeUndefined();
	expect(loopOf(32, flashStarted(5), flashEnded(8), ...quick)?.cycles).toBe(3);
});

test('each port path has a loop of its own', () => {
	const other = { ...app(), path: '1-1' };
	const timeline = timelineOf(...lives([0, 2], [14, 16]), came(20, other));
	expect(timeline.port('3-1', 20)!.loop).toBeDefined();
	expect(timeline.port('1-1', 20)!.loop).toBeUndefined();
});

test('a million events are taken in, and what is kept of them is bounded', () => {
	const timeline = new Timeline();
	const cycles = 500_000;
	for (let n = 0; n < cycles; n++) {
		timeline.add(came(n * 14));
		timeline.add(went(n * 14 + 2));
		// Whoever draws asks in between.
		if (n % 10 === 0) timeline.ports(n * 14 + 3);
	}
	const { spans, loop } = timeline.port('3-1', cycles * 14)!;
	expect(spans.length).toBeLessThanOrEqual(800);
	expect(loop?.cycles).toBe(cycles);
});

test('a day of a loop stays small, and is counted to its end', () => {
	const timeline = new Timeline();
	for (let n = 0; n < 6000; n++) {
		for (const event of lives([n * 14, n * 14 + 2])) timeline.add(event);
	}
	const { spans, loop } = timeline.port('3-1', 6000 * 14)!;
	expect(spans.length).toBeLessThanOrEqual(800);
	expect(spans.at(-1)!.from).toBe(5999 * 14);
	expect(loop).toEqual({ up: 2, down: 12, period: 14, duty: 2 / 14, jitter: 0, cycles: 6000 });
});

test('what a log tells no time of makes no loop, and no figure', () => {
	const untimed = (event: Event): Event => ({ ...event, untimed: true });
	const lives = [1, 2, 3].flatMap(() => [untimed(came(0)), untimed(went(0))]);
	expect(loopOf(0, ...lives)).toBeUndefined();
	const unseen = { ...went(206), unseen: true } as Event;
	const [span] = timelineOf(came(0), unseen).port('3-1', 207)!.spans;
	expect(span).toMatchObject({ from: 0, to: 0, unseen: true });
});
