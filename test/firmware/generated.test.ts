/** Files that are made at random, read again, cut and damaged. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkImages } from '../../source/firmware/checks.ts';
import { cweCrc } from '../../source/firmware/cwe/crc.ts';
import { allImages, readImages } from '../../source/firmware/cwe/image-tree.ts';
import { encodeNvUpdate } from '../../source/firmware/cwe/nv-update.ts';
import { outsideOf } from '../../source/firmware/cwe/outside.ts';
import { mustBeFirmware } from '../../source/firmware/not-firmware.ts';
import {
	buildImage,
	type ImageSpec,
	imageLength,
} from '../../source/firmware/rehearsal/build-image.ts';
import { Problem } from '../../source/problem.ts';
import { grouped } from '../../source/protocol/text/numbers.ts';

const types = ['QPAR', 'SBL1', 'DSP2', 'APPS', 'SYST', 'USER', 'FILE', 'HASH', 'TZON', 'XYZ9'];
const composites = ['BOOT', 'MODM', 'APPL', 'FILE', 'SPKG'];
const text = (most: number) =>
	fc.string({
		unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
		maxLength: most,
	});
const header = {
	product: fc.constantFrom('9X07', '9x30', '9X15', 'A911'),
	version: text(84),
	date: fc.constantFrom('03/21/22', '', '01/01/23'),
	revision: fc.constantFrom(1, 2, 3),
	crcIndicator: fc.constantFrom(0x474f4f44, 0xffffffff),
	compat: fc.nat(),
};
const { node } = fc.letrec<{ node: ImageSpec; leaf: ImageSpec; composite: ImageSpec }>((tie) => ({
	node: fc.oneof({ maxDepth: 5, depthSize: 'small' }, tie('leaf'), tie('composite')),
	leaf: fc.record({
		...header,
		type: fc.constantFrom(...types),
		payload: fc.uint8Array({ maxLength: 900 }),
	}),
	composite: fc.record({
		...header,
		type: fc.constantFrom(...composites),
		children: fc.array(tie('node'), { maxLength: 4 }),
	}),
}));
const file: fc.Arbitrary<ImageSpec> = fc.record({
	...header,
	type: fc.constant('SPKG'),
	children: fc.array(node, { minLength: 1, maxLength: 5 }),
});

type Expected = { start: number; end: number; depth: number; type: string; crc: number };

/** What the generator knows of its images, in the order of the file. */
function expectedOf(spec: ImageSpec, bytes: Buffer, start = 0, depth = 0): Expected[] {
	const end = start + imageLength(spec);
	const crc = cweCrc(bytes.subarray(start + 400, end));
	let at = start + 400;
	const inner = (spec.children ?? []).flatMap((child) => {
		const from = at;
		at += imageLength(child);
		return expectedOf(child, bytes, from, depth + 1);
	});
	return [{ start, end, depth, type: spec.type, crc }, ...inner];
}

async function examine(bytes: Buffer) {
	const read = async (at: number, length: number) => bytes.subarray(at, at + length);
	const row = await readImages(read, 0, bytes.length);
	const into = async (buffer: Buffer, at: number) => bytes.copy(buffer, 0, at);
	const checks = await checkImages({ ...row, size: bytes.length, read: into });
	return { ...row, checks, outside: outsideOf(row.images, checks, bytes.length) };
}

test('the tree, the offsets and the CRCs of any file are those of its generator', async () => {
	await fc.assert(
		fc.asyncProperty(file, async (spec) => {
			const bytes = buildImage(spec);
			const { images, rest, checks } = await examine(bytes);
			expect(rest).toBeUndefined();
			expect(
				allImages(images).map(({ start, end, depth, header: { type, crc } }) => ({
					start,
					end,
					depth,
					type,
					crc,
				})),
			).toEqual(expectedOf(spec, bytes));
			expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
			const crcs = checks.filter(({ name }) => name === 'image CRC' || name === 'PSB CRC');
			expect(crcs.every(({ state }) => state === 'checked')).toBe(true);
			expect(crcs).toHaveLength(2 * allImages(images).length);
		}),
		{ numRuns: 300 },
	);
});

const common = { product: '9X07', version: 'SWI9X07H_00.08.24.02', date: '01/01/23' };
const leaf = (type: string, payload: Buffer, more: Partial<ImageSpec> = {}): ImageSpec =>
	({ ...common, type, payload, ...more }) as ImageSpec;
const settings = encodeNvUpdate([
	{ name: 'CARRIERID', value: Buffer.from([1, 0]) },
	{ name: '/nvup/a', storage: 0, value: buildImage(leaf('NVUP', Buffer.alloc(9, 3))) },
]);
const samples = {
	'a package': buildImage({
		...common,
		type: 'SPKG',
		psb: [{ version: 1, type: 2, offset: 400, size: 2000, source: 'FULL' }],
		children: [
			{ ...common, type: 'BOOT', children: [leaf('SBL1', Buffer.alloc(33, 5))] },
			{ ...common, type: 'FILE', children: [leaf('NVUP', settings)] },
			leaf('SYST', Buffer.from('hsqs'.padEnd(50, 'x')), { options: 1 }),
			leaf('HASH', Buffer.alloc(0)),
		],
	}),
	'one image': buildImage(leaf('SYST', Buffer.alloc(99, 7))),
	'an image whose CRC is that of what it unpacks to': buildImage(
		leaf('SYST', Buffer.alloc(99, 7), { options: 1, crc: 1 }),
	),
	'an image with an unset CRC indicator': buildImage(
		leaf('SYST', Buffer.alloc(99, 7), { crcIndicator: 0xffffffff, revision: 1 }),
	),
};

/** `failed`, why it was rejected, or what is outside every check. */
async function look(bytes: Buffer) {
	try {
		await mustBeFirmware('f.spk', bytes.length, async (at, length) =>
			bytes.subarray(at, at + length),
		);
	} catch (error) {
		if (!(error instanceof Problem) || error.exit !== 5) throw error;
		return error.message;
	}
	const { checks, outside } = await examine(bytes);
	return checks.some(({ state }) => state === 'failed') ? 'failed' : outside;
}

describe.each(Object.entries(samples))('%s', (_, whole) => {
	test('any byte that changes fails a check, or is named as outside every check', async () => {
		const before = await look(whole);
		if (typeof before === 'string') throw new Error(before);
		const outside = (at: number, stretches: typeof before) =>
			stretches.some(({ start, end }) => start <= at && at < end);
		let silent = 0;
		for (let at = 0; at < whole.length; at += 1) {
			const bytes = Buffer.from(whole);
			bytes[at]! ^= 1 << (at % 8);
			const found = await look(bytes);
			if (typeof found === 'string') continue;
			silent += 1;
			expect(outside(at, found), `byte 0x${at.toString(16)}`).toBe(true);
			expect(outside(at, before), `byte 0x${at.toString(16)}`).toBe(true);
		}
		expect(silent).toBeGreaterThan(0);
	}, 60_000);

	test('cut at any border of a header, a byte less and a byte more, it says by how much', async () => {
		const { images } = await examine(whole);
		const borders = allImages(images).flatMap(({ start, end }) => [
			start,
			start + 256,
			start + 400,
			end,
		]);
		const lengths = borders.flatMap((border) => [border - 1, border, border + 1]);
		for (const length of lengths.filter((length) => length >= 0 && length < whole.length)) {
			const found = await look(whole.subarray(0, length));
			expect(found).toMatch(
				length === 0
					? /is empty/
					: length < 400
						? new RegExp(`has ${length} bytes, and the header alone has 400`)
						: new RegExp(`${grouped(length)}: it was cut by ${grouped(whole.length - length)}`),
			);
		}
	});
});
