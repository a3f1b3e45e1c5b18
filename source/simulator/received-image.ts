import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFirmware } from '../firmware/firmware-file.ts';
import { decodeHeader, headerLength, headerOf } from '../firmware/header.ts';
import type { Versions } from '../firmware/versions.ts';
import { Problem } from '../problem.ts';

/** What runs after an image was accepted. */
export type Release = { firmware: string; revision: string; carrier: string; config: string };
export type Verdict = { accepted: Release } | { refused: string };

/** The chip family of the RC7620, as the headers of its images name it. */
const product = '9X07';

/**
 * Receives an image into a file of its own and judges it as a boot loader does (LK sierra_cwe.c:
 * every CRC, and the product). `commit` is what takes the modem its time in between.
 */
export async function receiveImage(
	bytes: AsyncIterable<Uint8Array>,
	sector: number,
	commit: () => Promise<void>,
): Promise<Verdict> {
	const folder = await mkdtemp(join(tmpdir(), 'modemscope-'));
	const path = join(folder, 'received.cwe');
	try {
		const file = await open(path, 'w+');
		try {
			for await (const piece of bytes) await file.write(piece);
			await cutPadding(file, sector);
		} finally {
			await file.close();
		}
		await commit();
		return await judge(path);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** The host fills the last sector with zeros; they are not the image's. */
async function cutPadding(file: FileHandle, sector: number): Promise<void> {
	const { size } = await file.stat();
	const { buffer } = await file.read(Buffer.alloc(headerLength), 0, headerLength, 0);
	const length = headerLength + headerOf(decodeHeader(buffer)).size;
	if (length < size && size - length < sector) await file.truncate(length);
}

async function judge(path: string): Promise<Verdict> {
	try {
		const firmware = await openFirmware(path);
		try {
			const strange = firmware.images.find(({ header }) => !isForUs(header.product));
			if (strange) return { refused: `image is for ${strange.header.product}, not ${product}` };
			const failed = (await firmware.verify()).find(({ state }) => state === 'failed');
			if (failed) return { refused: failed.says };
			return { accepted: releaseOf(firmware.versions) };
		} finally {
			await firmware.close();
		}
	} catch (error) {
		if (error instanceof Problem) return { refused: error.message };
		throw error;
	}
}

/** Makers do not agree on the case: 9X07, 9x07. */
const isForUs = (name: string) => name.toUpperCase() === product;

function releaseOf(versions: Versions): Release {
	const { device, firmware, build, carrier, config } = versions;
	const version = firmware?.value ?? 'unknown';
	const revision = [`${device?.value ?? 'SWI9X07H'}_${version}`, build?.value];
	return {
		firmware: version,
		revision: revision.filter(Boolean).join(' '),
		carrier: carrier?.value ?? 'GENERIC',
		config: config?.value ?? '000.000_000',
	};
}
