import { appendFile, rm } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import type { Event, Header } from '../../source/events.ts';
import { followRecording } from '../../source/recording/file/follow.ts';
import { recordLine } from '../../source/recording/log/record.ts';
import { header, note, temporaryFile } from './field.ts';

function follow(path: string) {
	const stop = new AbortController();
	const headers: Header[] = [];
	const events: Event[] = [];
	const ended = followRecording(
		path,
		(found) => headers.push(found),
		(event) => events.push(event),
		stop.signal,
	);
	return { headers, events, ended, stop: () => stop.abort() };
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 });

test('reads what is there, then what comes, each line when it is whole', async () => {
	const path = await temporaryFile(recordLine(header) + recordLine(note(0, 'before')));
	const followed = follow(path);
	await soon(() => expect(followed.events).toEqual([note(0, 'before')]));
	expect(followed.headers).toEqual([header]);

	const line = recordLine(note(1, 'in three parts: ü'));
	const bytes = Buffer.from(line);
	const middle = bytes.indexOf(0xc3) + 1;
	await appendFile(path, bytes.subarray(0, middle));
	await new Promise((resolve) => setTimeout(resolve, 80));
	expect(followed.events).toHaveLength(1);
	await appendFile(path, bytes.subarray(middle, -1));
	await new Promise((resolve) => setTimeout(resolve, 80));
	expect(followed.events).toHaveLength(1);
	await appendFile(path, Buffer.from('\n'));
	await soon(() => expect(followed.events[1]).toEqual(note(1, 'in three parts: ü')));

	followed.stop();
	await followed.ended;
});

test('a header that is still being written is waited for', async () => {
	const path = await temporaryFile('');
	const followed = follow(path);
	await appendFile(path, recordLine(header).slice(0, 10));
	await appendFile(path, recordLine(header).slice(10) + recordLine(note(0, 'a')));
	await soon(() => expect(followed.events).toHaveLength(1));
	followed.stop();
	await followed.ended;
});

test('a bad line becomes a note, at the time of the event before it', async () => {
	const path = await temporaryFile(`${recordLine(header)}${recordLine(note(7, 'a'))}bad\n`);
	const followed = follow(path);
	await soon(() => expect(followed.events).toHaveLength(2));
	expect(followed.events[1]).toMatchObject({ t: 7, type: 'note' });
	followed.stop();
	await followed.ended;
});

test('ends when the file is removed, and at once when nobody listens any more', async () => {
	const path = await temporaryFile(recordLine(header));
	const followed = follow(path);
	await soon(() => expect(followed.headers).toHaveLength(1));
	await rm(path);
	await followed.ended;
});

test('refuses what is no recording, or not there', async () => {
	const log = follow(await temporaryFile('a line\n'));
	await expect(log.ended).rejects.toMatchObject({ exit: 5 });
	await expect(follow('/nowhere/rec').ended).rejects.toMatchObject({ exit: 1 });
});

test('many lines, one after another, are read in few looks', async () => {
	const path = await temporaryFile(recordLine(header));
	const stop = new AbortController();
	let [events, looks, inLook] = [0, 0, false];
	const ended = followRecording(
		path,
		() => {},
		() => {
			events++;
			if (inLook) return;
			inLook = true;
			looks++;
			queueMicrotask(() => {
				inLook = false;
			});
		},
		stop.signal,
	);
	const began = performance.now();
	for (let at = 0; at < 100; at++) {
		await appendFile(path, recordLine(note(at, 'one of many')));
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	await soon(() => expect(events).toBe(100));
	expect(looks).toBeLessThanOrEqual((performance.now() - began) / 50 + 2);
	stop.abort();
	await ended;
});
