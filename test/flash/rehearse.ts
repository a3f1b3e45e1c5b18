import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, createClock } from '../../source/clock.ts';
import type { Emit, Event, EventOf, Fact } from '../../source/events.ts';
import { type FirmwareFile, openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { rehearsalSettings } from '../../source/firmware/rehearsal/settings.ts';
import type { FlashContext } from '../../source/flash/model/context.ts';
import { waysOf } from '../../source/flash/model/ways.ts';
import { rehearsalHost } from '../../source/host.ts';
import { type Model, models } from '../../source/modems/simulated.ts';
import { createFolderBackend } from '../../source/simulator/backend/folder.ts';
import { findScenario, type Scenario } from '../../source/simulator/modem/scenarios.ts';
import { VirtualModem } from '../../source/simulator/modem/virtual-modem.ts';

/** Modem seconds in one of the wall: a wait of 3 s still leaves a busy machine 150 ms. */
export const speed = 20;
export const quick: Partial<Scenario> = {
	commitSeconds: 1,
	bytesPerSecond: 100e6,
	// At this speed half a second to spare is 25 ms of a machine that may be busy.
	helloNotBefore: 1,
};

/** Everything a flash says, and what to stop it with. */
export function listen(clock: Clock = createClock(speed)) {
	const facts: Fact[] = [];
	const stop = new AbortController();
	const emit: Emit = (_source, fact) => facts.push(fact);
	const context: FlashContext = { clock, emit, stop: stop.signal, ways: waysOf('RC7620') };
	return {
		facts,
		stop,
		context,
		of: <T extends Event['type']>(type: T) =>
			facts.filter((fact): fact is Extract<EventOf<T>, Fact> => fact.type === type),
		/** `connect done`, `sahara running`, … in order. */
		phases: () =>
			facts.flatMap((fact) => (fact.type === 'flash-phase' ? [`${fact.phase} ${fact.state}`] : [])),
	};
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'ms-test-'));

/** A small image of the rehearsal's kind, open. */
export async function smallFirmware(
	folder = newFolder(),
	model: Model = models.RC7620,
): Promise<FirmwareFile> {
	const path = join(folder, 'small.spk');
	await smallRehearsalImage(path, model);
	const file = await openFirmware(path);
	onTestFinished(() => file.close());
	return file;
}

/** Firmware and settings for an MC7455, open, in the order in which they are sent. */
export async function smallPair(folder = newFolder()): Promise<FirmwareFile[]> {
	const paths = { firmware: join(folder, 'small.cwe'), settings: join(folder, 'small.nvu') };
	await rehearsalPair(paths, atMost(900_000));
	const files = await Promise.all(Object.values(paths).map(openFirmware));
	onTestFinished(async () => {
		for (const file of files) await file.close();
	});
	return files;
}

/** Firmware and settings for an RC7620, whose loader speaks Firehose. */
export async function smallFirehosePair(folder = newFolder()): Promise<FirmwareFile[]> {
	const path = join(folder, 'small.nvu');
	const version = '9999999_9909667_SWI9X07H_00.08.24.02_00_TELCO_001.222_000';
	const payload = rehearsalSettings(4000, (length) => Buffer.alloc(length));
	const nvup = { type: 'NVUP', product: '9X07', version, magic: 0x50617273, payload };
	writeFileSync(path, buildImage({ type: 'SPKG', product: '9X07', version, children: [nvup] }));
	const settings = await openFirmware(path);
	onTestFinished(() => settings.close());
	return [await smallFirmware(folder), settings];
}

/** A simulated modem in a folder, as another process would see it. */
export async function meetInFolder(name: string, but: Partial<Scenario> = {}, rate = speed) {
	const folder = newFolder();
	const host = rehearsalHost(folder, rate);
	const backend = createFolderBackend(folder);
	const scenario = { ...findScenario(name), ...quick, ...but };
	const modem = new VirtualModem({ scenario, clock: host.clock, backend });
	await modem.start();
	onTestFinished(async () => {
		await modem.stop();
		rmSync(folder, { recursive: true });
	});
	/** The same modem, plugged in again. */
	const plugInAgain = async () => {
		const again = new VirtualModem({ scenario, clock: host.clock, backend });
		onTestFinished(() => again.stop());
		await again.start();
		return again;
	};
	return { host, modem, folder, plugInAgain };
}
