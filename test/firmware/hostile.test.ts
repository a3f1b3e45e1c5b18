import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectText } from '../../source/commands/inspect/text.ts';
import { encodeNvUpdate } from '../../source/firmware/cwe/nv-update.ts';
import { openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage, type ImageSpec } from '../../source/firmware/rehearsal/build-image.ts';
import { examine, report } from '../../source/firmware/report.ts';
import { Problem } from '../../source/problem.ts';
import { scratch } from './rehearsal-file.ts';

const common = { product: '9X07', version: 'SWI9X07H_00.08.24.02', date: '01/01/23' };
const original = buildImage({
	...common,
	type: 'SPKG',
	children: [
		{ ...common, type: 'BOOT', children: [{ ...common, type: 'SBL1', payload: Buffer.alloc(99) }] },
		{ ...common, type: 'FILE', payload: Buffer.alloc(401, 'x') },
	],
});
const headers = [0, 400, 800, 1299];

/** Numbers that are the same in every run (mulberry32). */
function seeded(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) % below;
	};
}

const hostileSizes = [0, 1, 398, 399, 400, 401, 0x7fffffff, 0x80000000, 0xfffffe6f, 0xffffffff];
const hostileText = ['\x1b[2J\x1b]0;x\x07', '\x9b31m', '\0\0\0A', '%s%n', '\r\n\t\b', '\xff\xffA'];

/** One change in a header. */
function mutate(bytes: Buffer, random: (below: number) => number): void {
	const header = headers[random(headers.length)]!;
	const kind = random(4);
	if (kind === 0) {
		bytes[header + random(400)]! ^= 1 + random(255);
	} else if (kind === 1) {
		bytes.writeUInt32BE(hostileSizes[random(hostileSizes.length)]!, header + 0x114);
	} else if (kind === 2) {
		const at = [0x10c, 0x110, 0x11c, 0x170][random(4)]!;
		bytes.write(hostileText[random(hostileText.length)]!, header + at, 'latin1');
	} else {
		const from = random(bytes.length - 64);
		bytes.copy(bytes, header + random(390), from, from + 10);
	}
}

/** Whether a byte changed that a CRC covers; none covers the names and options of the top header. */
const isBroken = (bytes: Buffer): boolean =>
	bytes.some((byte, at) => {
		const covered = at < 0x104 || (at >= 0x114 && at < 0x11c) || at >= 400;
		return covered && byte !== original[at];
	});

/** `MODEMSCOPE_MUTATIONS=100000` is a long night; the usual run is a short one. */
const rounds = Number(process.env.MODEMSCOPE_MUTATIONS ?? 2000);

test(
	`${rounds} broken headers: no crash, no hang, no wild output, and none passes`,
	async () => {
		const path = join(await scratch(), 'hostile.spk');
		// Written in place: replacing the file every time would cost more than reading it.
		const file = await open(path, 'w');
		const random = seeded(7620);
		const outcome = { rejected: 0, failed: 0, passed: 0 };
		for (let round = 0; round < rounds; round += 1) {
			const bytes = Buffer.from(original);
			for (let n = random(3); n >= 0; n -= 1) mutate(bytes, random);
			const length = random(8) === 0 ? random(bytes.length) : bytes.length;
			await file.write(bytes, 0, length, 0);
			await file.truncate(length);
			const result = await look(path);
			outcome[result] += 1;
			if (isBroken(bytes) || length < bytes.length)
				expect(result, `round ${round}`).not.toBe('passed');
		}
		await file.close();
		expect(outcome.rejected).toBeGreaterThan(rounds / 10);
		expect(outcome.failed).toBeGreaterThan(rounds / 10);
	},
	30_000 + rounds * 15,
);

test('text that wants to drive a terminal, in every place that a file has for text', async () => {
	const wild = '\x1b]0;owned\x07\x1b[2J\x9b31m\r\n\xe9';
	const endless = 'A'.repeat(84);
	const leaf = (type: string, payload: Uint8Array, version: string): ImageSpec => ({
		...common,
		type,
		version,
		payload,
	});
	const bytes = buildImage({
		...common,
		type: 'SPKG',
		version: endless,
		psb: [{ version: 1, source: wild }],
		children: [
			leaf('FILE', Buffer.from(wild.repeat(9), 'latin1'), `/${wild}`),
			leaf('S\x1bC', Buffer.from('#!/bin/sh\x1b[2J'), endless),
			leaf(
				'NVUP',
				encodeNvUpdate([
					{ name: wild, value: Buffer.from(wild, 'latin1') },
					{ name: endless.repeat(9), value: Buffer.from(endless) },
					{ name: 'inner', value: buildImage(leaf('FILE', Buffer.alloc(9, 1), wild)) },
				]),
				`1_2_SWI9X07H${wild}_00.08.24.02_00_${wild}_001.110_000`,
			),
		],
	});
	// The file's own name ends up in sentences as well.
	const path = join(await scratch(), `1_2_SWI9X07H_00.03.03.00_\x1b[2J\u202e.spk`);
	await writeFile(path, bytes);
	expect(await look(path)).toBe('failed');
});

async function look(path: string): Promise<'rejected' | 'failed' | 'passed'> {
	try {
		const file = await openFirmware(path);
		const checks = await file.verify();
		const examined = await examine(file, checks, { model: 'RC7620' });
		await file.close();
		expectTame([...inspectText(examined, 80), JSON.stringify(report(examined))]);
		return checks.some(({ state }) => state === 'failed') ? 'failed' : 'passed';
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		expect(error.exit).toBe(5);
		expectTame([error.sentence]);
		return 'rejected';
	}
}

const expectTame = (lines: readonly string[]) =>
	expect(lines.filter((line) => !/^[ -~’…]*$/.test(line))).toEqual([]);
