import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFirmware } from '../../source/firmware/firmware-file.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { Problem } from '../../source/problem.ts';
import { grouped } from '../../source/protocol/text/numbers.ts';
import { rehearsalFile, scratch, smallRehearsalFile } from './rehearsal-file.ts';

const whole = buildImage({
	type: 'SPKG',
	product: '9X07',
	version: 'v',
	date: '01/01/23',
	children: [{ type: 'SBL1', product: '9X07', payload: Buffer.alloc(1000, 7) }],
});

async function problemWith(content: Uint8Array | string, name = 'f.spk'): Promise<Problem> {
	const path = join(await scratch(), name);
	await writeFile(path, content);
	return problemAt(path);
}

async function problemAt(path: string): Promise<Problem> {
	const error = await openFirmware(path).then(
		(file) => file.close(),
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(Problem);
	return error as Problem;
}

test('the whole RC7620 file passes, and tells its versions', async () => {
	const file = await openFirmware(await rehearsalFile());
	const checks = await file.verify();
	const bytes = await file.readBytes(0x10c, 8);
	const end = await file.readBytes(file.size - 3, 400);
	await file.close();
	expect(checks.filter(({ state }) => state !== 'checked')).toEqual([]);
	expect(checks.filter(({ name }) => name === 'image CRC')).toHaveLength(29);
	expect(file.name).toBe('RC76xx_Release9_GENERIC_GCF_7620.spk');
	expect(file.versions).toMatchObject({
		firmware: { value: '00.08.24.02', source: 'header at 0x0' },
		config: { value: '001.110_000' },
		carrier: { value: 'GENERIC' },
		device: { value: 'SWI9X07H' },
		part: { value: '9909667' },
		sku: { value: '9999999' },
	});
	expect(file.versionConflicts).toEqual([]);
	expect(bytes.toString()).toBe('SPKG9X07');
	expect(end).toHaveLength(3);
});

test('firmware made for the rehearsal says so, other firmware does not', async () => {
	const rehearsal = await openFirmware(await smallRehearsalFile());
	await rehearsal.close();
	expect(rehearsal.rehearsal).toBe(true);
	expect(rehearsal.size).toBeLessThan(3_000_000);
	const path = join(await scratch(), 'f.spk');
	await writeFile(path, whole);
	const other = await openFirmware(path);
	await other.close();
	expect(other.rehearsal).toBe(false);
});

describe('a file that was cut says by how much', () => {
	test.each([1, 399, 401, 799, 800, 801, 1000])('%i bytes missing', async (missing) => {
		const length = whole.length - missing;
		const problem = await problemWith(whole.subarray(0, length));
		expect(problem.exit).toBe(5);
		expect(problem.message).toBe(
			`The header of f.spk says 1 800 bytes, the file has ${grouped(length)}: it was cut by ${grouped(missing)}.`,
		);
		expect(problem.next).toMatch(/^download it again/);
	});

	test.each([1, 255, 256, 399])('only %i bytes left', async (length) => {
		const { exit, message } = await problemWith(whole.subarray(0, length));
		expect(exit).toBe(5);
		expect(message).toContain(`f.spk has ${length} bytes, and the header alone has 400`);
	});

	test('the header alone, and one byte more', async () => {
		expect((await problemWith(whole.subarray(0, 400))).message).toMatch(/cut by 1 400\.$/);
		expect((await problemWith(whole.subarray(0, 401))).message).toMatch(/cut by 1 399\.$/);
	});
});

test.each([
	['empty', '', /is empty\.$/, /^download it again/],
	['a page', '<!DOCTYPE html><title>Log in</title>', /is a web page/, /log in/],
	['a page in one line', `<html>${'x'.repeat(500)}`, /is a web page/, /log in/],
	['text in one line', 'x'.repeat(500), /is a text file/, /\.spk/],
	['an archive', `PK\x03\x04${'\0'.repeat(500)}`, /is a ZIP archive/, /unpack/],
	['a Windows installer', `MZ\x90\0${'\0'.repeat(500)}`, /is a Windows program/, /Linux/],
	['noise', Buffer.alloc(5000, 0x9b), /does not begin with a CWE header\.$/, /\.spk/],
	[
		'a page of text',
		Buffer.from('# Read me\n\n– for people\n'.repeat(40)),
		/is a text file, not firmware\.$/,
		/replay/,
	],
])('%s is no firmware, with a next step', async (_, content, what, next) => {
	const problem = await problemWith(content);
	expect(problem.exit).toBe(5);
	expect(problem.message).toMatch(what);
	expect(problem.next).toMatch(next);
});

test('a size that lies is told from a file that was cut', async () => {
	const lying = Buffer.from(whole);
	lying.writeUInt32BE(0xfffffff0, 0x114);
	const { exit, message } = await problemWith(lying);
	expect(exit).toBe(5);
	expect(message).toMatch(/says 4 294 967 680 bytes, but its images end with the file at 1 800/);
	lying.writeUInt32BE(0, 0x114);
	expect((await problemWith(lying)).message).toMatch(/says that nothing follows it/);
});

test('a missing file, a folder and a pipe are named', async () => {
	const folder = await scratch();
	const missing = await problemAt(join(folder, 'no.spk'));
	expect(missing.exit).toBe(1);
	expect(missing.message).toMatch(/^There is no file .*no\.spk\.$/);
	expect((await problemAt(folder)).exit).toBe(5);
	const pipe = join(folder, 'pipe');
	execFileSync('mkfifo', [pipe]);
	expect((await problemAt(pipe)).message).toMatch(/is not a file\.$/);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
	const path = join(await scratch(), 'f.spk');
	await writeFile(path, whole, { mode: 0 });
	const { exit, message } = await problemAt(path);
	expect(exit).toBe(4);
	expect(message).toMatch(/^You may not read /);
});

test('a hostile file name stays text', async () => {
	const problem = await problemWith('', 'a\x1b[2Jb.spk');
	expect(problem.sentence).toContain('a.[2Jb.spk is empty');
	const missing = await problemAt('/nowhere/\x1b]0;x\x07');
	expect(missing.sentence).not.toMatch(/[\x00-\x1f]/);
});
