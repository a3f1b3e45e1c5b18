import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import {
	parseRetention,
	removeOldest,
	retentionSet,
	usual,
} from '../../source/recording/file/retention.ts';
import { newFolder } from '../commands/program.ts';

const mebibyte = 1024 * 1024;
const now = Date.parse('2026-11-29T03:00:00Z');
let folder: string;

beforeEach(() => {
	folder = newFolder();
});

function put(name: string, size: number, minutes = 60) {
	const path = join(folder, name);
	writeFileSync(path, Buffer.alloc(size));
	utimesSync(path, (now - minutes * 60_000) / 1000, (now - minutes * 60_000) / 1000);
	return path;
}
const day = (number: number) =>
	`2026-11-${String(number).padStart(2, '0')}T00-00-00-000-live-usb.ndjson`;
const left = () => readdirSync(folder).sort();

test('the oldest that nobody named go until the rest takes 64 MB', () => {
	for (let number = 1; number <= 10; number++) put(day(number), 10 * mebibyte);
	expect(removeOldest(folder, new Set(), usual, 1e12, now)).toEqual([1, 2, 3, 4].map(day));
	expect(left()).toHaveLength(6);
	expect(removeOldest(folder, new Set(), usual, 1e12, now)).toEqual([]);
});

test('on a small disk, until they take a tenth of what would be free without them', () => {
	for (let number = 1; number <= 10; number++) put(day(number), mebibyte);
	expect(removeOldest(folder, new Set(), usual, 20 * mebibyte, now)).toHaveLength(7);
	expect(left()).toEqual([8, 9, 10].map(day));
});

test('a flash that did not end, a name of one’s own, what is written now and links stay', () => {
	const kept = put(day(1), 100 * mebibyte);
	put('the-bad-one.ndjson', 100 * mebibyte);
	put(day(2), 100 * mebibyte, 1);
	put(day(3), 100 * mebibyte);
	mkdirSync(join(folder, day(4)));
	symlinkSync(kept, join(folder, day(5)));
	expect(removeOldest(folder, new Set([kept]), usual, 1e12, now)).toEqual([day(3)]);
	expect(left()).toEqual([day(1), day(2), day(4), day(5), 'the-bad-one.ndjson']);
});

test('a recording that a person has marked stays', () => {
	put(day(1), 100 * mebibyte);
	put(`${day(1)}.marks`, 100);
	expect(removeOldest(folder, new Set(), usual, 1e12, now)).toEqual([]);
});

test('a size of one’s own holds on a small disk too, and all are kept where that is wanted', () => {
	for (let number = 1; number <= 10; number++) put(day(number), mebibyte);
	expect(removeOldest(folder, new Set(), retentionSet('retention = all'), 0, now)).toEqual([]);
	const mine = retentionSet('# mine\nretention = 4 MB\n');
	expect(removeOldest(folder, new Set(), mine, 0, now)).toHaveLength(6);
});

test('a setting that is wrong or not there is the usual one', () => {
	expect(retentionSet('theme = light')).toEqual(usual);
	expect(retentionSet('retention = 0 MB')).toEqual(usual);
	expect(parseRetention('2GB').most).toBe(2 * 1024 * mebibyte);
});
