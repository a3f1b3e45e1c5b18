import { readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Emit, Event, Fact } from '../../source/events.ts';
import { openPartitionSet } from '../../source/firmware/partitions/partition-set.ts';
import { openPlain } from '../../source/firmware/partitions/plain-file.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { rehearsalPartitions } from '../../source/firmware/rehearsal/partitions.ts';
import { sendProgrammer } from '../../source/flash/loader/programmer.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { planPartitions } from '../../source/flash/plan/plan-partitions.ts';
import { runFlash } from '../../source/flash/run/run.ts';
import { liveHost } from '../../source/host.ts';
import { openPort } from '../../source/link/open.ts';
import { recordTraffic } from '../../source/link/traffic-recorder.ts';
import { models } from '../../source/modems/simulated.ts';
import { exitCode } from '../../source/problem.ts';
import { Traffic } from '../../source/recording/log/traffic.ts';
import { loaderDevice } from '../../source/simulator/device/devices.ts';
import type { EdlTraits } from '../../source/simulator/loader/edl-loader.ts';
import { findScenario, type Scenario } from '../../source/simulator/modem/scenarios.ts';
import { listDevices } from '../../source/usb/scan/sysfs.ts';
import { listen, meetInFolder, newFolder, smallFirmware } from './rehearse.ts';

const usual = findScenario('emergency').edl;
const images = ['gpt_main0.bin', 'sbl1.mbn', 'modem.img', 'gpt_backup0.bin'];

type Change = {
	edl?: Partial<EdlTraits>;
	but?: Partial<Scenario>;
	scenario?: string;
	/** What is done to the set before it is opened. */
	spoil?: (folder: string) => void;
};

/** A set on the disk, a modem in its emergency loader, and the flash of one to the other. */
async function prepare({ edl, but, scenario = 'emergency', spoil }: Change = {}) {
	const set = newFolder();
	await rehearsalPartitions(set);
	spoil?.(set);
	const met = await meetInFolder(scenario, { ...but, edl: { ...usual, ...edl } });
	const partitions = await openPartitionSet(
		['rawprogram0.xml', 'patch0.xml'].map((name) => join(set, name)),
	);
	const programmer = await openPlain(join(set, 'prog_firehose_rehearsal.elf'));
	onTestFinished(async () => {
		await partitions.close();
		await programmer.close();
	});
	const load = { set: partitions, programmer };
	const device = [...(await listDevices(met.host.sysfs)).values()][0]!;
	const plan = await planPartitions({ ...load, host: met.host, device });
	const said = listen(met.host.clock);
	/** `see` hears every fact when it was said. */
	const run = (see: (fact: Fact) => void = () => {}) => {
		const { emit } = said.context;
		const both: Emit = (source, fact, t) => {
			emit(source, fact, t);
			see(fact);
		};
		return runFlash(met.host, load, plan, 5, { ...said.context, emit: both });
	};
	const sent = (verb: string) =>
		said
			.of('bytes')
			.filter(({ dir, hex }) => dir === 'out' && Buffer.from(hex, 'hex').includes(`<${verb}`));
	return { ...met, set, plan, said, run, device, load, sent };
}

const refusals = ({ checks }: { checks: readonly { state: string; says: string }[] }) =>
	checks.filter(({ state }) => state === 'refuse').map(({ says }) => says);

describe('partitions that keep a module’s calibration', () => {
	const renamed = (from: string, to: string) => (folder: string) => {
		const path = join(folder, 'rawprogram0.xml');
		writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
	};
	it.each(['efs2', 'modemst1', 'fsg'])('are not erased without insisting: %s', async (name) => {
		const spoil = renamed('label="settings"', `label="${name}"`);
		const { plan, load, host, device } = await prepare({ spoil });
		expect(plan.checks.find((check) => check.name === 'calibration')).toMatchObject({
			state: 'refuse',
			mayOverride: true,
			says: expect.stringContaining(name),
		});
		const overrides = ['calibration'];
		const insisted = await planPartitions({ ...load, host, device, overrides });
		expect(refusals(insisted)).toEqual([]);
	});

	it('are not erased without insisting where nothing names them, as in an XML for the factory', async () => {
		const { plan } = await prepare({ spoil: renamed(' label="settings"', '') });
		expect(plan.checks.find((check) => check.name === 'calibration')).toMatchObject({
			state: 'refuse',
			mayOverride: true,
			says: expect.stringContaining('it erases 64 sectors at 12288 and writes nothing there'),
		});
	});

	it('are planned for a Quectel module with the pin that leads it to EDL', async () => {
		const { load, host } = await prepare();
		const iface = { number: 0, class: 'ff/00/00', endpoints: 2, driver: 'option', nodes: [] };
		const ec25 = {
			path: '3-2',
			vid: '2c7c',
			pid: '0125',
			interfaces: [iface, { ...iface, number: 2 }],
		};
		const { checks } = await planPartitions({ ...load, host, device: ec25 });
		expect(checks.find(({ name }) => name === 'loader')).toMatchObject({
			state: 'refuse',
			says: expect.stringContaining('power cycle it with USB_BOOT at VDD_EXT (1.8 V)'),
		});
		expect(JSON.stringify(checks)).not.toContain('QDOWNLOAD');
	});

	it('are not overwritten by the maker’s own content of EFS without insisting', async () => {
		const { plan } = await prepare({
			spoil: (folder) => {
				renamed('label="sbl1"', 'label=""')(folder);
				renamed('filename="sbl1.mbn"', 'filename="cefs.mbn"')(folder);
				renameSync(join(folder, 'sbl1.mbn'), join(folder, 'cefs.mbn'));
			},
		});
		expect(plan.checks.find((check) => check.name === 'calibration')).toMatchObject({
			state: 'refuse',
			says: expect.stringContaining('it overwrites or erases cefs.mbn'),
		});
	});
});

describe('a flash by a maker’s programmer', () => {
	it('sends the programmer and every partition, whole, and sees something else come back', async () => {
		const { run, said, modem, set } = await prepare();
		expect(await run()).toBe(exitCode.done);
		expect(said.of('flash-ended')[0]!.message).toBe(
			'Done: it came back as 1199:68c0 and stayed up for 5 s; what it runs was not asked.',
		);
		const starts = [0, 64, 2048, 16_384 - 33];
		for (const [index, name] of images.entries()) {
			const file = readFileSync(join(set, name));
			const sectors = Math.ceil(file.length / 512);
			const stored = Array.from({ length: sectors }, (_, n) =>
				modem.store.sectors.get(starts[index]! + n),
			);
			const written = Buffer.concat(stored.map((sector) => sector!));
			// The patch of the last sector that may be used.
			if (index === 0) file.writeBigUInt64LE(16_384n - 34n, 512 + 48);
			expect(written.subarray(0, file.length).equals(file), name).toBe(true);
			expect(written.subarray(file.length).every((byte) => byte === 0)).toBe(true);
		}
	});

	it('keeps neither the programmer nor an image in the recording', async () => {
		const { run, said, load } = await prepare();
		await run();
		const recorded = said.facts.reduce((sum, fact) => sum + JSON.stringify(fact).length, 0);
		expect(recorded).toBeLessThan(load.set.size / 4);
		const programmer = said.of('payload').filter(({ file }) => file === load.programmer.name);
		expect(programmer.reduce((sum, { length }) => sum + length, 0)).toBe(52 + 32 + 120_000);
	});

	it.each<[string, Partial<EdlTraits>]>([
		['asks in 64 bits', { wide: true }],
		['says that more images follow after the last one', { pending: true }],
		['leaves the bus, and the programmer comes by itself', { comesAgain: true }],
	])('takes a loader that %s', async (_, edl) => {
		const { run } = await prepare({ edl });
		expect(await run()).toBe(exitCode.done);
	});

	it.each([
		[0x25, 'IMAGE_AUTH_FAILURE (0x25). The image is not accepted as genuine', 'maker signed'],
		[0x0f, 'INVALID_PHDR_SIZE (0xf)', 'emergency loader again'],
		[0x99, 'status (0x99). No source says', 'emergency loader again'],
	])('says what END_IMAGE_TX with status %i means', async (refuses, says, next) => {
		const { run, said } = await prepare({ edl: { refuses } });
		expect(await run()).toBe(exitCode.refusedBeforeWrite);
		const ended = said.of('flash-ended')[0]!;
		expect(ended.message).toContain(says);
		expect(ended.modem).toBe('Nothing was written.');
		expect(ended.next).toContain(next);
		expect(ended.next).not.toContain('TP1');
	});

	it('gives up a programmer that was cut: RESET, and nothing is written', async () => {
		const spoil = (set: string) => truncateSync(join(set, 'prog_firehose_rehearsal.elf'), 50_000);
		const { run, said, sent } = await prepare({ spoil });
		expect(await run()).toBe(exitCode.refusedBeforeWrite);
		expect(said.of('flash-ended')[0]!.message).toMatch(
			/asks for bytes \d+ to \d+ of .*, which has 50000/,
		);
		const last = said
			.of('bytes')
			.filter(({ dir }) => dir === 'out')
			.at(-1)!;
		expect(last.hex).toBe('0700000008000000');
		expect(sent('program')).toEqual([]);
	});

	it('hears from the loader that the programmer has one wrong bit', async () => {
		const { run, said } = await prepare({
			spoil: (set) => {
				const path = join(set, 'prog_firehose_rehearsal.elf');
				const bytes = readFileSync(path);
				bytes[60_000]! ^= 1;
				writeFileSync(path, bytes);
			},
		});
		expect(await run()).toBe(exitCode.refusedBeforeWrite);
		expect(said.of('flash-ended')[0]!.message).toContain('HASH_VERIFICATION_FAILURE');
	});

	it.each([
		['the programmer', 'prog_firehose_rehearsal.elf', exitCode.noDevice, 'Nothing was written.'],
		['an image', 'modem.img', exitCode.failedDuringWrite, 'may hold part of the new firmware'],
	])('says what a modem holds that vanishes in %s', async (_, file, exit, says) => {
		const { run, said, modem } = await prepare({ but: { bytesPerSecond: 400_000 } });
		let stopped: Promise<void> | undefined;
		const see = (fact: Fact) => {
			if (fact.type === 'payload' && fact.file === file) stopped ??= modem.stop();
		};
		expect(await run(see)).toBe(exit);
		expect(said.of('flash-ended')[0]!.modem).toContain(says);
		expect(said.of('flash-ended')[0]!.next).toContain('emergency loader');
		await stopped;
	});

	it('ends with the first partition that is refused', async () => {
		const { run, said, sent } = await prepare({ but: { refusesImages: 0x82 } });
		expect(await run()).toBe(exitCode.failedDuringWrite);
		expect(said.of('flash-ended')[0]!.message).toContain('the sectors cannot be written');
		expect(sent('program')).toHaveLength(1);
		expect(sent('power')).toEqual([]);
	});

	it('takes a refused erase for a write that failed, for part of it may be done', async () => {
		const { run, said } = await prepare({
			spoil: (set) => {
				const xml = join(set, 'rawprogram0.xml');
				const text = readFileSync(xml, 'utf8');
				writeFileSync(xml, text.replace('start_sector="12288"', 'start_sector="16384"'));
			},
		});
		expect(await run()).toBe(exitCode.failedDuringWrite);
		expect(said.of('flash-ended')[0]).toMatchObject({
			message: 'The loader refused <erase>: ERROR: there are 16384 sectors.',
			modem: expect.stringContaining('may hold part of the new firmware'),
		});
	});

	it('goes on with a programmer that somebody started before, and that says nothing', async () => {
		const { run, host, load, said } = await prepare();
		const { context } = listen(host.clock);
		const port = await openPort(join(host.dev, 'ttyUSB0'), host.clock);
		const link = recordTraffic(port, context.emit);
		expect(await sendProgrammer(link, load.programmer, context)).toBe('here');
		await link.read(5);
		await link.close();
		expect(await run()).toBe(exitCode.done);
		expect(said.of('payload').map(({ file }) => file)).not.toContain(load.programmer.name);
	});

	it('goes no further than the step under way when it is stopped, and can be asked again', async () => {
		const { run, said, modem } = await prepare();
		const see = (fact: Fact) => {
			if (fact.type !== 'flash-phase' || fact.detail !== 'the modem accepted sbl1.mbn') return;
			said.stop.abort();
		};
		expect(await run(see)).toBe(exitCode.failedDuringWrite);
		expect(said.of('flash-ended')[0]).toMatchObject({
			message: 'Stopped between two steps, as asked.',
			modem: expect.stringContaining('3 of 6 steps'),
		});
		expect(modem.store.sectors.has(2048)).toBe(false);
	});

	it('is explained frame by frame', async () => {
		const { run, said } = await prepare();
		await run();
		const traffic = new Traffic();
		const frames = said.facts.flatMap((fact) =>
			traffic.add({ t: 0, source: 'port', ...fact } as Event),
		);
		const names = frames.map(({ protocol, name }) => `${protocol} ${name}`);
		expect(names.slice(0, 4)).toEqual([
			expect.stringContaining('Sahara HELLO'),
			expect.stringContaining('Sahara HELLO_RSP'),
			expect.stringContaining('Sahara READ_DATA'),
			'data bytes 0..51 of prog_firehose_rehearsal.elf',
		]);
		const wanted = frames[2]!.fields.map(({ name, shown }) => `${name} ${shown}`);
		expect(wanted).toContain('image 13 (0xd) Firehose programmer');
		expect(names).toContainEqual(expect.stringContaining('Sahara END_IMAGE_TX'));
		expect(names).toContainEqual(expect.stringContaining('Sahara DONE_RSP'));
		expect(frames.filter(({ problem }) => problem)).toEqual([]);
	});
});

describe('the plan of a set of partitions', () => {
	it('refuses an image that does not fit, before anything is opened', async () => {
		const { plan, run, said } = await prepare({
			spoil: (set) => writeFileSync(join(set, 'gpt_main0.bin'), Buffer.alloc(34 * 512 + 1)),
		});
		expect(refusals(plan)).toEqual(['gpt_main0.bin needs 35 sectors, and gpt_main0 has 34']);
		await expect(run()).rejects.toMatchObject({ exit: exitCode.fileRejected });
		expect(said.facts).toEqual([]);
	});

	it('refuses a sparse image that the XML does not call one', async () => {
		const { plan } = await prepare({
			spoil: (set) => writeFileSync(join(set, 'modem.img'), Buffer.from('3aff26ed01000000', 'hex')),
		});
		expect(refusals(plan)).toEqual(['modem.img is a sparse image']);
	});

	it('refuses Sierra firmware among the images, whatever its name', async () => {
		const header = { product: '9X07', version: '1', date: '01/01/23' };
		const { plan } = await prepare({
			spoil: (set) =>
				writeFileSync(
					join(set, 'sbl1.mbn'),
					buildImage({ type: 'SPKG', ...header, payload: Buffer.alloc(99) }),
				),
		});
		expect(refusals(plan)).toEqual([expect.stringContaining('sbl1.mbn is Sierra firmware')]);
	});

	it('is refused for a loader of Sierra’s', async () => {
		const { plan, run } = await prepare({ scenario: 'loader' });
		expect(refusals(plan)).toEqual([expect.stringContaining('takes no partitions')]);
		await expect(run()).rejects.toMatchObject({ exit: exitCode.fileRejected });
	});

	it('is no way for Sierra firmware: without a programmer 05c6:9008 is not even opened', async () => {
		const { host, folder } = await meetInFolder('emergency');
		const file = await smallFirmware(folder);
		// Planned for its boot loader, which left meanwhile.
		const device = loaderDevice(models.RC7620, 58);
		const plan = await makePlan({ host, files: [{ file, checks: await file.verify() }], device });
		const said = listen(host.clock);
		expect(await runFlash(host, [file], plan, 5, said.context)).toBe(exitCode.refusedBeforeWrite);
		expect(said.of('port-opened')).toEqual([]);
		expect(said.of('flash-ended')[0]!.message).toContain('emergency loader');
	});

	it('is refused on a real chip when the programmer is the rehearsal’s', async () => {
		const { load, device } = await prepare();
		const plan = await planPartitions({ ...load, host: { ...liveHost(), sysfs: '/none' }, device });
		expect(refusals(plan)).toContainEqual(expect.stringContaining('made for the simulated modem'));
	});

	it('wants every image beside the XML', async () => {
		const set = newFolder();
		await rehearsalPartitions(set);
		const xml = join(set, 'rawprogram0.xml');
		writeFileSync(xml, readFileSync(xml, 'latin1').replaceAll('modem.img', 'other.img'));
		await expect(openPartitionSet([xml])).rejects.toMatchObject({
			exit: exitCode.fileRejected,
			message: expect.stringContaining('rawprogram0.xml names an image: There is no file'),
		});
	});
});
