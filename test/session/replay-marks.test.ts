import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAny, streamAny } from '../../source/recording/file/open-any.ts';
import { ReplaySession } from '../../source/session/kinds/replay.ts';
import { newFolder } from '../flash/rehearse.ts';

const recording = 'recordings/boothold-caught.ndjson';

function copied() {
	const path = join(newFolder(), 'a.ndjson');
	copyFileSync(recording, path);
	return path;
}
async function open(path: string) {
	const session = await ReplaySession.open(path);
	onTestFinished(() => session.end());
	return session;
}

describe('a mark in a replay', () => {
	it('is kept beside the recording, which stays as it is, and is there again', async () => {
		const path = copied();
		const before = readFileSync(path);
		const session = await open(path);
		const marks = session.player.marks.length;
		session.player.seek(session.player.end / 2);
		const t = session.now();
		expect(await session.mark('half\u001b of it')).toBe(
			'Marked in a.ndjson.marks, beside the recording.',
		);
		expect(session.log.at(session.log.length - 1)).toMatchObject({ type: 'mark', t });
		expect(session.player.marks).toHaveLength(marks + 1);
		session.player.seek(0);
		session.player.seek(t);
		expect(session.log.at(session.log.length - 1)).toMatchObject({ text: 'half\u001b of it' });
		expect(readFileSync(path)).toEqual(before);

		const again = await open(path);
		expect(again.player.marks).toEqual(session.player.marks);
		again.player.seek(0);
		await again.mark('the beginning');
		const { events, notes } = await openAny(path);
		expect(notes).toEqual([]);
		const texts = events.flatMap((event) => (event.type === 'mark' ? [event.text] : []));
		expect(texts).toContain('the beginning');
		expect(texts).toContain('half\u001b of it');
		const times = events.map((event) => event.t);
		expect(times).toEqual(times.toSorted((a, b) => a - b));
		expect([...(await streamAny(path)).events]).toEqual(events);
	});

	it('is said not to be kept where nothing can be written', async () => {
		const path = copied();
		mkdirSync(`${path}.marks`);
		const session = await open(path);
		await expect(session.mark('here')).rejects.toThrow(
			'The mark is not kept: a.ndjson.marks says EISDIR.',
		);
	});

	it('is held until the end where there is no file', async () => {
		const session = await ReplaySession.ofPasted(readFileSync(recording, 'utf8'));
		expect(await session.mark('here')).toContain('until this is closed');
		expect(session.player.marks.map(({ text }) => text)).toContain('here');
		await session.end();
	});

	it('beside a file that is no recording leaves the recording readable, and says so', async () => {
		const path = copied();
		writeFileSync(`${path}.marks`, 'Dear all,\n');
		const { events, notes } = await openAny(path);
		expect(events.length).toBeGreaterThan(10);
		expect(notes).toHaveLength(1);
		expect(notes[0]).toMatch(/^The marks beside it are not read: a\.ndjson\.marks is neither/);
	});
});

describe('a recording', () => {
	it('opens at its beginning, and knows what is to come', async () => {
		const session = await open(copied());
		expect(session.now()).toBeLessThan(session.player.end / 10);
		const overview = session.player.overview!;
		expect(overview.remarks.all.length).toBeGreaterThan(0);
		session.player.seek(session.player.end);
		expect(overview.remarks.counts).toEqual(session.remarks.counts);
	});
});
