import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { recordLine } from '../../source/recording/log/record.ts';
import { ReplaySession } from '../../source/session/kinds/replay.ts';
import type { Session } from '../../source/session/session.ts';
import { newFolder } from '../flash/rehearse.ts';
import { header } from '../recording/field.ts';

async function open(path: string) {
	const session = await ReplaySession.open(path);
	onTestFinished(() => session.end());
	return session;
}
const log = 'test/field/rc7620-update-download-2023-06-01.log';

describe('a session on a recording', () => {
	it('opens a log of another tool at its end, with what it means', async () => {
		const session = await open(log);
		expect(session.traffic.frames.map(({ name }) => name)).toEqual([
			'SDP',
			'HELLO mode 2 memory_debug',
		]);
		expect(session.findings.map(({ rule }) => rule)).toEqual(['missed-hello']);
		expect(session.images?.images).toHaveLength(29);
	});

	it('says at the end of a pasted log what waited for quiet, and not before', async () => {
		const session = await open('test/recording/field/37-loader-last-in-the-log.txt');
		expect(session.findings.map(({ rule }) => rule)).toEqual(['loader-held']);
		session.player.step(-1);
		expect(session.findings).toEqual([]);
	});

	it('goes back and forth, and finds the same again', async () => {
		const session = await open(log);
		session.player.seek(0);
		expect(session.findings).toEqual([]);
		expect(session.traffic.frames).toEqual([]);
		session.player.seek(session.player.end);
		expect(session.findings).toHaveLength(1);
		session.player.step(-1);
		expect(session.traffic.frames.length).toBeLessThan(3);
	});

	it('shows the beginning of a long recording while it reads the rest', async () => {
		const path = join(newFolder(), 'long.ndjson');
		const lines = Array.from({ length: 30_000 }, (_, t) =>
			recordLine({ t, source: 'person', type: t === 20_000 ? 'mark' : 'note', text: `${t}` }),
		);
		writeFileSync(path, [recordLine(header), ...lines, '{"cut'].join(''));
		const session = await open(path);
		const { player } = session;
		expect(player.end).toBeLessThan(5000);
		await expect.poll(() => player.end, { timeout: 20_000 }).toBe(29_999);
		expect(player.marks.map(({ t }) => t)).toEqual([20_000]);
		const says =
			'The recording ends in the middle of line 30002: it was cut there; everything before it is here.';
		const texts = () => session.log.events().map((event) => event.type === 'note' && event.text);
		await expect.poll(texts).toContain(says);
		player.seek(29_999);
		expect(session.log.at(session.log.length - 1)).toMatchObject({ text: '29999' });
	});

	it('can send and record nothing', async () => {
		const session: Session = await open(log);
		expect(session.modem).toBeUndefined();
		expect(session.recorder).toBeUndefined();
	});

	it('opens a firmware file beside it', async () => {
		const session = await open(log);
		const spk = join(newFolder(), 'small.spk');
		await smallRehearsalImage(spk);
		await session.firmware.open(spk);
		expect(session.firmware.opened?.file.name).toBe('small.spk');
	});
});
