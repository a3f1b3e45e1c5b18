import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
	allImages,
	imageRanges,
	ranges,
	readImages,
} from '../../source/firmware/cwe/image-tree.ts';
import { openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage, type ImageSpec } from '../../source/firmware/rehearsal/build-image.ts';
import { rehearsalFile } from './rehearsal-file.ts';

const walk = (file: Buffer) =>
	readImages(async (at, length) => file.subarray(at, at + length), 0, file.length);

const leaf = (type: string, length: number): ImageSpec => ({
	type,
	product: '9X07',
	payload: Buffer.alloc(length, type),
});

test('the images of the RC7620 file are the ones in the field log, line for line', async () => {
	const log = readFileSync(
		new URL('../field/rc7620-update-download-2023-06-01.log', import.meta.url),
		'utf8',
	);
	const expected = log.match(/image offset range: \[\d+,\d+\]/g);
	const file = await openFirmware(await rehearsalFile());
	await file.close();
	expect(file.size).toBe(34_879_232);
	expect(expected).toHaveLength(29);
	expect(ranges(file.images)).toEqual(expected);
	const [top] = file.images;
	expect(top?.header).toMatchObject({ type: 'SPKG', product: '9X07' });
	expect(imageRanges(file.images)[3]).toEqual({
		start: 7680,
		end: 426084,
		depth: 2,
		type: 'SBL1',
		version: 'SWI9X07H_00.08.24.02 f90cbd jenkins 2022/03/21 03:47:54',
	});
});

describe('what is an inner image and what is not', () => {
	const composite = (children: ImageSpec[]) =>
		buildImage({ type: 'SPKG', product: '9X07', children });

	test('images stand one behind the other and inside each other', async () => {
		const file = composite([
			leaf('QPAR', 1),
			{ type: 'BOOT', product: '9X07', children: [leaf('SBL1', 500)] },
		]);
		const { images, rest } = await walk(file);
		expect(allImages(images).map(({ header, depth }) => [header.type, depth])).toEqual([
			['SPKG', 0],
			['QPAR', 1],
			['BOOT', 1],
			['SBL1', 2],
		]);
		expect(rest).toBeUndefined();
		expect(allImages(images).some((image) => image.rest)).toBe(false);
	});

	test('a payload that begins with no header makes a leaf', async () => {
		const { images } = await walk(buildImage(leaf('SYST', 5000)));
		expect(images[0]).toMatchObject({ children: [], rest: undefined });
	});

	test('a child that says more bytes than its parent has is no child, and is named', async () => {
		const file = composite([leaf('QPAR', 10), leaf('SBL1', 20)]);
		file.writeUInt32BE(21, 400 + 410 + 0x114);
		const { images } = await walk(file);
		expect(images[0]?.children).toHaveLength(1);
		expect(images[0]?.rest).toEqual({
			offset: 810,
			length: 420,
			why: 'A header of type SBL1 says 21 bytes, 1 more than there are.',
		});
	});

	test('an empty image is one, but libqmi reads none from there on', async () => {
		const { images } = await walk(composite([leaf('QPAR', 10), leaf('SBL1', 0), leaf('DSP1', 7)]));
		expect(allImages(images).map(({ start, end }) => [start, end])).toEqual([
			[0, 1617],
			[400, 810],
			[810, 1210],
			[1210, 1617],
		]);
		expect(images[0]?.rest).toBeUndefined();
		expect(ranges(images)).toEqual([
			'image offset range: [0,1617]',
			'image offset range: [400,810]',
		]);
	});

	test('bytes that say that nothing follows them are no image without a PSB CRC', async () => {
		const payload = Buffer.alloc(800);
		payload.write('ABCDEFGH', 0x10c);
		const { images } = await walk(buildImage({ type: 'SYST', product: '9X07', payload }));
		expect(images[0]?.children).toEqual([]);
	});

	test('bytes too few for a header are left over', async () => {
		const file = Buffer.concat([composite([leaf('QPAR', 10)]), Buffer.alloc(399)]);
		file.writeUInt32BE(410 + 399, 0x114);
		const { images } = await walk(file);
		expect(images[0]?.rest).toMatchObject({ offset: 810, length: 399 });
	});

	test('noise that happens to be text in the right places needs a PSB CRC or clean text', async () => {
		const noise = Buffer.alloc(1000, 0x80);
		noise.write('ABCDEFGH', 0x10c);
		noise.writeUInt32BE(5, 0x114);
		const { images } = await walk(buildImage({ type: 'SYST', product: '9X07', payload: noise }));
		expect(images[0]?.children).toEqual([]);
		expect(images[0]?.rest).toBeUndefined();
	});

	test('zeros with a size are not an image without a type', async () => {
		const zeros = Buffer.alloc(1000);
		zeros.writeUInt32BE(5, 0x114);
		const { images } = await walk(buildImage({ type: 'SYST', product: '9X07', payload: zeros }));
		expect(images[0]?.children).toEqual([]);
	});
});

describe('a file that wants to hurt is refused', () => {
	const refused = /more than 16 deep or holds more than 4096/;

	test('images nested without end', async () => {
		let spec: ImageSpec = leaf('FILE', 1);
		for (let depth = 0; depth < 40; depth += 1) {
			spec = { type: 'FILE', product: '9X07', children: [spec] };
		}
		await expect(walk(buildImage(spec))).rejects.toThrow(refused);
	});

	test('images without number', async () => {
		const children = Array.from({ length: 5000 }, () => leaf('FILE', 1));
		await expect(walk(buildImage({ type: 'SPKG', product: '9X07', children }))).rejects.toThrow(
			refused,
		);
	});
});
