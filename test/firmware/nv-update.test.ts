import { expect, test } from 'vitest';
import { readContents } from '../../source/firmware/cwe/contents.ts';
import { cweCrc } from '../../source/firmware/cwe/crc.ts';
import { readImages } from '../../source/firmware/cwe/image-tree.ts';
import { encodeNvUpdate, readNvUpdate } from '../../source/firmware/cwe/nv-update.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';

const bytes = (hex: string) => Buffer.from(hex.replace(/\s+/g, ''), 'hex');

/**
 * Settings of an EM7455 file, byte for byte, as eagleusb/wwan parsecwe.pl quotes them: the payload
 * of an NVUP image, with the CRC that its header said.
 */
const disableB5 = bytes(`
	0100 0300 0500 01000000
	20000000 0100 0000 0100 0a000000 08 43415252494552 4944 0200 02000000 0500
	3d000000 0130 0000 0100 19000000 08 5045524d49545445445f434152524945525f4c54455f4243
	0200 10000000 0a100000000000000000000000000000
	63000000 0200 0100 0100 3f000000 00
	2f7377 69636f6e6669672f3030352f6974656d732f7377696e762f6974656d5f66696c65732f5045524d49545445445f434152524945525f4c54455f4243
	0200 10000000 0a100000000000000000000000000000
`);

test('the settings of a real file are read, each with its path or name and its value', () => {
	expect(disableB5).toHaveLength(202);
	expect(cweCrc(disableB5)).toBe(0x2c89290d);
	const { count, items, why } = readNvUpdate(disableB5, 1000);
	expect(why).toBeUndefined();
	expect(count).toBe(3);
	expect(items.map(({ name }) => name)).toEqual([
		'CARRIERID',
		'PERMITTED_CARRIER_LTE_BC',
		'/swiconfig/005/items/swinv/item_files/PERMITTED_CARRIER_LTE_BC',
	]);
	expect(items[0]).toMatchObject({ offset: 1010, length: 32, storage: 8, id: undefined });
	expect(items[0]?.value.offset).toBe(1040);
	expect(Buffer.from(items[0]!.value.bytes).toString('hex')).toBe('0500');
	expect(items[2]).toMatchObject({ offset: 1103, length: 99, storage: 0 });
});

test('what is written is read again, by name and by id', () => {
	const payload = encodeNvUpdate([
		{ name: '/nv/item_files/a', storage: 1, value: Buffer.from('hello') },
		{ id: 0x1234, value: Buffer.alloc(3, 9) },
		{ name: 'W_DISABLE', value: Buffer.alloc(0) },
	]);
	const { count, items, why } = readNvUpdate(payload, 0);
	expect([count, why]).toEqual([3, undefined]);
	expect(
		items.map(({ name, id, storage, value }) => [name, id, storage, value.bytes.length]),
	).toEqual([
		['/nv/item_files/a', undefined, 1, 5],
		[undefined, 0x1234, undefined, 3],
		['W_DISABLE', undefined, 8, 0],
	]);
});

test('a name alone is a setting without a value', () => {
	// The first item of an EM7455 file of Lenovo's.
	const payload = bytes('0100 0100 fe00 01000000 10000000 8000 0100 0100 02000000 02ff');
	const { items, why } = readNvUpdate(payload, 0);
	expect(why).toBeUndefined();
	expect(items).toMatchObject([{ name: '.', storage: 2, value: { offset: 26 } }]);
});

test('a name that wants to drive a terminal comes out as text', () => {
	const payload = encodeNvUpdate([{ name: 'a\x1b[2J\x9bm\xff', value: Buffer.alloc(1) }]);
	expect(readNvUpdate(payload, 0).items[0]?.name).toBe('a.[2J.m.');
});

test('wherever the payload ends, what came before is read and the end is named', () => {
	for (let length = 0; length < disableB5.length; length += 1) {
		const { items, why } = readNvUpdate(disableB5.subarray(0, length), 0);
		expect(items.length).toBe(length < 42 ? 0 : length < 103 ? 1 : 2);
		expect(why).toMatch(/^(It is too short|Item \d at|Its header says 3 items)/);
	}
});

test('noise of any kind ends, and never reads as more than it is', () => {
	for (let round = 0; round < 500; round += 1) {
		const noise = Buffer.from(disableB5);
		for (let n = 0; n < 4; n += 1) noise[(round * 31 + n * 57) % 202] = (round * 7 + n) & 255;
		const { items } = readNvUpdate(noise, 0);
		const held = items.reduce((sum, { value }) => sum + value.bytes.length, 0);
		expect(held).toBeLessThan(202);
	}
});

const look = async (payload: Uint8Array) => {
	const file = buildImage({ type: 'NVUP', product: '9x30', magic: 0x50617273, payload });
	const read = async (at: number, length: number) => file.subarray(at, at + length);
	const { images } = await readImages(read, 0, file.length);
	return readContents(images, read);
};

test('an image in the value of a setting is read, with its CRC and its own settings', async () => {
	const inner = buildImage({ type: 'NVUP', product: '9x30', version: 'v', payload: disableB5 });
	const name = '/nvup/NVUP_DisableB5.022';
	const [content] = await look(encodeNvUpdate([{ name, storage: 0, value: inner }]));
	expect(content?.kind).toBe('settings');
	const [setting] = content!.settings!.items;
	expect(setting).toMatchObject({ name, embedded: [{ crcIsRight: true }] });
	const [embedded] = setting!.embedded;
	expect(embedded?.image).toMatchObject({ start: setting!.value.offset, header: { type: 'NVUP' } });
	expect(embedded?.settings?.items.map((item) => item.name)).toContain('CARRIERID');
	inner[500]! ^= 1;
	const [broken] = await look(encodeNvUpdate([{ name, storage: 0, value: inner }]));
	expect(broken?.settings?.items[0]?.embedded[0]?.crcIsRight).toBe(false);
});
