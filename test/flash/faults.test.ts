/**
 * Everything that can go wrong on the wire, at every message of both protocols and at many places
 * inside the image data: each ends in a documented exit code, says what is true of the modem, and
 * names a next step that works.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FirmwareFile, openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { download } from '../../source/flash/download/firehose.ts';
import { downloadQdl } from '../../source/flash/download/qdl.ts';
import { type ProbeOptions, probeLoader } from '../../source/flash/loader/probe.ts';
import { phaseTracker } from '../../source/flash/run/phases.ts';
import { recordTraffic } from '../../source/link/traffic-recorder.ts';
import { withWriteTimeout } from '../../source/link/write-timeout.ts';
import { exitCode } from '../../source/problem.ts';
import { encode } from '../../source/protocol/fields.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { frame, unframe } from '../../source/protocol/framing/hdlc.ts';
import { qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { createJitter } from '../../source/simulator/device/jitter.ts';
import { meet } from '../simulator/host.ts';
import { type Fault, faulty, type Hands } from './faulty-link.ts';
import { listen, newFolder } from './rehearse.ts';

type Case = {
	readonly scenario: string;
	readonly options: ProbeOptions;
	readonly refusal: Buffer;
	readonly firmware: string;
	files: FirmwareFile[];
};

const cases: Record<'firehose' | 'qdl', Case> = {
	firehose: {
		scenario: 'loader',
		options: { protocol: 'auto', loaderProtocol: 'sahara' },
		refusal: Buffer.concat([
			firehoseDocument('log', { value: 'ERROR: flash write failed' }),
			firehoseDocument('response', { value: 'NAK' }),
		]),
		firmware: '00.08.24.02',
		files: [],
	},
	qdl: {
		scenario: 'loader-qdl',
		options: { protocol: 'auto', loaderProtocol: 'qdl' },
		refusal: frame(encode(qdlMessages.error, { error: 0x0a })),
		firmware: '02.33.03.00',
		files: [],
	},
};

beforeAll(async () => {
	const folder = newFolder();
	const path = join(folder, 'small.spk');
	const version = '9999999_9909667_SWI9X07H_00.08.24.02_00_GENERIC_001.110_000';
	const payload = Buffer.alloc(150_001, 'x');
	writeFileSync(path, buildImage({ type: 'APPS', product: '9X07', version, payload }));
	const pair = { firmware: join(folder, 'a.cwe'), settings: join(folder, 'a.nvu') };
	await rehearsalPair(pair, atMost(300_000));
	cases.firehose.files = [await openFirmware(path)];
	cases.qdl.files = [await openFirmware(pair.firmware), await openFirmware(pair.settings)];
});
afterAll(async () => {
	for (const { files } of Object.values(cases)) for (const file of files) await file.close();
});

type Met = Awaited<ReturnType<typeof meet>>;

/** One flash as a job does it, on whatever is plugged in now. */
async function attempt(
	met: Met,
	{ options, files, refusal }: Case,
	fault?: Fault,
	stopAt?: number,
) {
	const said = listen(met.clock);
	const phases = phaseTracker(said.context);
	const hands: Hands = {
		vanish: () => met.modem.powerCycle({ strapLow: true }),
		refusal,
		renumber: (bytes) => renumbered(bytes),
	};
	const { link: struck, counted } = faulty(met.backend.open('ttyUSB0'), fault, hands);
	const stopping = {
		...struck,
		write: (...args: Parameters<typeof struck.write>) => {
			if (counted.writes === stopAt) said.stop.abort();
			return struck.write(...args);
		},
	};
	const link = recordTraffic(withWriteTimeout(stopping, met.clock), phases.context.emit);
	try {
		const found = await probeLoader(link, phases.context, options);
		if (found === 'qdl') await downloadQdl(link, files, phases.context);
		else if (found === 'firehose') await download(link, files, phases.context);
		else return { again: found, counted, said };
		return { exit: exitCode.done, counted, said };
	} catch (error) {
		const { exit, message, modem, next } = phases.explain(error);
		return { exit, message, modem, next, counted, said };
	} finally {
		await link.close();
	}
}

/** The answer to another chunk. */
function renumbered(bytes: Buffer): Buffer {
	const { payload, problem } = unframe(bytes);
	if (problem !== undefined || payload[0] !== 0x28) return bytes;
	payload[1]! += 1;
	return frame(payload);
}

/** Takes the next step: power cycle with TP1 low, flash again. */
async function flashAgain(met: Met, one: Case) {
	await met.clock.sleep(1);
	if (met.backend.device?.interfaces.length === 1) met.modem.powerCycle({ strapLow: true });
	await met.until(0);
	await met.until(1);
	return attempt(met, one);
}

async function judge(one: Case, fault?: Fault, stopAt?: number) {
	const met = await meet(one.scenario, { but: { commitSeconds: 20, bytesPerSecond: 1e9 } });
	const before = met.modem.release.firmware;
	const ended = await attempt(met, one, fault, stopAt);
	const about = `${JSON.stringify(fault ?? { stopAt })} → ${ended.exit ?? ended.again}: ${ended.message ?? ''}`;
	const runsNew = () => met.modem.release.firmware === one.firmware;
	if (ended.again) {
		// The flash goes on by itself when the loader is back: nothing was sent so far.
		expect(ended.counted.data, about).toBe(0);
		expect(met.modem.release.firmware, about).toBe(before);
	} else if (ended.exit === exitCode.done) {
		expect(runsNew(), about).toBe(true);
		expect(met.modem.starts, about).toBe(true);
	} else {
		expect(ended.next, about).toBeTruthy();
		const { noDevice, refusedBeforeWrite, failedDuringWrite, writtenButUnchecked, interrupted } =
			exitCode;
		expect(
			[noDevice, refusedBeforeWrite, failedDuringWrite, writtenButUnchecked, interrupted],
			about,
		).toContain(ended.exit);
		if (ended.exit === failedDuringWrite) {
			expect(ended.modem, about).toMatch(/may (hold part|not run)/);
		} else if (ended.exit === writtenButUnchecked) {
			expect(ended.modem, about).toContain('new firmware');
			expect(runsNew(), about).toBe(true);
			expect(met.modem.starts, about).toBe(true);
		} else {
			expect(ended.modem, about).toContain('Nothing was written');
			expect(ended.counted.data, about).toBe(0);
			expect(met.modem.release.firmware, about).toBe(before);
			expect(met.modem.starts, about).toBe(true);
		}
	}
	if (ended.exit !== exitCode.done && ended.exit !== exitCode.writtenButUnchecked) {
		const second = await flashAgain(met, one);
		expect(second.exit, `${about}; again: ${second.again ?? second.message}`).toBe(exitCode.done);
		expect(runsNew(), about).toBe(true);
	}
	await met.modem.stop();
	return ended;
}

describe.each(['firehose', 'qdl'] as const)('faults of a flash over %s', (name) => {
	const kinds = {
		write: ['vanish', 'short write', 'EIO', 'stall'],
		read: ['vanish', 'corrupt', 'lost', 'twice', 'refusal', 'wrong number'],
		data: ['vanish', 'short write', 'EIO', 'stall', 'refusal'],
	} as const;

	for (const on of ['write', 'read'] as const) {
		for (const kind of kinds[on]) {
			it(`${kind} at every ${on} of a message`, async () => {
				for (let at = 0; ; at++) {
					const ended = await judge(cases[name], { on, at, kind });
					if (!ended.counted.struck) break;
				}
			});
		}
	}

	it('stops when asked before every message', async () => {
		const seen = new Set<number | undefined>();
		for (let at = 0; ; at++) {
			const ended = await judge(cases[name], undefined, at);
			seen.add(ended.exit);
			if (ended.counted.writes <= at) break;
		}
		expect(seen).toContain(exitCode.interrupted);
	});

	// A QDL image has to be larger than one chunk: there twenty places for each kind have to do.
	const places = name === 'qdl' ? 20 : 50;
	it.each(kinds.data)(`%s at ${places} places inside the image data`, async (kind) => {
		const jitter = createJitter(kind.length);
		const size = cases[name].files[0]!.size - 2000;
		for (let n = 0; n < places; n++) {
			const at = Math.floor(jitter(0, size));
			const ended = await judge(cases[name], { on: 'data', at, kind });
			expect(ended.counted.struck).toBe(true);
			expect(ended.exit).toBe(exitCode.failedDuringWrite);
		}
	});
});
