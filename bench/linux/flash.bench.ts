/** A whole flash, against Debian's qmi-firmware-update on the same simulated modem. */
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { rehearsalImage } from '../../source/firmware/rehearsal-image.ts';
import { rehearsalPair } from '../../source/firmware/rehearsal-pair.ts';
import { plugIn, until } from '../../test/linux/modem.ts';
import { modemscope, output, program, type Run, succeeds } from '../../test/linux/run.ts';
import { median } from '../measure.ts';
import { tell } from './tell.ts';

const runs = Number(process.env.RUNS ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'flash-'));
const spk = join(folder, 'whole.spk');
const pair = { firmware: join(folder, 'a.cwe'), settings: join(folder, 'a.nvu') };
const tty = '/dev/ttyUSB0';

const flash = (model: string, ...files: string[]) =>
	modemscope('flash', ...files, '--yes-flash', model, '--settle', '0');
const update = (...files: string[]) =>
	program('qmi-firmware-update', '-t', tty, '--update-download', ...files);

/** Wall seconds of a command against a loader that has just come. */
async function timeOf(scenario: string, start: () => Run): Promise<number> {
	const modem = await plugIn(scenario, '--speed', '60');
	await until(() => existsSync(tty), 'the loader has its tty');
	await output('udevadm', 'settle', '--timeout=20');
	const began = performance.now();
	await succeeds(start());
	const seconds = (performance.now() - began) / 1000;
	await modem.stop();
	return seconds;
}

test.for([
	['Firehose', 'loader', 'RC7620', [spk], () => rehearsalImage(spk)],
	['QDL', 'loader-qdl', 'MC7455', [pair.firmware], () => rehearsalPair(pair)],
] as const)('%s', async ([protocol, scenario, model, files, make]) => {
	await make();
	const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
	for (let run = 0; run < runs; run++) {
		times.ours.push(await timeOf(scenario, () => flash(model, ...files)));
		times.theirs.push(await timeOf(scenario, () => update(...files)));
	}
	const [ours, theirs] = [median(times.ours), median(times.theirs)];
	const what = `${protocol}, ${(statSync(files[0]).size / 1e6).toFixed(0)} MB`;
	const all = (list: number[]) => list.map((seconds) => seconds.toFixed(1)).join(' ');
	tell(`${what}: modemscope flash`, `${ours.toFixed(1)} s of ${all(times.ours)}`);
	tell(`${what}: qmi-firmware-update`, `${theirs.toFixed(1)} s of ${all(times.theirs)}`);
	tell(`${protocol}: ratio; at most 1.0 is wanted`, (ours / theirs).toFixed(2));
});
