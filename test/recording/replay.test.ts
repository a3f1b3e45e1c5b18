import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Event } from '../../source/events.ts';
import { RecordedEvents } from '../../source/recording/log/recorded-events.ts';
import { Replay } from '../../source/recording/log/replay.ts';
import { note } from './field.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const mark = (t: number): Event => ({ t, source: 'person', type: 'mark', text: 'here' });

/** The texts of each log that the replay began. */
function start(list: Event[]) {
	const logs: number[][] = [];
	const events = new RecordedEvents();
	events.add(list, () => list);
	const replay = new Replay(events, () => {
		const log: number[] = [];
		logs.push(log);
		return { sink: (event) => log.push(event.t), seen: 0 };
	});
	return { replay, logs };
}

test('gives each event at its time', () => {
	const { replay, logs } = start([note(0, ''), note(2, ''), note(2, ''), note(5, '')]);
	expect(logs).toEqual([[]]);
	replay.play();
	vi.advanceTimersByTime(1990);
	expect(logs).toEqual([[0]]);
	expect(replay.position).toBeCloseTo(1.99);
	vi.advanceTimersByTime(20);
	expect(logs).toEqual([[0, 2, 2]]);
	vi.advanceTimersByTime(3000);
	expect(logs).toEqual([[0, 2, 2, 5]]);
	expect(replay.playing).toBe(false);
	expect(replay.atEnd).toBe(true);
	expect(replay.position).toBe(5);
});

test('pauses, changes speed and goes on where it was', () => {
	const { replay, logs } = start([note(0, ''), note(10, '')]);
	replay.play();
	vi.advanceTimersByTime(4000);
	replay.pause();
	vi.advanceTimersByTime(60_000);
	expect(replay.position).toBeCloseTo(4);
	replay.play();
	replay.speed = 10;
	vi.advanceTimersByTime(500);
	expect(replay.position).toBeCloseTo(9);
	expect(logs).toEqual([[0]]);
	vi.advanceTimersByTime(110);
	expect(logs).toEqual([[0, 10]]);
});

test('a silence longer than a timer can hold is waited for', () => {
	const month = 30 * 86_400;
	const { replay, logs } = start([note(0, ''), note(month, '')]);
	const timers = vi.spyOn(globalThis, 'setTimeout');
	replay.play();
	vi.advanceTimersByTime(1000);
	expect(logs).toEqual([[0]]);
	replay.speed = 1e6;
	vi.advanceTimersByTime(month / 1000);
	expect(logs).toEqual([[0, month]]);
	// Node fires longer ones at once.
	for (const [, wait] of timers.mock.calls) expect(wait).toBeLessThan(2 ** 31);
});

test('seeks forward in the same log, and back with a fresh one', () => {
	const { replay, logs } = start([note(0, ''), note(1, ''), note(2, ''), note(3, '')]);
	replay.seek(2);
	expect(logs).toEqual([[0, 1, 2]]);
	replay.seek(1.5);
	expect(logs).toEqual([
		[0, 1, 2],
		[0, 1],
	]);
	replay.play();
	replay.seek(100);
	expect(replay.position).toBe(3);
	expect(replay.playing).toBe(false);
	replay.seek(-1);
	expect(replay.position).toBe(0);
});

test('steps event by event, or by those that count', () => {
	const { replay, logs } = start([note(0, ''), mark(1), note(2, ''), mark(3), note(4, '')]);
	const isMark = ({ type }: Event) => type === 'mark';
	replay.step(1);
	expect(logs.at(-1)).toEqual([0]);
	replay.step(1, isMark);
	expect(logs.at(-1)).toEqual([0, 1]);
	replay.step(1, isMark);
	expect(logs.at(-1)).toEqual([0, 1, 2, 3]);
	replay.step(-1, isMark);
	expect(logs.at(-1)).toEqual([0, 1]);
	replay.step(-1, isMark);
	expect(logs.at(-1)).toEqual([]);
	expect(replay.position).toBe(0);
	replay.step(9);
	expect(replay.atEnd).toBe(true);
});

test('times that go back in a file take the time before them', () => {
	const { replay, logs } = start([note(5, ''), note(1, ''), note(6, '')]);
	replay.seek(5);
	expect(logs).toEqual([[5, 5]]);
});

test('an empty recording is at its end', () => {
	const { replay, logs } = start([]);
	replay.play();
	replay.step(1);
	expect(replay).toMatchObject({ playing: false, atEnd: true, end: 0, position: 0 });
	expect(logs).toEqual([[]]);
});

test('what is read on is not held, and read again where it is wanted', () => {
	const events = new RecordedEvents();
	const read: number[] = [];
	for (let piece = 0; piece < 40; piece++) {
		const list = [note(piece, `${piece}`)];
		events.add(list, () => {
			read.push(piece);
			return list;
		});
	}
	for (const number of [0, 30, 39, 30]) expect(events.at(number)?.t).toBe(number);
	expect(read).toEqual([0, 30, 39]);
});
