import { createHash } from 'node:crypto';
import {
	appendFileSync,
	mkdtempSync,
	openSync,
	truncateSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FileChanged, Seal } from '../../source/firmware/cwe/seal.ts';
import { openFirmwareFiles } from '../../source/firmware/open-files.ts';
import { openPlain } from '../../source/firmware/partitions/plain-file.ts';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';

const sha256 = (some: Buffer) => createHash('sha256').update(some).digest('hex');
const bytes = Buffer.from(Array.from({ length: 200_001 }, (_, at) => (at * 31) & 255));

test('reads what was hashed, from anywhere, however the bytes came', async () => {
	const property = fc.asyncProperty(
		fc.array(fc.integer({ min: 1, max: 150_000 }), { maxLength: 5 }),
		fc.nat(bytes.length + 9),
		fc.nat(bytes.length),
		async (cuts, offset, length) => {
			const seal = new Seal();
			let from = 0;
			for (const cut of [...cuts, bytes.length]) {
				seal.add(bytes.subarray(from, from + cut));
				from += cut;
			}
			seal.end();
			const read = seal.guard('x', async (at, most) => bytes.subarray(at, at + most));
			const expected = bytes.subarray(offset, offset + length);
			expect((await read(offset, length)).equals(expected)).toBe(true);
			const known = seal.hashOf(offset, length);
			if (known !== undefined) expect(known).toBe(sha256(expected));
			const block = expected.length - (expected.length % 65_536);
			expect(seal.hashOf(block, bytes.length - block)).toBe(
				bytes.length - block <= 65_536 ? sha256(bytes.subarray(block)) : undefined,
			);
		},
	);
	await fc.assert(property, { numRuns: 300 });
});

async function opened() {
	const path = join(mkdtempSync(join(tmpdir(), 'ms-seal-')), 'image.bin');
	writeFileSync(path, bytes);
	const file = await openPlain(path);
	onTestFinished(() => file.close());
	return { path, file };
}

test('checks files once, however often they are planned with', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'ms-seal-'));
	await smallRehearsalImage(join(folder, 'small.spk'));
	const { files, checked, close } = await openFirmwareFiles([join(folder, 'small.spk')]);
	onTestFinished(close);
	const verify = vi.spyOn(files[0]!, 'verify');
	expect(await checked()).toBe(await checked());
	expect(verify).toHaveBeenCalledTimes(1);
});

test('refuses a block that was written over in place, and no other', async () => {
	const { path, file } = await opened();
	writeSync(openSync(path, 'r+'), Buffer.from([bytes[100_000]! ^ 1]), 0, 1, 100_000);
	await expect(file.readBytes(70_000, 10)).rejects.toThrow(FileChanged);
	expect(await file.readBytes(10, 10)).toEqual(bytes.subarray(10, 20));
	expect((await file.readBytes(131_072, 9)).length).toBe(9);
});

test('refuses a file that was cut; what was added behind it is not read', async () => {
	const { path, file } = await opened();
	appendFileSync(path, 'more');
	expect((await file.readBytes(199_990, 100)).length).toBe(11);
	truncateSync(path, 199_000);
	await expect(file.readBytes(198_000, 10)).rejects.toThrow('image.bin was changed');
});
