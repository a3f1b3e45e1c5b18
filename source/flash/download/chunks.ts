import type { PlainFile } from '../../firmware/partitions/plain-file.ts';
import { fileGotShorter } from '../model/outcomes/download.ts';
import type { Ways } from '../model/ways.ts';

/** Bytes that are read from the disk at once, at least. */
const window = 1024 * 1024;

export type Window = { readonly offset: number; readonly bytes: Buffer };

/**
 * A file from `start` on, in windows of whole units, the last one as long as it is. The next one is read
 * while one is written. Throws a Problem when the file has got shorter since it was checked.
 */
export async function* windows(
	file: PlainFile,
	start: number,
	unit: number,
	ways: Ways,
): AsyncGenerator<Window> {
	const step = Math.ceil(window / unit) * unit;
	const readAt = (at: number) => {
		const bytes =
			at < file.size ? readWhole(file, at, Math.min(step, file.size - at), ways) : undefined;
		// The await below throws it; without this an early failure would be unhandled.
		bytes?.catch(() => {});
		return bytes;
	};
	let next = readAt(start);
	for (let at = start; next; at += step) {
		const bytes = await next;
		next = readAt(at + step);
		yield { offset: at, bytes };
	}
}

async function readWhole(file: PlainFile, at: number, length: number, ways: Ways): Promise<Buffer> {
	const bytes = await file.readBytes(at, length);
	if (bytes.length === length) return bytes;
	throw fileGotShorter(ways, file.name);
}
