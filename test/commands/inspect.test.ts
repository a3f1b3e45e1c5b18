import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { inspect } from '../../source/commands/inspect.ts';
import { scratch, smallRehearsalFile } from '../firmware/rehearsal-file.ts';

async function run(files: string[], json = false) {
	const lines: string[] = [];
	const exit = await inspect(files, { json, out: (line) => lines.push(line) });
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
