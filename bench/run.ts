/**
 * Whole-program measurements: `npm run bench`. Prints a table; nothing here passes or fails.
 * docs/benchmarks.md keeps figures and says on what they were taken.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rehearsalImage } from '../source/firmware/rehearsal/image.ts';
import { beside } from './beside.ts';
import { decoding } from './decode.ts';
import { hostile } from './hostile.ts';
import { inspectingLarge } from './inspect.ts';
import { readingLarge } from './large.ts';
import { manyModems } from './many-modems.ts';
import { closeAll, columns, median, rows, say } from './measure.ts';
import {
	anHour,
	firstFrames,
	flashing,
	longRecordings,
	neighbours,
	typing,
	watching,
} from './screens.ts';

const program = resolve(import.meta.dirname, '../dist/cli.js');
const rounds = 7;

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

async function starting() {
	say('--version', `${timeOf([program, '--version']).toFixed(0)} ms`);
	say('node -e 0, for comparison', `${timeOf(['-e', '0']).toFixed(0)} ms`);
	await firstFrames(rounds);
}

async function inspecting() {
	const image = join(mkdtempSync(join(tmpdir(), 'ms-bench-')), 'image.spk');
	await rehearsalImage(image);
	const pass = `require('zlib').crc32(require('fs').readFileSync(${JSON.stringify(image)}))`;
	say('inspect, 34.9 MB, 29 images', `${timeOf([program, 'inspect', image]).toFixed(0)} ms`);
	say('node and one zlib.crc32 pass, for comparison', `${timeOf(['-e', pass]).toFixed(0)} ms`);
}

const [cpu] = cpus();
console.log(
	`${cpu?.model}, ${cpus().length} cores, Node ${process.version}, ${columns}x${rows}, medians of ${rounds}\n`,
);
try {
	await starting();
	await inspecting();
	inspectingLarge(program, say);
	decoding(say);
	readingLarge(program, say);
	hostile(program, say);
	const many = () => manyModems(program);
	for (const measure of [
		watching,
		many,
		longRecordings,
		flashing,
		typing,
		beside,
		anHour,
		neighbours,
	]) {
		await measure();
		closeAll();
	}
} finally {
	closeAll();
}
process.exit();
