/** What it costs to open a firmware file of 100 MB, five levels deep, and to check all of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImage, type ImageSpec } from '../source/firmware/rehearsal/build-image.ts';

const leafLength = 12_500_000;
const rounds = 9;

/** The least that anybody could do: a buffer that is read into again and again, and one CRC. */
const onePass = `
	const { openSync, readSync } = require('node:fs');
	const { crc32 } = require('node:zlib');
	const [file, buffer] = [openSync(process.argv[1]), Buffer.allocUnsafe(1 << 20)];
	for (let crc = 0, read; (read = readSync(file, buffer)) > 0; ) crc = crc32(buffer.subarray(0, read), crc);
`;

/** Eight leaves, two a level, under five levels of headers; noise is not needed to time a CRC. */
function tree(depth: number): ImageSpec {
	const leaf = (type: string): ImageSpec => ({
		type,
		product: '9X07',
		date: '03/21/22',
		version: 'SWI9X07H_00.08.24.02',
		payload: { length: leafLength, fill: (into: Buffer) => into.fill(type) },
	});
	const inner = depth === 4 ? [] : [tree(depth + 1)];
	return {
		type: depth === 1 ? 'SPKG' : 'APPL',
		product: '9X07',
		date: '03/21/22',
		version: '9999999_9909667_SWI9X07H_00.08.24.02_00_GENERIC_001.110_000',
		children: [leaf('SYST'), leaf('USER'), ...inner],
	};
}

const median = (values: readonly number[]) =>
	[...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Wall milliseconds of one run of Node. */
function once(args: readonly string[]): number {
	const start = performance.now();
	const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
	if (status) throw new Error(`node ${args.join(' ')} ended with ${status}`);
	return performance.now() - start;
}

/**
 * Peak memory in bytes, as the kernel counts it for the program when it ends. Not what `getrusage`
 * says: that begins with the memory of whoever started the program.
 */
export function peakOf(args: readonly string[]): number {
	return usedBy(args).peak;
}

/** The same, and the seconds of a processor that the program has used itself. */
export function usedBy(args: readonly string[]): { peak: number; seconds: number } {
	const says =
		'import { readFileSync } from "node:fs"; process.on("exit", () => process.stderr.write(readFileSync("/proc/self/status") + "User: " + process.cpuUsage().user))';
	const { stderr } = spawnSync(
		process.execPath,
		['--import', `data:text/javascript,${encodeURIComponent(says)}`, ...args],
		{ encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
	);
	return {
		peak: Number(/VmHWM:\s+(\d+) kB/.exec(stderr)?.[1]) * 1024,
		seconds: Number(/User: (\d+)$/.exec(stderr)?.[1]) / 1e6,
	};
}

/** Says what `inspect` costs beside Node's start and one pass over the file. */
export function inspectingLarge(
	program: string,
	say: (what: string, figure: string) => void,
): void {
	const folder = mkdtempSync(join(tmpdir(), 'modemscope-bench-'));
	try {
		const path = join(folder, 'image.spk');
		writeFileSync(path, buildImage(tree(1)));
		compare([program, 'inspect', path], path, say);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function compare(
	whole: readonly string[],
	path: string,
	say: (what: string, figure: string) => void,
): void {
	const least = ['-e', onePass, path];
	once(least);
	once(whole);
	// In turns, so that a machine that gets slower meanwhile gets slower for both.
	const times = Array.from({ length: rounds }, () => [once(whole), once(least)] as const);
	const inspect = median(times.map(([time]) => time));
	const pass = median(times.map(([, time]) => time));
	say('inspect, 100 MB, 5 levels', `${inspect.toFixed(0)} ms`);
	say('node and one zlib.crc32 pass, for comparison', `${pass.toFixed(0)} ms`);
	say('  ratio; at most 1.5 is wanted', (inspect / pass).toFixed(2));
	say('  peak memory; at most 120 MB is wanted', `${(peakOf(whole) / 1e6).toFixed(0)} MB`);
}
