import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../source/clock.ts';
import type { FirmwareFile } from '../../source/firmware/firmware-file.ts';
import { download } from '../../source/flash/download/firehose.ts';
import { probeLoader } from '../../source/flash/loader/probe.ts';
import { type Link, LinkLost } from '../../source/link/link.ts';
import { type RecordedLink, recordTraffic } from '../../source/link/traffic-recorder.ts';
import { WriteTimeout, withWriteTimeout } from '../../source/link/write-timeout.ts';
import { exitCode, Problem } from '../../source/problem.ts';
import { findScenario, type Scenario } from '../../source/simulator/modem/scenarios.ts';
import { meet } from '../simulator/host.ts';
import { listen, quick, smallFirmware, speed } from './rehearse.ts';

type Change = { but?: Partial<Scenario>; link?: (link: Link) => Link; file?: FirmwareFile };

/** Connects and downloads to a simulated loader. */
async function flashLoader({ but = {}, link: change = (link) => link, file }: Change = {}) {
	const clock = createClock(speed);
	const met = await meet('loader', { clock, but: { ...quick, ...but } });
	const said = listen(clock);
	const link = recordTraffic(change(met.backend.open('ttyUSB0')), said.context.emit);
	const firmware = file ?? (await smallFirmware());
	const ended = await probeLoader(link, said.context)
		.then(() => download(link, [firmware], said.context))
		.then(
			() => 'done',
			(error: unknown) => error,
		);
	return { ...met, said, ended, firmware };
}

describe('a download over Firehose', () => {
	it('sends the file whole, in order, and ends in a reset', async () => {
		const { ended, said, firmware, until } = await flashLoader();
		expect(ended).toBe('done');
		const sent = said.of('payload');
		const bytes = readFileSync(firmware.path);
		let next = 0;
		for (const { offset, length, sha256 } of sent) {
			expect(offset).toBe(next);
			expect(sha256).toBe(
				createHash('sha256')
					.update(bytes.subarray(offset, offset + length))
					.digest('hex'),
			);
			next += length;
		}
		expect(next).toBe(firmware.size);
		expect(said.phases().slice(4)).toEqual([
			'configure running',
			'configure done',
			'write running',
			'write done',
			'commit running',
			'commit done',
			'reboot running',
		]);
		await until(0);
	});

	it('goes on with a Firehose that was found by asking, past the answers to that', async () => {
		const { ended } = await flashLoader({ but: { loader: 'firehose' } });
		expect(ended).toBe('done');
	});

	it('pads the last sector, and closes with the 512 zeros that libqmi sends', async () => {
		const { said, firmware } = await flashLoader();
		const last = said.of('payload').at(-1)!;
		expect(last.padding).toBe(((4096 - (firmware.size % 4096)) % 4096) + 512);
	});

	it('keeps no payload in the recording', async () => {
		const { said, firmware } = await flashLoader();
		const recorded = said.facts.reduce((sum, fact) => sum + JSON.stringify(fact).length, 0);
		expect(recorded).toBeLessThan(firmware.size / 4);
	});

	it('asks again after the one stray NAK, and never after another', async () => {
		const { said } = await flashLoader();
		const powers = said
			.of('bytes')
			.filter(({ dir, hex }) => dir === 'out' && Buffer.from(hex, 'hex').includes('<power'));
		expect(powers).toHaveLength(2);
	});

	const traits = findScenario('loader').firehose;
	const verbs = (said: ReturnType<typeof listen>, verb: string) =>
		said
			.of('bytes')
			.filter(({ dir, hex }) => dir === 'out' && Buffer.from(hex, 'hex').includes(`<${verb}`));

	it('sends <program> three times to a loader that refuses it, as libqmi does, and no more', async () => {
		const twice = await flashLoader({ but: { firehose: { ...traits, refusedPrograms: 2 } } });
		expect(twice.ended).toBe('done');
		const ever = await flashLoader({ but: { firehose: { ...traits, refusedPrograms: 9 } } });
		expect(ever.ended).toMatchObject({ exit: exitCode.refusedBeforeWrite });
		expect(verbs(ever.said, 'program')).toHaveLength(3);
	});

	it('asks for the reset again when the loader says nothing', async () => {
		const { ended, said } = await flashLoader({
			but: { firehose: { ...traits, unheardResets: 3 } },
		});
		expect(ended).toBe('done');
		expect(verbs(said, 'power').length).toBeGreaterThan(3);
	});

	it('takes what the loader logs of its storage from any of its first answers', async () => {
		const { said } = await flashLoader({
			but: { firehose: { ...traits, logsStorageWith: 'configure', pages: ' PAGES_IN_BLOCK = 32' } },
		});
		const [program] = verbs(said, 'program');
		expect(Buffer.from(program!.hex, 'hex').toString()).toContain('PAGES_PER_BLOCK="32"');
	});

	it('explains the code that a loader logs of an image', async () => {
		const { ended } = await flashLoader({ but: { refusesImages: 0x80 } });
		expect((ended as Problem).message).toContain(
			'Device returned error code 0x80 Invalid image type (The image is of a type that is not taken here)',
		);
	});

	it('reports progress that only grows and ends at the size', async () => {
		const { said, firmware } = await flashLoader({ but: { bytesPerSecond: 400_000 } });
		const sent = said.of('flash-progress').map((fact) => fact.sent);
		expect(sent).toEqual([...sent].sort((a, b) => a - b));
		expect(sent.at(-1)).toBe(firmware.size);
		expect(sent.length).toBeGreaterThan(3);
	});

	it('tells a refused image from a write that failed', async () => {
		const file = await smallFirmware();
		const bytes = readFileSync(file.path);
		bytes[bytes.length - 10]! ^= 1;
		const damaged = {
			...file,
			readBytes: async (at: number, length: number) => bytes.subarray(at, at + length),
		};
		const { ended } = await flashLoader({ file: damaged });
		expect(ended).toBeInstanceOf(Problem);
		expect(ended).toMatchObject({ exit: exitCode.failedDuringWrite });
		expect((ended as Problem).message).toContain('Every byte was sent, but the modem refused it');
		expect((ended as Problem).modem).toContain('may not start until it is flashed again');
	});

	it('stops between two blocks when asked, and says what state that leaves', async () => {
		let blocks = 0;
		const file = await smallFirmware();
		const clock = createClock(speed);
		const met = await meet('loader', { clock, but: quick });
		const said = listen(clock);
		const link = recordTraffic(met.backend.open('ttyUSB0'), said.context.emit);
		const counted: RecordedLink = {
			...link,
			writePayload: (bytes, ...notes) => {
				if (++blocks === 3) said.stop.abort();
				return link.writePayload(bytes, ...notes);
			},
		};
		const ended = await probeLoader(counted, said.context)
			.then(() => download(counted, [file], said.context))
			.catch((error: unknown) => error);
		expect(ended).toMatchObject({ exit: exitCode.failedDuringWrite });
		expect((ended as Problem).message).toContain('Stopped during the write');
		expect(blocks).toBe(3);
	});

	it.each([0, 1, 2, 3])('passes a port lost at write %i on, and writes no more', async (at) => {
		let blocks = 0;
		const { ended } = await flashLoader({
			link: (link) => ({
				...link,
				write: async (bytes) => {
					if (bytes.length > 4000 && blocks++ === at) await link.close();
					return link.write(bytes);
				},
			}),
		});
		expect(ended).toBeInstanceOf(LinkLost);
		expect(blocks).toBe(at + 1);
	});

	it('stops at once when the modem answers in the middle of the write', async () => {
		let blocks = 0;
		const { ended } = await flashLoader({
			link: (link) => ({
				...link,
				write: async (bytes) => {
					if (bytes.length > 4000 && ++blocks === 2) {
						link.unread(
							Buffer.from(
								'<?xml version="1.0"?><data><log value="ERROR: flash"/></data><?xml version="1.0"?><data><response value="NAK"/></data>',
							),
						);
					}
					return link.write(bytes);
				},
			}),
		});
		expect(ended).toMatchObject({ exit: exitCode.failedDuringWrite });
		expect((ended as Problem).message).toContain('ERROR: flash');
		expect(blocks).toBe(2);
	});

	it('gives up a modem that takes no more bytes', async () => {
		let blocks = 0;
		const clock = createClock(2000);
		const met = await meet('loader', { clock: createClock(speed), but: quick });
		const said = listen(clock);
		const file = await smallFirmware();
		const link = met.backend.open('ttyUSB0');
		const stuck = {
			...link,
			write: (bytes: Uint8Array) =>
				bytes.length > 4000 && ++blocks === 2 ? new Promise<void>(() => {}) : link.write(bytes),
		};
		const slow = { ...said.context, clock: createClock(speed) };
		const ended = await probeLoader(stuck, slow)
			.then(() => {
				const link = recordTraffic(withWriteTimeout(stuck, clock), said.context.emit);
				return download(link, [file], { ...slow, clock });
			})
			.catch((error: unknown) => error);
		expect(ended).toBeInstanceOf(WriteTimeout);
		expect((ended as Error).message).toBe('The modem took no more bytes for 120 s');
	});
});
