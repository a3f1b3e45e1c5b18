import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import {
	type CaseFile,
	isCaseFile,
	type Manifest,
	manifestName,
	manifestSchema,
} from './manifest.ts';
import { readTar } from './tar.ts';

/** Bytes that a case may have when it is unpacked: what a small gateway holds. */
export const longestCase = 96 * 1024 * 1024;
const mostFiles = 8;

export type OpenedCase = {
	readonly manifest: Manifest;
	readonly files: ReadonlyMap<CaseFile, Buffer>;
};

/** Whether bytes are those of gzip (RFC 1952). */
export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** What is in a case, each file with the hash that the manifest has; or why it is refused. */
export function openCase(bytes: Buffer): OpenedCase | { why: string } {
	let archive: Buffer;
	try {
		archive = gunzipSync(bytes, { maxOutputLength: longestCase });
	} catch (error) {
		const isLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
		return { why: isLong ? 'it is too long when unpacked' : 'it is gzip that is broken or cut' };
	}
	const found = readTar(archive, mostFiles);
	if ('why' in found) return found;
	const [first, ...rest] = found;
	if (first?.name !== manifestName) return { why: `it does not begin with ${manifestName}` };
	const manifest = manifestIn(first.bytes);
	if (!manifest) return { why: `its ${manifestName} is not as modemscope case writes it` };
	if (manifest.files.length !== rest.length) return { why: 'its list and its files differ' };
	const files = new Map<CaseFile, Buffer>();
	for (const { name, bytes: content } of rest) {
		const listed = manifest.files.find((each) => each.name === name);
		if (!listed || !isCaseFile(name))
			return { why: `${name.slice(0, 40)} does not belong into it` };
		if (listed.sha256 !== hashOf(content)) return { why: `the hash of ${name} does not fit` };
		files.set(name, content);
	}
	return files.has('recording.ndjson') ? { manifest, files } : { why: 'it has no recording' };
}

export const hashOf = (bytes: Uint8Array): string =>
	createHash('sha256').update(bytes).digest('hex');

function manifestIn(bytes: Buffer): Manifest | undefined {
	try {
		const found = v.safeParse(manifestSchema, JSON.parse(bytes.toString('utf8')));
		return found.success ? found.output : undefined;
	} catch {
		return undefined;
	}
}
