import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../source/clock.ts';
import { downloadQdl } from '../../source/flash/download/qdl.ts';
import { probeLoader } from '../../source/flash/loader/probe.ts';
import { finishQdl } from '../../source/flash/run/finish.ts';
import type { Link } from '../../source/link/link.ts';
import { type RecordedLink, recordTraffic } from '../../source/link/traffic-recorder.ts';
import { exitCode } from '../../source/problem.ts';
import { encode } from '../../source/protocol/fields.ts';
import { frame } from '../../source/protocol/framing/hdlc.ts';
import { qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { findScenario, type Scenario } from '../../source/simulator/modem/scenarios.ts';
import { meet } from '../simulator/host.ts';
import { listen, quick, smallPair, speed } from './rehearse.ts';

const options = { protocol: 'auto', loaderProtocol: 'qdl' } as const;

type Change = { but?: Partial<Scenario>; link?: (link: Link) => Link; alone?: boolean };

async function flashQdl({ but = {}, link: change = (link) => link, alone = false }: Change = {}) {
	const clock = createClock(speed);
	const met = await meet('loader-qdl', { clock, but: { ...quick, ...but } });
	const said = listen(clock);
	const link = recordTraffic(change(met.backend.open('ttyUSB0')), said.context.emit);
	const pair = await smallPair();
	const files = alone ? pair.slice(0, 1) : pair;
	const ended = await probeLoader(link, said.context, options)
		.then(() => downloadQdl(link, files, said.context))
		.then(
			() => 'done',
			(error: unknown) => error,
		);
	return { ...met, said, ended, files };
}

/** Bytes of image data that a line of the recording tells. */
const piece = 65_536;

/** Says something to the host just before the write that has the n-th piece of image data. */
const sayingAt =
	(n: number, bytes: Buffer) =>
	(link: Link): Link => {
		let sent = 0;
		return {
			...link,
			write: (out) => {
				const before = sent;
				if (out.length > 1000) sent += out.length;
				if (before <= n * piece && sent > n * piece) link.unread(bytes);
				return link.write(out);
			},
		};
	};
const answer = (sequence: number, status = 0) =>
	frame(encode(qdlMessages.writeResponse, { sequence, status }));

describe('a download over QDL', () => {
	it('sends firmware and settings in one session, each whole and accepted, and resets', async () => {
		const { ended, said, files, modem, until } = await flashQdl();
		expect(ended).toBe('done');
		for (const file of files) {
			const bytes = readFileSync(file.path);
			let next = 400;
			for (const piece of said.of('payload').filter((entry) => entry.file === file.name)) {
				expect(piece.offset).toBe(next);
				const sent = bytes.subarray(next, next + piece.length);
				expect(piece.sha256).toBe(createHash('sha256').update(sent).digest('hex'));
				next += piece.length;
			}
			expect(next).toBe(file.size);
		}
		expect(said.phases().slice(3)).toEqual([
			...['configure running', 'configure done', 'write running', 'write done'],
			...['commit running', 'commit done'],
			...['configure running', 'configure done', 'write running', 'write done'],
			...['commit running', 'commit done', 'reboot running'],
		]);
		await until(4);
		expect(modem.release).toMatchObject({ firmware: '02.33.03.00', config: '002.072_000' });
	});

	it('takes an answer that was there before the end of its chunk was said to be sent', async () => {
		const slow = (link: Link): Link => ({
			...link,
			write: async (out) => {
				await link.write(out);
				if (out.length < 1000) return;
				const heard = await link.read(0.2);
				if (heard) link.unread(heard);
			},
		});
		expect((await flashQdl({ link: slow })).ended).toBe('done');
	});

	it.each([4, 5, 6])('speaks version %i to a loader of it', async (version) => {
		const qdl = { ...findScenario('loader-qdl').qdl, versions: [version] };
		expect((await flashQdl({ but: { qdl }, alone: true })).ended).toBe('done');
	});

	it('reports progress inside a chunk, over both files', async () => {
		const { said, files } = await flashQdl({ but: { bytesPerSecond: 400_000 } });
		const total = files.reduce((sum, { size }) => sum + size, 0);
		const sent = said.of('flash-progress').map((fact) => fact.sent);
		expect(sent).toEqual(sent.toSorted((a, b) => a - b));
		expect(sent.at(-1)).toBe(total);
		expect(sent.some((bytes) => bytes % (1 << 20) !== 400 && bytes < 900_000 && bytes > 0)).toBe(
			true,
		);
	});

	it('writes more at once to a port that takes it soon, and tells the same pieces', async () => {
		const flashedAt = async (took: number) => {
			const clock = createClock(speed);
			const { backend } = await meet('loader-qdl', { clock, but: quick });
			const said = listen(clock);
			const writes: number[] = [];
			const port = backend.open('ttyUSB0');
			const counted: Link = {
				...port,
				write: (out) => {
					if (out.length > 1000) writes.push(out.length);
					return port.write(out);
				},
			};
			const link = recordTraffic(counted, said.context.emit);
			// Only a write takes time, and each as long as the other.
			const stepping: Clock = { ...clock, now: () => writes.length * took };
			await probeLoader(link, said.context, options);
			const files = (await smallPair()).slice(0, 1);
			await downloadQdl(link, files, { ...said.context, clock: stepping });
			const told = said.of('payload').map(({ offset, length, sha256 }) => [offset, length, sha256]);
			return { writes, told };
		};
		const [soon, late] = [await flashedAt(0.01), await flashedAt(0.1)];
		expect(Math.max(...late.writes)).toBeLessThan(2 * piece);
		expect(soon.writes.slice(0, 3)).toEqual([piece, 2 * piece, 4 * piece]);
		expect(soon.told).toEqual(late.told);
	});

	it('waits a commit of 100 s in silence', async () => {
		expect((await flashQdl({ but: { commitSeconds: 100 } })).ended).toBe('done');
	});

	it('passes an answer that came twice over', async () => {
		const { ended, said } = await flashQdl({ link: sayingAt(17, answer(0)) });
		expect(ended).toBe('done');
		const twice = said.of('bytes').filter(({ hex }) => hex === answer(0).toString('hex'));
		// The settings have a chunk 0 too.
		expect(twice).toHaveLength(3);
	});

	it('stops at an answer to a chunk that was not sent, and at a refusal', async () => {
		const ahead = await flashQdl({ link: sayingAt(15, answer(7)) });
		expect(ahead.ended).toMatchObject({ exit: exitCode.failedDuringWrite });
		const refused = await flashQdl({ link: sayingAt(3, answer(0, 0x02)) });
		expect(refused.ended).toMatchObject({
			exit: exitCode.failedDuringWrite,
			message: expect.stringContaining('flash write (0x02). Writing to the flash memory failed.'),
		});
		expect(refused.said.of('payload').length).toBeLessThan(8);
	});

	it('names what a loader has against an image, and what state that leaves', async () => {
		const { ended, modem } = await flashQdl({ but: { refusesImages: 0x89 } });
		expect(ended).toMatchObject({
			exit: exitCode.failedDuringWrite,
			message:
				'Every byte was sent, but the modem refused it: CRC32 (0x89). The CRC of the image is wrong.',
			modem: expect.stringContaining('may not start'),
		});
		expect(modem.starts).toBe(true);
	});

	it('stops between two pieces when asked', async () => {
		let pieces = 0;
		const clock = createClock(speed);
		const met = await meet('loader-qdl', { clock, but: quick });
		const said = listen(clock);
		const link = recordTraffic(met.backend.open('ttyUSB0'), said.context.emit);
		const counted: RecordedLink = {
			...link,
			writePayload: (bytes, ...notes) => {
				if (++pieces === 3) said.stop.abort();
				return link.writePayload(bytes, ...notes);
			},
		};
		await probeLoader(counted, said.context, options);
		await expect(downloadQdl(counted, await smallPair(), said.context)).rejects.toMatchObject({
			exit: exitCode.failedDuringWrite,
			message: 'Stopped during the write, as asked.',
		});
		expect(pieces).toBe(3);
	});
});

describe('a download over QDL whose process died in the commit', () => {
	it.each<[string, Partial<Scenario>, string]>([
		['accepted', {}, 'done'],
		['refused', { refusesImages: 0x02 }, 'The modem refused what was written: flash write (0x02)'],
	])('is ended by the next one: %s', async (_, but, ends) => {
		const clock = createClock(speed);
		const met = await meet('loader-qdl', { clock, but: { ...quick, commitSeconds: 20, ...but } });
		const said = listen(clock);
		const first = recordTraffic(met.backend.open('ttyUSB0'), said.context.emit);
		await probeLoader(first, said.context, options);
		const died = downloadQdl(first, (await smallPair()).slice(0, 1), said.context);
		died.catch(() => {});
		// The last bytes may still lie in the pipe when the commit is waited for.
		while (!met.told.some((what) => what.includes('the image is here'))) await clock.sleep(0.1);
		await first.close();
		const next = listen(clock);
		const ended = await finishQdl(met.backend.open('ttyUSB0'), next.context).then(
			() => 'done',
			(error: unknown) => (error as Error).message,
		);
		expect(ended).toContain(ends);
		if (ends === 'done') await met.until(4);
	});
});
