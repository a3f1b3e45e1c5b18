import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event, Fact } from '../../source/events.ts';
import { type FirmwareFile, openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { download } from '../../source/flash/download/firehose.ts';
import { probeLoader } from '../../source/flash/loader/probe.ts';
import { waysOf } from '../../source/flash/model/ways.ts';
import { phaseTracker } from '../../source/flash/run/phases.ts';
import { recordTraffic } from '../../source/link/traffic-recorder.ts';
import { withWriteTimeout } from '../../source/link/write-timeout.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { compare } from '../../source/recording/compare/compare.ts';
import { stepsOf } from '../../source/recording/compare/steps.ts';
import { createJitter } from '../../source/simulator/device/jitter.ts';
import { type Fault, faulty } from '../flash/faulty-link.ts';
import { newFolder } from '../flash/rehearse.ts';
import { meet } from '../simulator/host.ts';

let file: FirmwareFile;
beforeAll(async () => {
	const path = join(newFolder(), 'small.spk');
	const version = '9999999_9909667_SWI9X07H_00.08.24.02_00_GENERIC_001.110_000';
	const payload = Buffer.alloc(400_001, 'x');
	writeFileSync(path, buildImage({ type: 'APPS', product: '9X07', version, payload }));
	file = await openFirmware(path);
});
afterAll(() => file.close());

/** The recording of one flash, with one thing that goes wrong in it. */
async function recorded(fault?: Fault, seed = 1) {
	const met = await meet('loader', { but: { commitSeconds: 5, bytesPerSecond: 1e9 }, seed });
	const events: Event[] = [];
	let struckAt = Number.POSITIVE_INFINITY;
	const emit = (source: Event['source'], fact: Fact) => {
		// The pieces of a write are told as it begins.
		if (counted.struck && fact.type !== 'payload') struckAt = Math.min(struckAt, events.length);
		events.push({ t: met.clock.now(), source, ...fact } as Event);
	};
	const phases = phaseTracker({
		clock: met.clock,
		emit,
		stop: new AbortController().signal,
		ways: waysOf('RC7620'),
	});
	const refusal = Buffer.concat([
		firehoseDocument('log', { value: 'ERROR: flash write failed' }),
		firehoseDocument('response', { value: 'NAK' }),
	]);
	const hands = {
		vanish: () => met.modem.powerCycle({ strapLow: true }),
		refusal,
		renumber: (bytes: Buffer) => bytes,
	};
	const { link: struck, counted } = faulty(met.backend.open('ttyUSB0'), fault, hands);
	const link = recordTraffic(withWriteTimeout(struck, met.clock), phases.context.emit);
	const options = { protocol: 'auto', loaderProtocol: 'sahara' } as const;
	try {
		const found = await probeLoader(link, phases.context, options);
		if (found === 'firehose') await download(link, [file], phases.context);
	} catch (error) {
		phases.explain(error);
	} finally {
		await link.close();
		await met.modem.stop();
	}
	return { events, counted, struckAt };
}

describe('compare', () => {
	it('finds nothing between two runs of the same flash, whatever their times', async () => {
		const [one, other] = [await recorded(), await recorded(undefined, 2)];
		const slowed = other.events.map((event) => ({ ...event, t: event.t * 1.5 + 7 }));
		const { first, good } = compare(one.events, slowed);
		expect(first).toBeUndefined();
		expect(good.length).toBeGreaterThan(15);
	});

	it('finds the fault in 50 of 50 recordings with one fault each', async () => {
		const good = await recorded();
		const { writes, reads, data } = good.counted;
		const jitter = createJitter(11);
		const kinds = [
			{ on: 'write', kind: 'EIO', places: writes },
			{ on: 'read', kind: 'refusal', places: reads },
			{ on: 'data', kind: 'EIO', places: data },
			{ on: 'read', kind: 'lost', places: reads },
			{ on: 'write', kind: 'vanish', places: writes },
		] as const;
		for (let n = 0; n < 50; n++) {
			const { on, kind, places } = kinds[n % kinds.length]!;
			const at = Math.floor(jitter(0, places));
			const bad = await recorded({ on, kind, at });
			expect(bad.counted.struck, `${kind} at ${on} ${at}`).toBe(true);
			const { first } = compare(good.events, bad.events);
			// The step that the fault hit, or the one behind it: the fault may show in its absence only.
			const before = stepsOf(bad.events.slice(0, bad.struckAt)).length;
			expect(first?.number, `${kind} at ${on} ${at}`).toBeGreaterThanOrEqual(before - 1);
			expect(first?.number, `${kind} at ${on} ${at}`).toBeLessThanOrEqual(before + 2);
		}
	});

	it('says where a value differs, and what it was', () => {
		const answered = (result: string): Event => ({
			t: 1,
			source: 'at',
			type: 'at-answered',
			port: 'ttyUSB2',
			command: 'AT!BOOTHOLD',
			lines: [],
			result,
			seconds: 0.1,
		});
		const { first } = compare([answered('OK')], [answered('ERROR')]);
		expect(first).toMatchObject({
			number: 1,
			values: [{ name: 'result', good: 'OK', bad: 'ERROR' }],
		});
	});

	it('takes a boot loop as one step, however often it went round', () => {
		const device = { path: '3-1', vid: '1199', pid: '68c0', interfaces: [] };
		const round = (t: number): Event[] => [
			{ t, source: 'usb', type: 'usb-came', device },
			{ t: t + 2, source: 'usb', type: 'usb-went', path: '3-1', vid: '1199', pid: '68c0' },
		];
		const loop = (times: number) => Array.from({ length: times }, (_, n) => round(n * 15)).flat();
		expect(compare(loop(3), loop(9)).first).toBeUndefined();
	});

	it('names a step that took longer', () => {
		const mark = (t: number, phase: 'connect' | 'write'): Event => ({
			t,
			source: 'flash',
			type: 'flash-phase',
			phase,
			state: 'running',
		});
		const { slow } = compare(
			[mark(0, 'connect'), mark(0.5, 'write')],
			[mark(0, 'connect'), mark(9, 'write')],
		);
		expect(slow).toMatchObject([{ good: 0.5, bad: 9 }]);
	});
});
