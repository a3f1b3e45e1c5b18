import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openFile } from '../../source/firmware/partitions/open-file.ts';

function fileWith(content: Buffer): string {
	const folder = mkdtempSync(join(tmpdir(), 'ms-open-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const path = join(folder, 'file');
	writeFileSync(path, content);
	return path;
}

it('reads little and much from any place, and says how much came', async () => {
	const content = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 251));
	const file = await openFile(fileWith(content));
	for (const [offset, length] of [
		[0, 4],
		[99_998, 4],
		[123, 50_000],
		[90_000, 50_000],
		[100_000, 50_000],
	] as const) {
		const buffer = Buffer.alloc(length);
		const came = await file.read(buffer, offset);
		expect(buffer.subarray(0, came).equals(content.subarray(offset, offset + length))).toBe(true);
	}
	await file.close();
});

it('is closed after the reads that run, for its number may be another file’s then', async () => {
	const file = await openFile(fileWith(Buffer.alloc(8 << 20, 1)));
	const buffer = Buffer.alloc(8 << 20);
	const reading = file.read(buffer, 0);
	await file.close();
	expect(buffer.at(-1)).toBe(1);
	expect(await reading).toBe(buffer.length);
	await file.close();
	await expect(file.read(Buffer.alloc(4), 0)).rejects.toThrow('closed');
});
