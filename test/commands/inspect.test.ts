import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { inspect } from '../../source/commands/inspect/inspect.ts';
import { encodeNvUpdate } from '../../source/firmware/cwe/nv-update.ts';
import type { Modem } from '../../source/firmware/match.ts';
import { buildImage, type ImageSpec } from '../../source/firmware/rehearsal/build-image.ts';
import { scratch, smallRehearsalFile } from '../firmware/rehearsal-file.ts';

async function run(files: string[], json = false, modem?: Modem) {
	const lines: string[] = [];
	const exit = await inspect(files, { json, modem, out: (line) => lines.push(line) });
	return { lines, exit };
}

async function damaged(at: number, name = 'damaged.spk'): Promise<string> {
	const bytes = await readFile(await smallRehearsalFile());
	bytes[at]! ^= 1;
	const path = join(await scratch(), name);
	await writeFile(path, bytes);
	return path;
}

test('a whole file: its tree, its versions, one verdict, exit 0', async () => {
	const { lines, exit } = await run([await smallRehearsalFile()]);
	expect(exit).toBe(0);
	expect(lines[0]).toBe('small.spk  2 221 979 bytes, 29 images');
	expect(lines).toContainEqual(
		expect.stringMatching(/^OFFSET +TYPE +PROD +SIZE CRC +VERSION +CHECK$/),
	);
	expect(lines).toContainEqual(
		expect.stringMatching(
			/^0x0000320 {4}QPAR +9X07 +6 480 a18afab6 SWI9X07H_00\.08\.24\.02 .* ok$/,
		),
	);
	expect(lines).toContainEqual(expect.stringMatching(/^firmware +00\.08\.24\.02 +header at 0x0$/));
	expect(lines.at(-1)).toMatch(/^The file is whole/);
});

test('a damaged file: the damaged image and all around it are marked, exit 5', async () => {
	const { lines, exit } = await run([await damaged(900)]);
	expect(exit).toBe(5);
	expect(lines.filter((line) => line.endsWith(' FAILED')).map((line) => line.slice(0, 16))).toEqual(
		['0x0000000  SPKG ', '0x0000190   BOOT', '0x0000320    QPA'],
	);
	expect(lines).toContain(
		'FAILED 0x0000320 QPAR PSB CRC: The header says CRC f2697aa7 for its first 256',
	);
	expect(lines.at(-1)).toBe('Do not flash this file: 3 checks failed.');
});

test('no line is wider than 80 columns, whatever a file is called', async () => {
	const name = `${'日本語 '.repeat(14)}${'x'.repeat(90)}.spk`;
	for (const path of [await damaged(900, name), await damaged(0x10c, name), `/nowhere/${name}`]) {
		const { lines } = await run([path]);
		for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(80);
	}
});

test('every file is looked at, and the gravest exit code counts', async () => {
	const good = await smallRehearsalFile();
	expect((await run(['/nowhere/a.spk', good])).exit).toBe(1);
	const { lines, exit } = await run(['/nowhere/a.spk', await damaged(900), good]);
	expect(exit).toBe(5);
	expect(lines[0]).toMatch(/^There is no file \/nowhere\/a\.spk\./);
	expect(lines.at(-1)).toMatch(/^The file is whole/);
});

test('--json is one object a file', async () => {
	const { lines, exit } = await run([await damaged(900), '/nowhere/a.spk'], true);
	expect(exit).toBe(5);
	expect(lines).toHaveLength(2);
	const [file, missing] = lines.map((line) => JSON.parse(line));
	expect(file).toMatchObject({
		size: 2_221_979,
		passed: false,
		rehearsal: true,
		versions: { firmware: { value: '00.08.24.02', source: 'header at 0x0' } },
	});
	expect(file.images).toHaveLength(1);
	expect(file.images[0]).toMatchObject({ start: 0, end: 2_221_979, type: 'SPKG', options: 0 });
	expect(file.images[0].children[0]).toMatchObject({ start: 400, depth: 1, type: 'BOOT' });
	expect(file.checks).toContainEqual({
		image: 800,
		name: 'PSB CRC',
		state: 'failed',
		says: expect.stringContaining('f2697aa7'),
	});
	expect(missing).toMatchObject({ file: '/nowhere/a.spk', exit: 1 });
});

test('without a file it says how it is used', async () => {
	await expect(run([])).rejects.toMatchObject({ exit: 2 });
});

test('what the leaves hold, and the settings by name', async () => {
	const { lines } = await run([await smallRehearsalFile()]);
	expect(lines).toContain('0x0169b73 SYST root file system: squashfs');
	expect(lines).toContain('0x015b7b0 NVUP NV update: settings (PRI): 8 settings');
	expect(lines).toContain('  CARRIERID = 01 00');
	expect(lines).toContain('  PRODUCT_SKU = "9999999"');
	expect(lines.join(' ')).toContain('Outside every check are 128 bytes: 0x104-0x107 (revision)');
});

test('a modem to match with: a file for another one is exit 5', async () => {
	const file = await smallRehearsalFile();
	const modem = { model: 'RC7620', version: '00.03.03.00' };
	const fits = await run([file], false, modem);
	expect(fits.exit).toBe(0);
	expect(fits.lines).toContain('ok   version: from 00.03.03.00 to 00.08.24.02');
	const other = await run([file], false, { model: 'WP7607\x1b[2J' });
	expect(other.exit).toBe(5);
	expect(other.lines.at(-1)).toBe('Do not flash it to WP7607.[2J: it is not for that modem.');
	const { lines } = await run([file], true, modem);
	expect(JSON.parse(lines[0]!).match).toEqual({
		...modem,
		checks: [
			{ name: 'product', state: 'ok', says: expect.any(String) },
			{ name: 'version', state: 'ok', says: expect.any(String) },
		],
	});
});

async function written(name: string, version: string, children: ImageSpec[]): Promise<string> {
	const path = join(await scratch(), name);
	const product = '9X15';
	await writeFile(path, buildImage({ type: 'SPKG', product, version, date: '01/01/16', children }));
	return path;
}

test('a cwe and an nvu of two releases: each is whole, together they fail', async () => {
	const product = '9X15';
	const cwe = await written('a.cwe', 'INTERNAL_?_SWI9X15C_05.05.58.00_?_?_?_?', [
		{ type: 'BOOT', product, children: [{ type: 'SBL1', product, payload: Buffer.alloc(9, 7) }] },
	]);
	const settings = encodeNvUpdate([{ name: 'W_DISABLE', value: Buffer.alloc(1) }]);
	const nvu = await written('a.nvu', '9999999_9902350_SWI9X15C_05.05.63.01_00_SPRINT_005.037_000', [
		{ type: 'NVUP', product, payload: settings },
	]);
	const { lines, exit } = await run([cwe, nvu]);
	expect(exit).toBe(5);
	expect(lines.filter((line) => line.startsWith('The file is whole'))).toHaveLength(2);
	expect(lines).toContain('a.cwe and a.nvu, as a pair');
	expect(lines.at(-1)).toBe('Do not flash them together.');
	const json = await run([cwe, nvu], true);
	expect(json.exit).toBe(5);
	expect(JSON.parse(json.lines[2]!).pair[0]).toEqual({
		files: ['a.cwe', 'a.nvu'],
		name: 'firmware',
		state: 'failed',
		says: 'The firmware is of version 05.05.58.00, the settings are of 05.05.63.01.',
	});
	expect((await run([cwe])).exit).toBe(0);
	expect(JSON.parse((await run([nvu], true)).lines[0]!).images[0].children[0].settings).toEqual({
		count: 1,
		whole: true,
		items: [
			{
				offset: 810,
				length: 31,
				name: 'W_DISABLE',
				storage: 8,
				value: { offset: 840, size: 1, hex: '00' },
			},
		],
	});
});
