/**
 * A download over Sierra's Firehose, as libqmi does it: nop, configure (answered by NAK with the
 * block size to use), getStorageInfo, program, raw blocks, the silent commit, power reset.
 */
import type { FirmwareFile } from '../firmware/firmware-file.ts';
import { type Link, LinkLost } from '../link/link.ts';
import { exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/sanitize.ts';
import { blocks } from './blocks.ts';
import { type FirehoseAnswer, FirehosePort } from './firehose-port.ts';
import { type FlashContext, note, phase } from './report.ts';
import {
	beforeFile,
	commitWait,
	failed,
	fileName,
	type Several,
	stopBeforeFile,
	stopBetweenBlocks,
	Taken,
} from './writing.ts';

/** What a loader uses when its getStorageInfo does not say (libqmi's defaults). */
const usualSector = 4096;
const usualPages = 64;
/** Bytes of zeros that tell the loader that no more data comes. */
const closingBlock = 512;
/** Seconds for an ordinary answer. */
export const answerWait = 30;
/** Seconds after an accepted image in which a loader may already have refused its closing zeros. */
export const strayWait = 0.2;

type Storage = { block: number; sector: number; pages: number };

/** Sends the files behind the first `before`, which the modem accepted in this session. */
export async function download(
	link: Link,
	files: readonly FirmwareFile[],
	context: FlashContext,
	before = 0,
): Promise<void> {
	const port = new FirehosePort(link, context.clock);
	phase(context, 'configure', 'running');
	const severalAt = (accepted: number): Several => ({ accepted, of: files.length });
	stopBeforeFile(context, severalAt(before));
	const storage = await configure(port, severalAt(before), context);
	const taken = new Taken(context, files, before);
	for (const [index, file] of files.entries()) {
		if (index < before) continue;
		const several = severalAt(index);
		if (index > before) await nextFile(port, several, context);
		await program(port, file, storage, several, context);
		await write(link, port, file, storage, taken, context);
		await commit(port, file, several, context);
	}
	await reset(port, context);
}

/**
 * Between two files: the closing zeros of the first one are refused like a verb, by some loaders at
 * once and by others with the next verb. A NOP takes that on itself, for a <program> that were sent
 * twice would be written.
 */
async function nextFile(port: FirehosePort, several: Several, context: FlashContext) {
	stopBeforeFile(context, several);
	await port.response(strayWait);
	const answer = await port.request('NOP', { value: 'ping' }, answerWait);
	if (answer.value !== 'ACK') throw refusal(answer, 'NOP', several);
	while ((await port.response(0)).value !== undefined);
}

async function configure(
	port: FirehosePort,
	several: Several,
	context: FlashContext,
): Promise<Storage> {
	const nop = await port.request('NOP', { value: 'ping' }, answerWait);
	if (nop.value !== 'ACK') throw refusal(nop, 'NOP', several);
	const configured = await port.request(
		'configure',
		{
			MemoryName: 'eMMC',
			Verbose: 0,
			AlwaysValidate: 0,
			MaxDigestTableSizeInBytes: 8192,
			MaxPayloadSizeToTargetInBytes: 1_048_576,
			ZlpAwareHost: 0,
			SkipStorageInit: 0,
			TargetName: 8960,
		},
		answerWait,
	);
	const payload = Number(configured.attributes.MaxPayloadSizeToTargetInBytes);
	if (!(payload > 0)) throw refusal(configured, 'configure', several);
	const info = await port.request('getStorageInfo', { physical_partition_number: 0 }, answerWait);
	if (info.value !== 'ACK') throw refusal(info, 'getStorageInfo', several);
	const said = (name: string) => {
		const line = info.logs.find((entry) => entry.toLowerCase().startsWith(`${name}=`));
		return Number(line?.split('=')[1] ?? 0);
	};
	const sector = said('sector_size_in_bytes') || usualSector;
	const pages = said('pages_in_block') || usualPages;
	const block = Math.floor(payload / sector) * sector;
	if (!(block > 0)) {
		const [exit, modem] = beforeFile(several);
		const says = `The loader takes ${payload} bytes at once, but its sectors have ${sector}.`;
		throw new Problem(exit, says, { modem });
	}
	phase(context, 'configure', 'done', `blocks of ${block}, sectors of ${sector} bytes`);
	return { block, sector, pages };
}

async function program(
	port: FirehosePort,
	file: FirmwareFile,
	{ sector, pages }: Storage,
	several: Several,
	context: FlashContext,
): Promise<void> {
	stopBeforeFile(context, several);
	phase(context, 'write', 'running', fileName(several, file.name));
	const answer = await port.request(
		'program',
		{
			PAGES_PER_BLOCK: pages,
			SECTOR_SIZE_IN_BYTES: sector,
			filename: 'spkg.cwe',
			num_partition_sectors: Math.ceil(file.size / sector),
			physical_partition_number: 0,
			start_sector: -1,
		},
		answerWait,
	);
	if (answer.value === 'ACK' && answer.attributes.rawmode === 'true') return;
	throw refusal(answer, 'program', several);
}

async function write(
	link: Link,
	port: FirehosePort,
	file: FirmwareFile,
	{ block, sector }: Storage,
	taken: Taken,
	context: FlashContext,
): Promise<void> {
	for await (const { offset, bytes } of blocks(file, 0, block)) {
		stopBetweenBlocks(context);
		await stopIfAnswered(port, context);
		const { length } = bytes;
		const whole = length === block ? bytes : withClosingBlock(bytes, sector);
		const payload = { file: file.name, offset, length, padding: whole.length - length };
		await link.write(whole, payload);
		taken.add(length);
	}
	phase(context, 'write', 'done');
}

/** libqmi fills the last sector, and closes with zeros when the last block is not a full one. */
function withClosingBlock(bytes: Buffer, sector: number): Buffer {
	const padded = Math.ceil(bytes.length / sector) * sector;
	return Buffer.concat([bytes], padded + closingBlock);
}

/** In raw mode the loader is silent but for its logs: an answer in the middle is its end. */
async function stopIfAnswered(port: FirehosePort, context: FlashContext): Promise<void> {
	const early = await port.response(0);
	for (const line of early.logs) note(context, sanitize(line));
	if (early.value === undefined) return;
	throw failed(`The modem broke the download off in the middle: ${reason(early)}.`);
}

async function commit(
	port: FirehosePort,
	file: FirmwareFile,
	several: Several,
	context: FlashContext,
): Promise<void> {
	phase(context, 'commit', 'running', fileName(several, file.name));
	const answer = await port.response(commitWait);
	for (const line of answer.logs) note(context, sanitize(line));
	if (answer.value === 'ACK') {
		phase(context, 'commit', 'done', `the modem accepted ${file.name}`);
		return;
	}
	const why = answer.value ? `refused it: ${reason(answer)}` : `said nothing for ${commitWait} s`;
	throw failed(`Every byte was sent, but the modem ${why}.`);
}

async function reset(port: FirehosePort, context: FlashContext): Promise<void> {
	phase(context, 'reboot', 'running');
	const answer = await powerReset(port);
	if (answer === 'gone' || answer.value === 'ACK') return;
	throw new Problem(
		exitCode.writtenButUnchecked,
		`The firmware was accepted, but the loader did not reset the modem: ${reason(answer)}.`,
		{
			modem: 'The new firmware is in the modem; the boot loader still holds.',
			next: 'power cycle it.',
		},
	);
}

/** Some loaders reset before their ACK gets out: a port that goes away is the answer too. */
export async function powerReset(port: FirehosePort): Promise<FirehoseAnswer | 'gone'> {
	try {
		return await port.request('power', { DelayInSeconds: 0, value: 'reset' }, answerWait);
	} catch (error) {
		if (error instanceof LinkLost) return 'gone';
		throw error;
	}
}

/** Refused before a byte of this file was sent; the files before it were accepted. */
function refusal(answer: FirehoseAnswer, verb: string, several: Several): Problem {
	const [exit, modem] = beforeFile(several);
	return new Problem(exit, `The loader refused <${verb}>: ${reason(answer)}.`, {
		modem,
		next: 'power cycle it with TP1 low and flash again.',
	});
}

const reason = ({ value, logs }: FirehoseAnswer): string =>
	sanitize(logs.at(-1) ?? (value ? value : 'no answer'));
