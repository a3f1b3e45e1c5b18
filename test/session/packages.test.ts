import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { rehearsalPackage } from '../../source/firmware/rehearsal/package.ts';
import { runJob } from '../../source/flash/job/process.ts';
import { requestOf } from '../../source/flash/job/request.ts';
import { exitCode } from '../../source/problem.ts';
import { newRecordingPath } from '../../source/recording/file/places.ts';
import { LiveSession } from '../../source/session/kinds/live.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { meetInFolder, newFolder } from '../flash/rehearse.ts';

beforeEach(() => {
	process.env.XDG_STATE_HOME = newFolder();
});

async function openOn(scenario: string, but: Partial<Scenario> = {}) {
	const { host, folder } = await meetInFolder(scenario, but);
	const path = join(folder, 'EC25');
	await rehearsalPackage(path);
	const session = await LiveSession.open(host, 'a test');
	onTestFinished(() => session.end());
	return { session, path, host };
}

it('lists a package, opens it and plans it for a chip in EDL', async () => {
	const { session, path } = await openOn('emergency-nand');
	expect((await session.firmware.list())[0]).toMatchObject({ path, name: 'EC25/' });
	await session.firmware.open(path);
	expect(session.firmware.openedPackage?.checks).toHaveLength(8);
	await session.modem.flasher.makePlan();
	const { plan } = session.modem.flasher;
	expect(plan).toMatchObject({ file: path, others: [], loaderProtocol: 'sahara' });
	expect(plan?.checks.filter(({ state }) => state === 'refuse')).toEqual([]);
});

it('sets a refusal of its plan aside, and plans nothing of it for a boot loader of Sierra', async () => {
	const { session, path } = await openOn('loader');
	const xml = join(path, 'update/firehose/rawprogram_nand_p4K_b256K_update.xml');
	const place = 'SECTOR_SIZE_IN_BYTES="4096" physical_partition_number="0" start_sector="1280"';
	writeFileSync(xml, `<data><erase ${place} num_partition_sectors="5632"/></data>`);
	await session.firmware.open(path);
	const { flasher } = session.modem;
	const states = () =>
		Object.fromEntries(flasher.plan?.checks.map(({ name, state }) => [name, state]) ?? []);
	await flasher.makePlan();
	expect(states()).toMatchObject({ calibration: 'refuse', loader: 'refuse' });
	await flasher.setAside('calibration');
	expect(states()).toMatchObject({ calibration: 'warn', loader: 'refuse' });
});

it('opens a file in place of a package, and the other way round', async () => {
	const { session, path } = await openOn('loader');
	await session.firmware.open(path);
	await expect(session.firmware.open(join(path, 'md5.txt'))).rejects.toThrow('text file');
	expect(session.firmware.openedPackage?.path).toBe(path);

	await smallRehearsalImage(`${path}.spk`);
	await session.firmware.open(`${path}.spk`);
	expect(session.firmware.openedPackage).toBeUndefined();
	await session.firmware.open(path);
	expect(session.firmware.opened).toBeUndefined();
});

it('plans again what was left of a flash of a package', async () => {
	const { session, path, host } = await openOn('emergency-nand', { bytesPerSecond: 300_000 });
	const { flasher } = session.modem;
	await session.firmware.open(path);
	await flasher.makePlan();
	const stop = new AbortController();
	session.subscribe(() => {
		if (session.flash.sent > 0) stop.abort();
	});
	const { programmer, set } = session.firmware.openedPackage!;
	const plan = { ...flasher.plan!, model: 'EC25' };
	const request = requestOf(host, plan, newRecordingPath('flash'), 5);
	const load = { programmer, set };
	const exit = await runJob({ host, origin: 'a test', load, plan, request, stop: stop.signal });
	expect(exit).toBe(exitCode.failedDuringWrite);
	await expect.poll(() => flasher.unfinished, { timeout: 30_000 }).toBeDefined();
	await flasher.planRest();
	expect(session.firmware.openedPackage?.path).toBe(path);
	expect(flasher.plan).toMatchObject({ file: path, mode: 'flash' });
	expect(flasher.plan?.checks).toContainEqual(
		expect.objectContaining({ name: 'file', says: expect.stringContaining('has its MD5') }),
	);
});
