import { basename } from 'node:path';
import { sanitize } from '../protocol/text/sanitize.ts';
import { type Check, checkImages } from './checks.ts';
import { type ImageNode, readImages } from './cwe/image-tree.ts';
import type { Progress } from './cwe/running-crc.ts';
import { type ReadAt, Seal } from './cwe/seal.ts';
import { mustBeFirmware } from './not-firmware.ts';
import { type OpenFile, openFile } from './partitions/open-file.ts';
import { demandSame, type PlainFile, readerOf } from './partitions/plain-file.ts';
import { isRehearsal } from './rehearsal/mark.ts';
import { type Versions, versionConflicts, versionsOf } from './versions.ts';

export type FirmwareFile = PlainFile & {
	/** The top images; one, unless files were joined. */
	readonly images: readonly ImageNode[];
	readonly versions: Versions;
	/** Sentences: where the file’s name tells another version than its headers. */
	readonly versionConflicts: readonly string[];
	/** Made for the rehearsal: noise under right CRCs, which must never reach a real modem. */
	readonly rehearsal: boolean;
	/**
	 * Every check, in one pass over the file. Rejects with the signal's reason when it aborts, with
	 * a `Problem` when the file gets shorter meanwhile. With `seal`, what was checked is hashed, and
	 * nothing else is read from then on.
	 */
	verify(options?: VerifyOptions): Promise<Check[]>;
	/** Throws a `Problem` when its path now has another file, or one of another size or time; reads nothing. */
	demandUnchanged(): Promise<void>;
};

export type VerifyOptions = {
	readonly onProgress?: Progress;
	readonly signal?: AbortSignal;
	readonly seal?: boolean;
};

/** Opens a firmware file and reads its headers; throws a `Problem` when it is not whole firmware. */
export async function openFirmware(path: string): Promise<FirmwareFile> {
	const file = await openFile(path);
	try {
		return await readFirmware(path, file);
	} catch (error) {
		await file.close();
		throw error;
	}
}

async function readFirmware(path: string, file: OpenFile): Promise<FirmwareFile> {
	const { read, size } = file;
	const name = sanitize(basename(path));
	const readBytes = readerOf(file);
	let sealed: { readonly digest: string; readonly read: ReadAt; readonly seal: Seal } | undefined;
	const verify = async ({ onProgress, signal, seal = false }: VerifyOptions = {}) => {
		const hashed = seal ? new Seal() : undefined;
		const pass = async (buffer: Buffer, offset: number) => {
			const length = await read(buffer, offset);
			hashed?.add(buffer.subarray(0, length));
			return length;
		};
		const checks = await checkImages({ images, rest, size, pass, read }, onProgress, signal);
		if (hashed) {
			const { digest } = hashed.end();
			sealed = { digest, read: hashed.guard(name, readBytes), seal: hashed };
		}
		return checks;
	};
	await mustBeFirmware(name, size, readBytes);
	const { images, rest } = await readImages(readBytes, 0, size);
	const versions = versionsOf(images, name);
	return {
		path,
		name,
		size,
		images,
		versions,
		versionConflicts: versionConflicts(versions, name),
		rehearsal: images.some(isRehearsal),
		get digest() {
			return sealed?.digest;
		},
		readBytes: (offset, length) => (sealed?.read ?? readBytes)(offset, length),
		hashOf: (offset, length) => sealed?.seal.hashOf(offset, length),
		verify,
		demandUnchanged: () => demandSame(path, file.stats),
		close: file.close,
	};
}
