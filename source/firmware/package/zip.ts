/**
 * A ZIP archive as a package. It is a stranger's: names that lead out of it, links, and more bytes
 * than a flash memory has are refused; what an entry says of its size is what it may have.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { temporaryFolder } from '../../own-files.ts';
import { exitCode, Problem } from '../../problem.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { fileOf, openFile } from '../partitions/open-file.ts';
import { type PlainFile, sealedFile } from '../partitions/plain-file.ts';
import { mostBytes, mostFiles, type PackageFiles, packageRefused } from './package-files.ts';

export async function filesInZip(path: string): Promise<PackageFiles> {
	const archive = basename(path);
	const handle = await openFile(path);
	const opened = new Map<string, Promise<PlainFile>>();
	const close = async () => {
		for (const file of opened.values()) await (await file.catch(() => undefined))?.close();
		await handle.close();
	};
	try {
		const zip = await yauzl.fromFdPromise(handle.fd, { lazyEntries: true, autoClose: false });
		const entries = await entriesOf(archive, zip);
		const stream = (name: string) => streamOf(archive, zip, entries.get(name), name);
		return {
			sizes: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
			stream,
			open: (name) => {
				const file = opened.get(name) ?? unpack(stream, join(path, name), name);
				opened.set(name, file);
				return file;
			},
			close,
		};
	} catch (error) {
		await close();
		throw error instanceof Problem ? error : unreadable(archive, error);
	}
}

/** Every file of the archive; throws when one of them may not be unpacked. */
async function entriesOf(archive: string, zip: ZipFile): Promise<Map<string, Entry>> {
	const entries = new Map<string, Entry>();
	let bytes = 0;
	for await (const entry of zip.eachEntry()) {
		const { fileName } = entry;
		bytes += entry.uncompressedSize;
		const why = refusal(entry) ?? (entries.has(fileName) ? 'has two files' : undefined);
		if (why !== undefined) throw packageRefused(archive, `${why} ${fileName}`);
		if (bytes > mostBytes) throw packageRefused(archive, 'unpacks to more than 4 GiB');
		if (!fileName.endsWith('/')) entries.set(fileName, entry);
		if (entries.size > mostFiles) {
			throw packageRefused(archive, `has more than ${mostFiles} files`);
		}
	}
	return entries;
}

/** The upper half of these attributes is the mode of a Unix file (APPNOTE.TXT 4.4.15, Info-ZIP). */
const fileType = ({ externalFileAttributes }: Entry) => (externalFileAttributes >>> 16) & 0o170000;
const [none, folder, regular] = [0, 0o040000, 0o100000];

function refusal(entry: Entry): string | undefined {
	if (entry.isEncrypted()) return 'has an encrypted file';
	if (![none, folder, regular].includes(fileType(entry))) return 'has a link or device';
	return entry.canDecodeFileData() ? undefined : 'has a file packed in an unknown way';
}

/** Its bytes, of the length and the CRC that the archive says. */
async function streamOf(
	archive: string,
	zip: ZipFile,
	entry: Entry | undefined,
	name: string,
): Promise<Readable> {
	if (!entry) throw packageRefused(archive, `has no file ${name}`);
	let crc = 0;
	const checked = new Transform({
		transform(bytes: Buffer, _, done) {
			crc = crc32(bytes, crc);
			done(null, bytes);
		},
		flush: (done) =>
			done(crc === entry.crc32 ? null : packageRefused(archive, `is damaged in ${name}`)),
	});
	const source = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
		throw unreadable(archive, error);
	});
	// It also says when more or fewer bytes come than the entry told.
	source.once('error', (error) => checked.destroy(unreadable(archive, error)));
	return source.pipe(checked);
}

function unreadable(archive: string, error: unknown): Problem {
	const said = error instanceof Error ? error.message : String(error);
	const outside = /^(?:absolute path|invalid relative path): (.*)/s.exec(said)?.[1];
	const why =
		outside === undefined
			? `cannot be unpacked: ${said.replace(/\.$/, '')}`
			: `has a file that would lie outside of it: ${outside}`;
	return packageRefused(archive, why, error);
}

/** Into a file without a name, which is gone with its last reader, however that ends. */
async function unpack(
	stream: (name: string) => Promise<Readable>,
	path: string,
	name: string,
): Promise<PlainFile> {
	const folder = temporaryFolder();
	let opened: FileHandle | undefined;
	try {
		const handle = await open(join(folder, 'file'), 'wx+', 0o600);
		opened = handle;
		await rm(folder, { recursive: true });
		for await (const bytes of await stream(name)) await handle.writeFile(bytes);
		return await sealedFile(
			fileOf(handle.fd, () => handle.close()),
			path,
		);
	} catch (error) {
		await opened?.close();
		await rm(folder, { recursive: true, force: true });
		throw noRoom(error) ? full(name, error) : error;
	}
}

const noRoom = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOSPC';
const full = (name: string, cause: unknown) =>
	new Problem(exitCode.failed, `There is no room in ${tmpdir()} to unpack ${sanitize(name)}.`, {
		modem: 'Nothing was written.',
		next: 'set TMPDIR to a folder with room, or unpack it there and name that folder.',
		cause,
	});
