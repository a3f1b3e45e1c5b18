import { describe, expect, test } from 'vitest';
import { type Check, checkImages, verdict } from '../../source/firmware/checks.ts';
import type { Header } from '../../source/firmware/cwe/header.ts';
import { readImages } from '../../source/firmware/cwe/image-tree.ts';
import { buildImage, type ImageSpec } from '../../source/firmware/rehearsal/build-image.ts';

async function check(file: Buffer, signal?: AbortSignal, progress?: (done: number) => void) {
	const row = await readImages(
		async (at, length) => file.subarray(at, at + length),
		0,
		file.length,
	);
	const read = async (into: Buffer, at: number) => file.copy(into, 0, at);
	return checkImages({ ...row, size: file.length, read }, progress, signal);
}

const named = (checks: readonly Check[], state: Check['state']) =>
	checks.filter((c) => c.state === state).map(({ image, name }) => `${image} ${name}`);
const failed = (checks: readonly Check[]) => named(checks, 'failed');

const leaf = (type: string, length: number, more: Partial<Header> = {}): ImageSpec => ({
	type,
	product: '9X07',
	version: 'v',
	date: '01/01/23',
	...more,
	payload: Buffer.alloc(length, type),
});
const pack = (...children: ImageSpec[]) =>
	buildImage({ type: 'SPKG', product: '9X07', version: 'v', date: '01/01/23', children });

/** Top header 0, QPAR 400..900, BOOT 900 with SBL1 1300..1800. */
const file = () =>
	pack(leaf('QPAR', 100), { type: 'BOOT', product: '9X07', children: [leaf('SBL1', 100)] });

test('a whole file passes every check, each with a sentence', async () => {
	const checks = await check(file());
	expect(named(checks, 'checked')).toHaveLength(checks.length);
	expect(named(checks, 'checked')).toEqual(
		expect.arrayContaining(['0 file length', '0 tiling', '1300 image CRC', '900 PSB CRC']),
	);
	for (const { says } of checks) expect(says).toMatch(/^\S.{14,}\.$/);
	expect(verdict(checks)).toBe(
		'The file is whole: every CRC that can be checked is right in all 4 images.',
	);
});

describe('one flipped byte is found, and named where it is', () => {
	test.each([
		[0, ['0 PSB CRC']],
		[255, ['0 PSB CRC']],
		[0x100, ['0 PSB CRC']],
		[0x108, ['0 CRC indicator']],
		[0x118, ['0 image CRC']],
		[400, ['0 image CRC', '400 PSB CRC']],
		[400 + 0x118, ['0 image CRC', '400 image CRC']],
		[400 + 0x11c, ['0 image CRC']],
		[800, ['0 image CRC', '400 image CRC']],
		[899, ['0 image CRC', '400 image CRC']],
		[900, ['0 image CRC', '900 PSB CRC']],
		[1300, ['0 image CRC', '900 image CRC', '1300 PSB CRC']],
		[1799, ['0 image CRC', '900 image CRC', '1300 image CRC']],
	])('byte %i', async (at, expected) => {
		const bytes = file();
		bytes[at]! ^= 1;
		const checks = await check(bytes);
		expect(failed(checks)).toEqual(expected);
		expect(verdict(checks)).toMatch(/^Do not flash this file: /);
	});
});

describe('lengths', () => {
	test('a byte too many', async () => {
		expect(failed(await check(Buffer.concat([file(), Buffer.alloc(1)])))).toEqual([
			'0 file length',
		]);
	});

	test('two files joined are two images, and not one download', async () => {
		const checks = await check(Buffer.concat([file(), file()]));
		expect(failed(checks)).toEqual(['0 file length']);
		expect(checks.find(({ state }) => state === 'failed')?.says).toMatch(/^2 images follow/);
		expect(named(checks, 'checked')).toContain('1800 image CRC');
	});

	test('an inner image that claims more than there is leaves a gap', async () => {
		const bytes = file();
		bytes.writeUInt32BE(101, 1300 + 0x114);
		expect(failed(await check(bytes))).toEqual(['0 image CRC', '900 tiling', '900 image CRC']);
	});
});

describe('what cannot be checked is said', () => {
	test.each([
		[1, 'compressed'],
		[2, 'encrypted'],
		[4, 'signature'],
		[8, 'delta patch'],
	])('option bit %i: %s', async (options, name) => {
		const checks = await check(pack(leaf('SYST', 100, { options })));
		expect(failed(checks)).toEqual([]);
		expect(named(checks, 'not checkable')).toEqual([`400 ${name}`]);
		expect(verdict(checks)).toMatch(/1 check could not be made\.$/);
	});

	test('a revision without option bits has none', async () => {
		const checks = await check(pack(leaf('SYST', 100, { options: 15, revision: 2 })));
		expect(named(checks, 'not checkable')).toEqual([]);
	});

	test('the CRC of a packed image may be of the unpacked bytes, of a plain one it may not', async () => {
		const packed = await check(pack(leaf('SYST', 100, { options: 1, crc: 1 })));
		const plain = await check(pack(leaf('SYST', 100, { crc: 1 })));
		expect(failed(packed)).toEqual([]);
		expect(named(packed, 'not checkable')).toContain('400 image CRC');
		expect(failed(plain)).toEqual(['400 image CRC']);
	});

	test('images that can be read inside prove that what holds them is not packed', async () => {
		const spec: ImageSpec = {
			type: 'SPKG',
			product: '9X07',
			options: 1,
			children: [leaf('SYST', 9)],
		};
		expect(failed(await check(buildImage({ ...spec, crc: 1 })))).toEqual(['0 image CRC']);
	});

	test('a broken inner image of a signed composite is no signature', async () => {
		const inner = buildImage(leaf('SBL1', 10));
		inner.writeUInt32BE(11, 0x114);
		const file = buildImage({ type: 'BOOT', product: '9X07', options: 4, payload: inner });
		expect(failed(await check(file))).toEqual(['0 tiling']);
	});

	test('an unknown type, and a composite without images', async () => {
		expect(named(await check(pack(leaf('ROFS', 100))), 'not checkable')).toEqual(['400 type']);
		expect(named(await check(buildImage(leaf('MODM', 100))), 'not checkable')).toEqual([
			'0 tiling',
		]);
	});

	test('an unset CRC indicator is no fault, a broken one is', async () => {
		expect(failed(await check(pack(leaf('SYST', 9, { crcIndicator: 0xffffffff }))))).toEqual([]);
		expect(failed(await check(pack(leaf('SYST', 9, { crcIndicator: 1 }))))).toEqual([
			'400 CRC indicator',
		]);
	});

	test('bytes behind the last image of a signed composite may be its signature', async () => {
		const body = Buffer.concat([buildImage(leaf('SBL1', 10)), Buffer.alloc(64)]);
		const image = (options: number) =>
			buildImage({ type: 'BOOT', product: '9X07', options, payload: body });
		expect(failed(await check(image(0)))).toEqual(['0 tiling']);
		expect(named(await check(image(4)), 'not checkable')).toEqual(['0 tiling', '0 signature']);
	});
});

test('text that is none is a failed check', async () => {
	const bad = pack(leaf('SYST', 9, { version: 'a\x1bb' }));
	expect(failed(await check(bad))).toEqual(['400 strings']);
});

describe('a long pass', () => {
	const long = () => pack(leaf('SYST', 3_500_000), leaf('USER', 1_048_576));

	test('counts its bytes up to the end', async () => {
		const bytes = long();
		const seen: number[] = [];
		expect(failed(await check(bytes, undefined, (done) => seen.push(done)))).toEqual([]);
		expect(seen.length).toBeGreaterThan(3);
		expect(seen).toEqual(seen.toSorted((a, b) => a - b));
		expect(seen.at(-1)).toBe(bytes.length);
	});

	test('stops when it is told to', async () => {
		const stop = new AbortController();
		let calls = 0;
		const pass = check(long(), stop.signal, () => {
			calls += 1;
			stop.abort();
		});
		await expect(pass).rejects.toThrow('aborted');
		expect(calls).toBe(1);
	});

	test('a file that gets shorter meanwhile is said to', async () => {
		const bytes = long();
		const row = await readImages(
			async (at, length) => bytes.subarray(at, at + length),
			0,
			bytes.length,
		);
		const read = async (into: Buffer, at: number) => (at > 2_000_000 ? 0 : bytes.copy(into, 0, at));
		await expect(checkImages({ ...row, size: bytes.length, read })).rejects.toThrow(
			/ended at byte \d+ of \d+ while it was read/,
		);
	});
});
