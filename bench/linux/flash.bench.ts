/** A whole flash, against Debian's qmi-firmware-update on the same simulated modem. */
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { rehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { plugIn, until } from '../../test/linux/modem.ts';
import { modemscope, output, program, type Run, succeeds } from '../../test/linux/run.ts';
import { median } from '../measure.ts';
import { tell } from './tell.ts';

const runs = Number(process.env.RUNS ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'flash-'));
const spk = join(folder, 'whole.spk');
const pair = { firmware: join(folder, 'a.cwe'), settings: join(folder, 'a.nvu') };
/** As long as the other one. */
const like = (usual: number) => Math.round(usual * 1.78);
const tty = '/dev/ttyUSB0';

const flash = (model: string, ...files: string[]) =>
	modemscope('flash', ...files, '--yes-flash', model, '--settle', '0');
const update = (...files: string[]) =>
	program('qmi-firmware-update', '-t', tty, '--update-download', ...files);

/** Wall seconds of a command against a loader that has just come. */
async function timeOf(scenario: string, start: () => Run): Promise<number> {
	const modem = await plugIn(scenario, '--speed', '20');
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
	['QDL', 'loader-qdl', 'MC7455', [pair.firmware], () => rehearsalPair(pair, like)],
] as const)('%s', async ([protocol, scenario, model, files, make]) => {
	await make();
	const contenders = {
		'modemscope flash': () => flash(model, ...files),
		'modemscope flash --over usb': () => flash(model, ...files, '--over', 'usb'),
		'qmi-firmware-update': () => update(...files),
	};
	const times = Object.entries(contenders).map(([name, start]) => ({
		name,
		start,
		all: [] as number[],
	}));
	for (let run = 0; run < runs; run++) {
		for (const { start, all } of times) all.push(await timeOf(scenario, start));
	}
	const theirs = median(times.at(-1)!.all);
	const size = (statSync(files[0]).size / 1e6).toFixed(0);
	for (const { name, all } of times) {
		const each = all.map((seconds) => seconds.toFixed(1)).join(' ');
		const ratio = (median(all) / theirs).toFixed(2);
		tell(
			`${protocol}, ${size} MB: ${name}`,
			`${median(all).toFixed(1)} s of ${each}; ratio ${ratio}`,
		);
	}
});
