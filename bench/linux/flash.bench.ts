/**
 * A whole flash, against Debian's qmi-firmware-update on the same simulated modem, each in turn: at the
 * guest's pace, and by modems that take so much a second and no more. RUNS, SLOW_RUNS and PACES (MB/s)
 * say how often, and which modems.
 */
import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { rehearsalBytes, rehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import { meet, until } from '../../test/linux/modem.ts';
import { modemscope, output, program, type Run, succeeds } from '../../test/linux/run.ts';
import { median } from '../measure.ts';
import { tell } from './tell.ts';

const { RUNS = '5', SLOW_RUNS = '2', PACES = '3.6 0.65' } = process.env;
/**
 * Modem seconds in one of the wall. A QDL loader gives an image up after 5 of its seconds without a byte,
 * which with 20 a guest on a busy host was seen to need.
 */
const speed = 5;
/** Seconds of the wall from an image's last byte to the verdict, for both programs. */
const commitWait = 2;
const folder = mkdtempSync(join(tmpdir(), 'flash-'));
const tty = '/dev/ttyUSB0';

/** 35 MB with either protocol; for a slow modem some 7. */
const whole = { spk: join(folder, 'whole.spk'), cwe: join(folder, 'whole.cwe') };
const part = { spk: join(folder, 'part.spk'), cwe: join(folder, 'part.cwe') };
type Files = typeof whole;
const settings = join(folder, 'a.nvu');

const protocols = [
	['Firehose', 'loader', 'RC7620', ({ spk }: Files) => spk],
	['QDL', 'loader-qdl', 'MC7455', ({ cwe }: Files) => cwe],
] as const;

const flash = (model: string, file: string, ...over: string[]) =>
	modemscope('flash', file, '--yes-flash', model, '--settle', '0', ...over);
const contenders: Readonly<Record<string, (model: string, file: string) => Run>> = {
	'modemscope flash': flash,
	'modemscope flash --over tty': (model, file) => flash(model, file, '--over', 'tty'),
	'qmi-firmware-update': (_, file) =>
		program('qmi-firmware-update', '-t', tty, '--update-download', file),
};

/** Seconds of the wall; `restart` is what our command does after it asked for the reset, and the other does not. */
type Times = { all: number; restart: number; write: number | undefined; image: number };

/** Times a command against a loader that has just come, and takes `pace` bytes a second. */
async function timeOf(scenario: string, pace: number, start: () => Run): Promise<Times> {
	const logged = new Map<string, number>();
	const like = { bytesPerSecond: pace / speed, commitSeconds: commitWait * speed };
	const modem = await meet(scenario, like, speed, (what) =>
		logged.set(/^the image (?:begins|is here)/.exec(what)?.[0] ?? '', performance.now()),
	);
	await until(() => existsSync(tty), 'the loader has its tty');
	await output('udevadm', 'settle', '--timeout=20');
	const began = Date.now() / 1000;
	const run = start();
	await succeeds(run);
	const ended = Date.now() / 1000;
	await modem.stop();
	const said = (what: RegExp) => run.arrived[run.said.findIndex((line) => what.test(line))];
	const [writes, commits] = [said(/ write: running/), said(/ commit: running/)];
	return {
		all: ended - began,
		restart: ended - (said(/ reboot: running/) ?? ended),
		write: writes && commits && commits - writes,
		image: (logged.get('the image is here')! - logged.get('the image begins')!) / 1000,
	};
}

const seconds = (all: readonly number[]) => `${median(all).toFixed(1)} s`;

async function compare(runs: number, files: Files, pace: number): Promise<void> {
	for (const [protocol, scenario, model, fileOf] of protocols) {
		const file = fileOf(files);
		const { size } = statSync(file);
		const times = Object.entries(contenders).map(([name, start]) => ({
			name,
			start,
			took: [] as Times[],
		}));
		for (let run = 0; run < runs; run++) {
			for (const { start, took } of times) {
				took.push(await timeOf(scenario, pace, () => start(model, file)));
			}
		}
		const theirs = median(times.at(-1)!.took.map(({ all }) => all));
		const theirImage = median(times.at(-1)!.took.map(({ image }) => image));
		const own = size / pace;
		const at = Number.isFinite(pace) ? `at ${pace / 1e6} MB/s, ${own.toFixed(1)} s` : 'at its pace';
		for (const { name, took } of times) {
			const of = (what: (one: Times) => number) => took.map(what);
			const like = of(({ all, restart }) => all - restart);
			const writes = took.flatMap(({ write }) => write ?? []);
			const ratio = (median(like) / theirs).toFixed(2);
			const image = (median(of((one) => one.image)) / theirImage).toFixed(2);
			const slower = Number.isFinite(pace)
				? `, ${(median(writes) / own).toFixed(3)} of its own time`
				: '';
			tell(
				`${protocol}, ${(size / 1e6).toFixed(0)} MB ${at}: ${name}`,
				[
					`whole ${seconds(of(({ all }) => all))}`,
					`to the reset ${seconds(like)}, ratio ${ratio} (${like.map((one) => one.toFixed(1)).join(' ')})`,
					`restart and read-back ${seconds(of(({ restart }) => restart))}`,
					`image at the modem ${seconds(of((one) => one.image))}, ratio ${image}`,
					writes.length > 0 ? `write ${seconds(writes)}${slower}` : '',
				].join('; '),
			);
		}
	}
}

test('a flash at the pace of the guest', async () => {
	await rehearsalImage(whole.spk);
	const like = (usual: number) => Math.round(usual * 1.78);
	await rehearsalPair({ firmware: whole.cwe, settings }, like);
	await compare(Number(RUNS), whole, Number.POSITIVE_INFINITY);
});

test('a flash at the pace of a modem', async () => {
	writeFileSync(part.spk, rehearsalBytes(2_500_000));
	await rehearsalPair({ firmware: part.cwe, settings }, atMost(2_500_000));
	for (const pace of PACES.split(' ').filter(Boolean))
		await compare(Number(SLOW_RUNS), part, Number(pace) * 1e6);
});
