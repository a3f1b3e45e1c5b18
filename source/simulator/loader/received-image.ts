import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeHeader, headerLength, headerOf } from '../../firmware/cwe/header.ts';
import { type FirmwareFile, openFirmware } from '../../firmware/firmware-file.ts';
import { halfOf } from '../../firmware/pair.ts';
import { temporaryFolder } from '../../own-files.ts';
import { Problem } from '../../problem.ts';

/** What runs after an image was accepted. */
export type Release = { firmware: string; revision: string; carrier: string; config: string };
/** What an accepted image brings: settings bring no firmware, and firmware may bring no settings. */
export type Verdict = { accepted: Partial<Release> } | { refused: string; code: ImageResult };
/** Codes of `imageResults` that a refusal has. */
export type ImageResult = 0x02 | 0x80 | 0x81 | 0x82 | 0x86 | 0x89;

/**
 * Receives an image into a file of its own and judges it as a boot loader does (LK sierra_cwe.c:
 * every CRC, and the product). `commit` is what takes the modem its time in between: it is told
 * whether the flash memory is written meanwhile.
 */
export async function receiveImage(
	bytes: AsyncIterable<Uint8Array>,
	{ product, sector }: { product: string; sector: number },
	commit: (writes: boolean) => Promise<void>,
): Promise<Verdict> {
	const folder = temporaryFolder();
	const path = join(folder, 'received.cwe');
	try {
		const file = await open(path, 'w+');
		try {
			for await (const piece of bytes) await file.write(piece);
			await cutPadding(file, sector);
		} finally {
			await file.close();
		}
		const verdict = await judge(path, product);
		await commit('accepted' in verdict);
		return verdict;
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

async function judge(path: string, product: string): Promise<Verdict> {
	try {
		const firmware = await openFirmware(path);
		try {
			const strange = firmware.images.find(({ header }) => !isFor(product, header.product));
			if (strange) {
				return {
					refused: `image is for ${strange.header.product}, not ${product}`,
					code: 0x81,
				};
			}
			const failed = (await firmware.verify()).find(({ state }) => state === 'failed');
			if (failed) return { refused: failed.says, code: 0x89 };
			return { accepted: releaseOf(firmware) };
		} finally {
			await firmware.close();
		}
	} catch (error) {
		if (error instanceof Problem) return { refused: error.message, code: 0x82 };
		throw error;
	}
}

/** Makers do not agree on the case: 9X07, 9x07. */
export const isFor = (product: string, name: string) => name.toUpperCase() === product;

function releaseOf(file: FirmwareFile): Partial<Release> {
	const { device, firmware, build, carrier, config } = file.versions;
	const settings = {
		...(carrier && { carrier: carrier.value }),
		...(config && { config: config.value }),
	};
	if (halfOf(file) === 'settings') return settings;
	const version = firmware?.value ?? 'unknown';
	const revision = [`${device?.value ?? 'unknown'}_${version}`, build?.value];
	return { firmware: version, revision: revision.filter(Boolean).join(' '), ...settings };
}
