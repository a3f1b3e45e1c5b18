import { expect, test } from 'vitest';
import type { Event } from '../../source/events.ts';
import { EventLog } from '../../source/recording/log/event-log.ts';
import { note } from './field.ts';

const bytes = (t: number, hex: string): Event => ({
	t,
	source: 'port',
	type: 'bytes',
	port: 'p',
	dir: 'in',
	hex,
});
const times = (log: EventLog) => log.events().map(({ t }) => t);

test('holds events in order, counted from the oldest held', () => {
	const log = new EventLog();
	for (const t of [0, 1, 2]) log.append(note(t, `${t}`));
	expect(times(log)).toEqual([0, 1, 2]);
	expect(log.at(0)).toEqual(note(0, '0'));
	expect(log.at(3)).toBeUndefined();
	expect(log.at(-1)).toBeUndefined();
});

test('drops the oldest beyond its bound and counts them', () => {
	const log = new EventLog({ events: 100 });
	for (let t = 0; t < 5000; t++) log.append(note(t, ''));
	expect(log.length).toBe(100);
	expect(log.dropped).toBe(4900);
	expect(times(log)).toEqual(Array.from({ length: 100 }, (_, index) => 4900 + index));
	expect(log.at(99)).toEqual(note(4999, ''));
});

test('bounds the bytes held, and keeps the newest event however long', () => {
	const log = new EventLog({ hex: 10 });
	log.append(bytes(0, '00000000'));
	log.append(bytes(1, '11'));
	expect(times(log)).toEqual([0, 1]);
	log.append(bytes(2, '22'));
	expect(times(log)).toEqual([1, 2]);
	log.append(bytes(3, '33'.repeat(50)));
	expect(times(log)).toEqual([3]);
	log.append(bytes(4, '44'));
	expect(times(log)).toEqual([4]);
});

test('a late event takes the time of the one before it', () => {
	const log = new EventLog();
	log.append(note(5, 'first'));
	expect(log.append(note(3, 'late'))).toEqual(note(5, 'late'));
	expect(times(log)).toEqual([5, 5]);
});

test('tells every listener before append returns, until it unsubscribes', () => {
	const log = new EventLog();
	const heard: string[] = [];
	const stop = log.subscribe((event) => heard.push(`a${event.t}`));
	log.subscribe((event) => heard.push(`b${event.t}`));
	log.append(note(1, ''));
	stop();
	log.append(note(2, ''));
	expect(heard).toEqual(['a1', 'b1', 'b2']);
});
