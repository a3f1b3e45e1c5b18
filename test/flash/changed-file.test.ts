import { closeSync, openSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FirmwareFile } from '../../source/firmware/firmware-file.ts';
import { makePlan } from '../../source/flash/plan/make-plan.ts';
import { inOrder } from '../../source/flash/plan/plan-set.ts';
import { runFlash } from '../../source/flash/run/run.ts';
import { exitCode } from '../../source/problem.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { listDevices } from '../../source/usb/scan/sysfs.ts';
import { listen, meetInFolder, smallFirmware, smallPair } from './rehearse.ts';

/** As cp and rsync --inplace do it: the same file, other bytes. */
function overwrite({ path }: FirmwareFile, at: number) {
	const file = openSync(path, 'r+');
	writeSync(file, Buffer.from('other bytes'), 0, 11, at);
	closeSync(file);
}

async function planned(
	scenario: string,
	open: (folder: string) => Promise<readonly FirmwareFile[]>,
	but: Partial<Scenario> = {},
) {
	const { host, modem, folder } = await meetInFolder(scenario, but);
	const files = inOrder(await open(folder));
	const device = [...(await listDevices(host.sysfs)).values()][0]!;
	const checked = await Promise.all(
		files.map(async (file) => ({ file, checks: await file.verify({ seal: true }) })),
	);
	const plan = await makePlan({ host, files: checked, device });
	const said = listen(host.clock);
	const before = modem.release;
	const run = () => runFlash(host, files, plan, 5, said.context);
	return { files, plan, said, run, isUntouched: () => modem.release === before };
}

const loaders = [
	['firehose', 'loader', async (folder: string) => [await smallFirmware(folder)]],
	['QDL', 'loader-qdl', smallPair],
] as const;

describe.each(loaders)('a file that changes after its check, over %s', (_, scenario, open) => {
	it('is told apart by the digest of its plan', async () => {
		const one = await planned(scenario, open);
		expect(one.plan.digest).toMatch(/^[0-9a-f]{64}$/);
	});

	it('is sent up to the change, and never closed', async () => {
		const { files, said, run, isUntouched } = await planned(scenario, open, {
			bytesPerSecond: 400_000,
		});
		const [file] = files;
		const changed = file!.size - 5000;
		const ended = run();
		while (said.of('payload').length < 2) await new Promise((wake) => setTimeout(wake, 2));
		overwrite(file!, changed);
		// The disk is read ahead by a window: the file is longer than that.
		expect(file!.size).toBeGreaterThan(2_200_000);
		expect(await ended).toBe(exitCode.failedDuringWrite);
		const last = said.of('payload').at(-1)!;
		expect(last.offset + last.length).toBeLessThanOrEqual(changed);
		expect(isUntouched()).toBe(true);
		expect(said.of('flash-ended')[0]).toMatchObject({
			message: expect.stringContaining('was changed after it was checked'),
			modem: expect.stringContaining('may hold part of the new firmware'),
		});
	});
});

it('is not begun when its header changed before the first byte', async () => {
	const { files, said, run } = await planned('loader-qdl', smallPair);
	overwrite(files[0]!, 64);
	expect(await run()).toBe(exitCode.fileRejected);
	expect(said.of('payload')).toEqual([]);
	expect(said.of('flash-ended')[0]).toMatchObject({ modem: 'Nothing was written.' });
});
