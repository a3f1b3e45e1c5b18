import {
	appendFileSync,
	globSync,
	readFileSync,
	renameSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Event } from '../../source/events.ts';
import { parseEvent, recordLine } from '../../source/recording/log/record.ts';
import { ReplaySession } from '../../source/session/kinds/replay.ts';
import { ReadModels } from '../../source/session/read-models.ts';
import type { Session } from '../../source/session/session.ts';
import { newFolder } from '../flash/rehearse.ts';
import { header } from '../recording/field.ts';

/** The shipped recordings one after another, without what the rules find anew. */
function* shipped(times: number): Generator<Event> {
	let begun = 0;
	for (let time = 0; time < times; time++)
		for (const name of globSync('recordings/*.ndjson').sort()) {
			let t = begun;
			for (const line of readFileSync(name, 'utf8').trim().split('\n').slice(1)) {
				const parsed = parseEvent(line);
				if (!('value' in parsed) || parsed.value.type === 'finding') continue;
				t = begun + Math.max(0, parsed.value.t);
				yield { ...parsed.value, t };
			}
			begun = t + 10;
		}
}

type Known = Pick<
	Session,
	| 'log'
	| 'traffic'
	| 'transcript'
	| 'remarks'
	| 'findings'
	| 'currentFindings'
	| 'timeline'
	| 'facts'
	| 'flash'
	| 'images'
>;

/** All that is known, as text. */
function known(models: Known, t: number): string {
	const { log, traffic, transcript, remarks, timeline, facts, flash } = models;
	return JSON.stringify([
		log.events(),
		traffic.frames,
		[traffic.total, traffic.waits],
		transcript.lines,
		[remarks.counts, remarks.all],
		[models.findings, models.currentFindings, models.images],
		timeline.ports(t),
		[facts.card, facts.readAt],
		[flash, flash.rate(t), flash.secondsLeft(t)],
	]);
}

async function openWhole(path: string): Promise<ReplaySession> {
	const session = await ReplaySession.open(path);
	onTestFinished(() => session.end());
	await expect.poll(() => session.player.isReading, { timeout: 20_000 }).toBe(false);
	return session;
}

describe('a seek in a long recording', () => {
	const events = [...shipped(6)];
	const path = join(newFolder(), 'long.ndjson');
	beforeAll(() => writeFileSync(path, [header, ...events].map(recordLine).join('')));

	it('shows what playing to there shows, and goes on from there alike', {
		timeout: 60_000,
	}, async () => {
		const session = await openWhole(path);
		const place = fc.integer({ min: 0, max: events.length - 1 });
		const places = fc.sample(place, { numRuns: 8, seed: 16 });
		const ends = [...places, ...places.map((at) => Math.min(at + 7, events.length - 1))];
		const expected = new Map<number, string>();
		const played = new ReadModels();
		for (const [at, event] of events.entries()) {
			played.add(event);
			const isLater = events[at + 1]?.t !== event.t;
			if (ends.some((end) => events[end]!.t === event.t) && isLater)
				expected.set(event.t, known(played, event.t));
		}
		for (const at of places) {
			for (const { t } of [events[at]!, events[Math.min(at + 7, events.length - 1)]!]) {
				session.player.seek(t);
				expect(known(session, t) === expected.get(t), `at ${t}`).toBe(true);
			}
		}
	});

	it('finds a mark of a person again, at its place', async () => {
		const session = await openWhole(path);
		const { t } = events[3000]!;
		session.player.seek(t);
		const before = session.log.length;
		const counts = session.traffic.total;
		await session.mark('here');
		session.player.seek(session.player.end);
		const found = session.log.events().filter(({ type }) => type === 'finding');
		expect(session.log.length).toBe(events.length + found.length + 1);
		session.player.seek(0);
		session.player.seek(t);
		expect(session.log.at(before)).toMatchObject({ type: 'mark', text: 'here' });
		expect(session.log.length).toBe(before + 1);
		expect(session.traffic.total).toBe(counts);
	});
});

describe('a recording that changes below a replay', () => {
	const notes = (from: number, to: number) =>
		Array.from({ length: to - from }, (_, at) =>
			recordLine({
				t: from + at,
				source: 'log',
				type: 'note',
				text: `note ${from + at}`.padEnd(400),
			}),
		).join('');
	const newFile = () => {
		const path = join(newFolder(), 'notes.ndjson');
		writeFileSync(path, recordLine(header) + notes(0, 9000));
		return path;
	};
	const last = ({ log }: Session) => log.at(log.length - 1);

	it('is shown as it was opened where another file takes its name, or more is written to it', async () => {
		const path = newFile();
		const session = await openWhole(path);
		appendFileSync(path, notes(9000, 9100));
		renameSync(path, `${path}.old`);
		writeFileSync(path, 'nothing');
		session.player.seek(8999);
		expect(last(session)).toMatchObject({ t: 8999 });
		session.player.seek(10);
		expect(last(session)).toMatchObject({ t: 10 });
		expect(session.player.end).toBe(8999);
	});

	it('says so where it is overwritten, and keeps its length', async () => {
		const path = newFile();
		const session = await openWhole(path);
		truncateSync(path, 1000);
		session.player.seek(8999);
		session.player.seek(4500);
		expect(last(session)).toMatchObject({ text: expect.stringMatching(/overwritten/) });
		session.player.seek(8999);
		expect(session.log.length).toBe(9000);
	});
});
