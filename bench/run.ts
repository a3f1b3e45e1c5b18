/**
 * Whole-program measurements: `npm run bench`. Prints a table; nothing here passes or fails.
 * docs/benchmarks.md keeps figures and says on what they were taken.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rehearsalImage } from '../source/firmware/rehearsal-image.ts';
import { newState, Screen } from '../test/terminal/screen.ts';
import { decoding } from './decode.ts';
import { inspectingLarge } from './inspect.ts';

const program = resolve(import.meta.dirname, '../dist/cli.js');
const columns = 120;
const rows = 40;
const rounds = 7;

const median = (values: readonly number[]) =>
	[...values].sort((a, b) => a - b)[values.length >> 1]!;
const say = (what: string, figure: string) => console.log(`${what.padEnd(52)} ${figure}`);
const sleep = (seconds: number) => new Promise((wake) => setTimeout(wake, seconds * 1000));

/** Median wall milliseconds of a command. */
function timeOf(args: readonly string[]): number {
	const once = () => {
		const start = performance.now();
		spawnSync(process.execPath, args, { stdio: 'ignore' });
		return performance.now() - start;
	};
	once();
	return median(Array.from({ length: rounds }, once));
}

/** CPU seconds that a process has used, user and system. */
function cpuOf(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Bytes a second to the terminal, and the share of a core, over some seconds. */
async function load(screen: Screen, seconds: number): Promise<string> {
	const before = { bytes: screen.written, cpu: cpuOf(screen.pid) };
	await sleep(seconds);
	const rate = (screen.written - before.bytes) / seconds;
	const share = ((cpuOf(screen.pid) - before.cpu) / seconds) * 100;
	return `${rate.toFixed(0).padStart(7)} B/s  ${share.toFixed(1).padStart(5)} % of a core`;
}

async function firstFrame(): Promise<number> {
	const start = performance.now();
	const screen = new Screen(
		['--replay', 'recordings/rc7620-missed-hello-2023-06-01.ndjson'],
		newState(),
		columns,
		rows,
	);
	await screen.shows(/\[1 USB\]/);
	const taken = performance.now() - start;
	screen.close();
	return taken;
}

async function starting() {
	say('--version', `${timeOf([program, '--version']).toFixed(0)} ms`);
	say('node -e 0, for comparison', `${timeOf(['-e', '0']).toFixed(0)} ms`);
	const frames: number[] = [];
	for (let round = 0; round < rounds; round++) frames.push(await firstFrame());
	say('first frame, a replay', `${median(frames).toFixed(0)} ms`);
}

async function inspecting() {
	const image = join(mkdtempSync(join(tmpdir(), 'ms-bench-')), 'image.spk');
	await rehearsalImage(image);
	const pass = `require('zlib').crc32(require('fs').readFileSync(${JSON.stringify(image)}))`;
	say('inspect, 34.9 MB, 29 images', `${timeOf([program, 'inspect', image]).toFixed(0)} ms`);
	say('node and one zlib.crc32 pass, for comparison', `${timeOf(['-e', pass]).toFixed(0)} ms`);
}

async function watching() {
	const replay = new Screen(
		['--replay', 'recordings/rc7620-missed-hello-2023-06-01.ndjson'],
		newState(),
		columns,
		rows,
	);
	await replay.shows(/\[1 USB\]/);
	await sleep(1);
	say('idle, a paused replay', await load(replay, 10));
	replay.close();

	const loop = new Screen(['--demo', '--speed=1'], newState(), columns, rows);
	await loop.shows(/3-1 RC7620/);
	say('a boot loop at its own speed', await load(loop, 30));
	loop.close();
}

async function flashing() {
	const screen = new Screen(
		['--demo', 'loader', '--speed=1', '--view=firmware'],
		newState(),
		columns,
		rows,
	);
	await screen.shows(/boot loader holding/);
	await screen.shows(/RC76xx_rehearsal/);
	screen.type('\r');
	await screen.shows(/every check passed/);
	screen.type('F');
	await screen.shows(/the boot loader holds/);
	screen.type('s');
	await screen.shows(/Type RC7620/);
	screen.type('RC7620\r');
	await screen.shows(/FLASHING +[1-9]/);
	say('a flash with the hex pane, 0.64 MB/s', await load(screen, 20));
	screen.close();
}

const [cpu] = cpus();
console.log(
	`${cpu?.model}, ${cpus().length} cores, Node ${process.version}, ${columns}x${rows}, medians of ${rounds}\n`,
);
await starting();
await inspecting();
inspectingLarge(program, say);
decoding(say);
await watching();
await flashing();
process.exit();
