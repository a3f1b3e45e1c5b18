import { expect, test } from 'vitest';
import { checkImages } from '../../source/firmware/checks.ts';
import type { Header } from '../../source/firmware/cwe/header.ts';
import { readImages } from '../../source/firmware/cwe/image-tree.ts';
import { encodeNvUpdate } from '../../source/firmware/cwe/nv-update.ts';
import { outsideOf, outsideSentence } from '../../source/firmware/cwe/outside.ts';
import { buildImage, type ImageSpec } from '../../source/firmware/rehearsal/build-image.ts';

async function examine(file: Buffer) {
	const row = await readImages(
		async (at, length) => file.subarray(at, at + length),
		0,
		file.length,
	);
	const read = async (into: Buffer, at: number) => file.copy(into, 0, at);
	const checks = await checkImages({ ...row, size: file.length, read });
	const open = checks
		.filter(({ state }) => state !== 'checked')
		.map(({ image, name, state }) => `${image} ${name}: ${state}`);
	return { checks, open, outside: outsideOf(row.images, checks, file.length) };
}

const leaf = (type: string, payload: Uint8Array, more: Partial<Header> = {}): ImageSpec => ({
	type,
	product: '9X07',
	date: '01/01/23',
	...more,
	payload,
});
const pack = (...children: ImageSpec[]) =>
	buildImage({ type: 'SPKG', product: '9X07', date: '01/01/23', children });
const some = Buffer.alloc(100, 7);

test('two images for one place, and two files of one path, are named', async () => {
	const twice = pack(
		{ type: 'BOOT', product: '9X07', children: [leaf('SBL1', some)] },
		leaf('sbl1', some),
		leaf('FILE', some, { version: '/swir/a' }),
		leaf('FILE', some, { version: '/swir/b' }),
		leaf('FILE', some, { version: '/swir/a' }),
	);
	const { open, checks } = await examine(twice);
	expect(open).toEqual(['1300 duplicate: not checkable', '2800 duplicate: not checkable']);
	expect(checks.find(({ name }) => name === 'duplicate')?.says).toContain('stands at 0x320');
});

test('composites, hashes and files without a path may come more than once', async () => {
	const group = (type: string): ImageSpec => ({
		type,
		product: '9X07',
		children: [leaf('HASH', some)],
	});
	const file = pack(group('APPL'), group('APPL'), leaf('FILE', some), leaf('FILE', some));
	expect((await examine(file)).open).toEqual([]);
});

test('option bits and revisions that no public source names are said', async () => {
	expect((await examine(pack(leaf('SYST', some, { options: 0x51 })))).open).toEqual([
		'400 compressed: not checkable',
		'400 options: not checkable',
	]);
	expect((await examine(pack(leaf('SYST', some, { revision: 4 })))).open).toEqual([
		'400 revision: not checkable',
	]);
});

test('settings that are whole, that end early, and that hold a damaged image', async () => {
	const inner = buildImage(leaf('FILE', some));
	const settings = (value: Uint8Array) => encodeNvUpdate([{ name: '/nvup/a', storage: 0, value }]);
	const whole = await examine(pack(leaf('NVUP', settings(inner))));
	expect(whole.open).toEqual([]);
	expect(whole.checks.find(({ name }) => name === 'settings')?.says).toBe(
		'It holds as many settings as it announces, 1; images inside them with a right CRC: 1.',
	);
	const early = settings(inner).subarray(0, -1);
	expect((await examine(pack(leaf('NVUP', early)))).open).toEqual(['400 settings: not checkable']);
	inner[450]! ^= 1;
	const damaged = await examine(pack(leaf('NVUP', settings(inner))));
	expect(damaged.open).toEqual(['400 settings: failed']);
});

test('what is outside every check: the top header, and an image whose CRC tells nothing', async () => {
	const header = [
		{ start: 0x104, end: 0x108, fields: ['revision'] },
		{ start: 0x10c, end: 0x114, fields: ['type', 'product'] },
		{ start: 0x11c, end: 0x190, fields: expect.arrayContaining(['version', 'magic']) },
	];
	expect((await examine(pack(leaf('SYST', some)))).outside).toEqual(header);
	const { outside } = await examine(buildImage(leaf('SYST', some, { options: 1, crc: 1 })));
	expect(outside).toEqual([
		...header.slice(0, 2),
		{ start: 0x118, end: 0x190, fields: expect.arrayContaining(['crc', 'magic']) },
		{ start: 0x190, end: 0x1f4, fields: [] },
	]);
	expect(outsideSentence(outside)).toBe(
		'Outside every check are 232 bytes: 0x104-0x107 (revision), 0x10c-0x113 (type, product), 0x118-0x18f (crc to magic), 0x190-0x1f3.',
	);
	expect(outsideSentence([])).toBeUndefined();
});

test('of two images behind each other, both headers are outside', async () => {
	const image = buildImage(leaf('SYST', some));
	const { outside } = await examine(Buffer.concat([image, image]));
	expect(outside.map(({ start }) => start)).toEqual([0x104, 0x10c, 0x11c, 0x2f8, 0x300, 0x310]);
});
