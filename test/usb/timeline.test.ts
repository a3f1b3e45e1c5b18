import { expect, test } from 'vitest';
import type { Event, Fact, UsbDevice } from '../../source/events.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/devices.ts';
import { models } from '../../source/simulator/models.ts';
import { Timeline } from '../../source/usb/timeline.ts';

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
const loopOf = (now: number, ...events: Event[]) => timelineOf(...events).life('3-1', now)!.loop;
const flashStarted = (t: number) =>
	at(t, { type: 'flash-started', file: 'f', size: 1, path: '3-1', model: 'RC7620', to: '1' });
const flashEnded = (t: number) =>
	at(t, { type: 'flash-ended', exit: 0, message: 'done', modem: 'fine' });

test('a presence is a span, open while it lasts, with its mode', () => {
	const timeline = timelineOf(came(1), went(3.5), came(7, loaderDevice(models.RC7620, 60)));
	expect(timeline.life('3-1', 8)!.spans).toMatchObject([
		{ from: 1, to: 3.5, mode: 'application' },
		{ from: 7, to: undefined, mode: 'loader' },
	]);
	expect(timeline.life('1-1', 8)).toBeUndefined();
	expect(timeline.lives(8).map(({ path }) => path)).toEqual(['3-1']);
});

test('a change changes the span that lasts', () => {
	const unfinished = { ...app(), interfaces: [] };
	const timeline = timelineOf(came(1, unfinished), at(1.2, { type: 'usb-changed', device: app() }));
	expect(timeline.life('3-1', 2)!.spans).toMatchObject([{ from: 1, mode: 'application' }]);
	expect(timelineOf(at(1, { type: 'usb-changed', device: app() }), went(2)).lives(3)).toEqual([]);
});

test('a coming without a going ends the span before it', () => {
	const { spans } = timelineOf(came(1), came(5, app(60))).life('3-1', 6)!;
	expect(spans).toMatchObject([
		{ from: 1, to: 5 },
		{ from: 5, to: undefined },
	]);
});

test('two short lives in a row are a loop, with their medians', () => {
	expect(loopOf(4, ...lives([0, 2]))).toBeUndefined();
	expect(loopOf(17, ...lives([0, 2], [14, 17]))).toEqual({ up: 2.5, down: 12, cycles: 2 });
	expect(loopOf(50, ...lives([0, 2], [12, 14.4], [24, 33]))).toEqual({
		up: expect.closeTo(2.4),
		down: expect.closeTo(9.8),
		cycles: 3,
	});
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
		loopOf(40, ...events, ...lives([19, 21, loaderDevice(models.RC7620, 61)], [33, 35])),
	).toBeUndefined();
});

test('it ends with a long silence, and nothing after it counts as its next cycle', () => {
	const events = lives([0, 2], [14, 16]);
	expect(loopOf(136, ...events)).toBeDefined();
	expect(loopOf(136.1, ...events)).toBeUndefined();
	expect(loopOf(202, ...events, ...lives([200, 202]))).toBeUndefined();
	expect(loopOf(216, ...events, ...lives([200, 202], [214, 216]))?.cycles).toBe(2);
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
	expect(timeline.life('3-1', 20)!.loop).toBeDefined();
	expect(timeline.life('1-1', 20)!.loop).toBeUndefined();
});

test('a day of a loop stays small, and is counted to its end', () => {
	const timeline = new Timeline();
	for (let n = 0; n < 6000; n++) {
		for (const event of lives([n * 14, n * 14 + 2])) timeline.add(event);
	}
	const { spans, loop } = timeline.life('3-1', 6000 * 14)!;
	expect(spans.length).toBeLessThanOrEqual(800);
	expect(spans.at(-1)!.from).toBe(5999 * 14);
	expect(loop).toEqual({ up: 2, down: 12, cycles: 6000 });
});
