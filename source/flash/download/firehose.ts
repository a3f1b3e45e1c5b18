/**
 * A download over Sierra's Firehose, as libqmi does it: nop, configure (answered by NAK with the
 * block size to use), getStorageInfo, program, raw blocks, the silent commit, power reset.
 */
import type { FirmwareFile } from '../../firmware/firmware-file.ts';
import type { RecordedLink } from '../../link/traffic-recorder.ts';
import { type FlashContext, phase } from '../model/context.ts';
import { sectorOverBlock } from '../model/outcomes/download.ts';
import type { BatchPosition } from '../model/outcomes/states.ts';
import { FirehosePort, strayWait } from './firehose-client.ts';
import {
	type Blocks,
	beginProgram,
	commit,
	refusal,
	reset,
	writeBlocks,
} from './firehose-steps.ts';
import { beginWrite, fileName, stopBeforeFile, WriteProgress } from './write-progress.ts';

/** What a loader uses when its getStorageInfo does not say (libqmi's defaults). */
const usualSector = 4096;
const usualPages = 64;
/** Bytes of zeros that libqmi sends behind a last block that is not a full one. */
const closingBlock = 512;

type Storage = Blocks & { readonly pages: number };

/** Sends the files behind the first `before`, which the modem accepted in this session. */
export async function download(
	link: RecordedLink,
	files: readonly FirmwareFile[],
	context: FlashContext,
	before = 0,
): Promise<void> {
	const port = new FirehosePort(link, context.clock);
	phase(context, 'configure', 'running');
	const positionAt = (accepted: number): BatchPosition => ({ accepted, of: files.length });
	stopBeforeFile(context, positionAt(before));
	const storage = await configure(port, positionAt(before), context);
	const progress = new WriteProgress(context, files, before);
	for (const [index, file] of files.entries()) {
		if (index < before) continue;
		const position = positionAt(index);
		if (index > before) await nextFile(port, position, context);
		await program(port, file, storage, position, context);
		await writeBlocks(link, port, file, storage, progress, context);
		await commit(port, file, fileName(position, file.name), context);
	}
	await reset(port, context);
}

/**
 * Between two files: the closing zeros of the first one are refused like a verb, by some loaders at
 * once and by others with the next verb. A NOP takes that on itself, for a <program> that were sent
 * twice would be written.
 */
async function nextFile(port: FirehosePort, position: BatchPosition, context: FlashContext) {
	stopBeforeFile(context, position);
	await port.response(strayWait);
	const answer = await port.request('NOP', { value: 'ping' });
	if (answer.value !== 'ACK') throw refusal(answer, 'NOP', position, context);
	while ((await port.response(0)).value !== undefined);
}

async function configure(
	port: FirehosePort,
	position: BatchPosition,
	context: FlashContext,
): Promise<Storage> {
	const nop = await port.request('NOP', { value: 'ping' });
	if (nop.value !== 'ACK') throw refusal(nop, 'NOP', position, context);
	const configured = await port.request('configure', {
		MemoryName: 'eMMC',
		Verbose: 0,
		AlwaysValidate: 0,
		MaxDigestTableSizeInBytes: 8192,
		MaxPayloadSizeToTargetInBytes: 1_048_576,
		ZlpAwareHost: 0,
		SkipStorageInit: 0,
		TargetName: 8960,
	});
	const payload = Number(configured.attributes.MaxPayloadSizeToTargetInBytes);
	if (!(payload > 0)) throw refusal(configured, 'configure', position, context);
	const info = await port.request('getStorageInfo', { physical_partition_number: 0 });
	if (info.value !== 'ACK') throw refusal(info, 'getStorageInfo', position, context);
	const reported = storageReport([nop, configured, info].flatMap(({ logs }) => logs));
	const sector = reported('sector_size_in_bytes') || usualSector;
	const pages = reported('pages_in_block') || usualPages;
	const block = Math.floor(payload / sector) * sector;
	if (!(block > 0)) throw sectorOverBlock(position, payload, sector);
	phase(context, 'configure', 'done', `blocks of ${block}, sectors of ${sector} bytes`);
	return { block, sector, pages, closing: closingBlock };
}

/** As leniently as libqmi: whatever it was that the loader logged it with, spaces and case. */
const storageReport = (logs: readonly string[]) => (wanted: string) => {
	const pairs = logs.map((line) => line.split('=').map((part) => part.trim()));
	const [, value] = pairs.findLast(([name]) => name?.toLowerCase() === wanted) ?? [];
	return Number.parseInt(value ?? '', 10) || 0;
};

async function program(
	port: FirehosePort,
	file: FirmwareFile,
	{ sector, pages }: Storage,
	position: BatchPosition,
	context: FlashContext,
): Promise<void> {
	stopBeforeFile(context, position);
	await beginWrite(context, fileName(position, file.name));
	const attributes = {
		PAGES_PER_BLOCK: pages,
		SECTOR_SIZE_IN_BYTES: sector,
		filename: 'spkg.cwe',
		num_partition_sectors: Math.ceil(file.size / sector),
		physical_partition_number: 0,
		start_sector: -1,
	};
	await beginProgram(port, attributes, position, context);
}
