/**
 * A download over Sierra's Firehose, as libqmi does it: nop, configure (answered by NAK with the
 * block size to use), getStorageInfo, program, raw blocks, the silent commit, power reset.
 */
import type { FirmwareFile } from '../firmware/firmware-file.ts';
import { type Link, LinkLost } from '../link/link.ts';
import { exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/sanitize.ts';
import { stopIfAsked } from './connect.ts';
import { type FirehoseAnswer, FirehosePort } from './firehose-port.ts';
import { type FlashContext, note, phase } from './report.ts';

/** What a loader uses when its getStorageInfo does not say (libqmi's defaults). */
const usualSector = 4096;
const usualPages = 64;
/** Bytes of zeros that tell the loader that no more data comes. */
const closingBlock = 512;
/** Seconds: an ordinary answer, and the commit, in which the modem checks and writes in silence. */
const answerWait = 30;
const commitWait = 300;
/** Seconds that one block may take: libqmi allows a modem that erases as it goes 120 (QDL). */
const writeWait = 120;

const untouched = 'Nothing was written; the modem holds in its boot loader.';
const halfWritten =
	'The modem holds part of the new firmware and does not start until it is flashed again.';

const flashAgain = 'power cycle it with TP1 low, or catch it again, and flash it.';

type Storage = { block: number; sector: number; pages: number };

export async function download(
	link: Link,
	file: FirmwareFile,
	context: FlashContext,
): Promise<void> {
	const port = new FirehosePort(link, context.clock);
	const storage = await configure(port, context);
	await program(port, file, storage, context);
	await write(link, port, file, storage, context);
	await commit(port, context);
	await reset(port, context);
}

async function configure(port: FirehosePort, context: FlashContext): Promise<Storage> {
	phase(context, 'configure', 'running');
	stopIfAsked(context);
	demandAck(await port.request('NOP', { value: 'ping' }, answerWait), 'NOP');
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
	if (!(payload > 0)) throw refusal(configured, 'configure');
	const info = await port.request('getStorageInfo', { physical_partition_number: 0 }, answerWait);
	demandAck(info, 'getStorageInfo');
	const said = (name: string) => {
		const line = info.logs.find((entry) => entry.toLowerCase().startsWith(`${name}=`));
		return Number(line?.split('=')[1] ?? 0);
	};
	const sector = said('sector_size_in_bytes') || usualSector;
	const pages = said('pages_in_block') || usualPages;
	const block = Math.floor(payload / sector) * sector;
	if (!(block > 0)) {
		throw new Problem(
			exitCode.refusedBeforeWrite,
			`The loader takes ${payload} bytes at once, but its sectors have ${sector}.`,
			{ modem: untouched },
		);
	}
	phase(context, 'configure', 'done', `blocks of ${block}, sectors of ${sector} bytes`);
	return { block, sector, pages };
}

async function program(
	port: FirehosePort,
	file: FirmwareFile,
	{ sector, pages }: Storage,
	context: FlashContext,
): Promise<void> {
	phase(context, 'write', 'running');
	stopIfAsked(context);
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
	demandAck(answer, 'program');
	if (answer.attributes.rawmode !== 'true') throw refusal(answer, 'program');
}

async function write(
	link: Link,
	port: FirehosePort,
	file: FirmwareFile,
	{ block, sector }: Storage,
	context: FlashContext,
): Promise<void> {
	const total = file.size;
	let reported = context.clock.now();
	context.emit('flash', { type: 'flash-progress', sent: 0, total });
	for (let offset = 0; offset < total; offset += block) {
		if (context.stop.aborted) {
			throw new Problem(exitCode.failedDuringWrite, 'Stopped during the write, as asked.', {
				modem: halfWritten,
				next: flashAgain,
			});
		}
		await stopIfAnswered(port, context);
		const length = Math.min(block, total - offset);
		const padded = Math.ceil(length / sector) * sector;
		// libqmi closes a transfer with zeros when its last block is not a full one.
		const closing = length < block ? closingBlock : 0;
		const bytes = Buffer.alloc(padded + closing);
		(await file.readBytes(offset, length)).copy(bytes);
		const padding = bytes.length - length;
		await inTime(link.write(bytes, { file: file.name, offset, length, padding }), context);
		const now = context.clock.now();
		if (now - reported >= 0.5 || offset + length === total) {
			reported = now;
			context.emit('flash', { type: 'flash-progress', sent: offset + length, total });
		}
	}
	phase(context, 'write', 'done');
}

/** In raw mode the loader is silent but for its logs: an answer in the middle is its end. */
async function stopIfAnswered(port: FirehosePort, context: FlashContext): Promise<void> {
	const early = await port.response(0);
	for (const line of early.logs) note(context, sanitize(line));
	if (early.value === undefined) return;
	throw new Problem(
		exitCode.failedDuringWrite,
		`The modem broke the download off in the middle: ${reason(early)}.`,
		{ modem: halfWritten, next: flashAgain },
	);
}

/** A loader that takes no more bytes must not hold us for ever. */
async function inTime(written: Promise<void>, { clock }: FlashContext): Promise<void> {
	const done = new AbortController();
	const late = clock.sleep(writeWait, done.signal).then(() => 'late' as const);
	const first = await Promise.race([written, late]).finally(() => done.abort());
	if (first !== 'late') return;
	throw new Problem(
		exitCode.failedDuringWrite,
		`The modem took no more bytes for ${writeWait} s.`,
		{ modem: halfWritten, next: flashAgain },
	);
}

async function commit(port: FirehosePort, context: FlashContext): Promise<void> {
	phase(context, 'commit', 'running');
	const answer = await port.response(commitWait);
	for (const line of answer.logs) note(context, sanitize(line));
	if (answer.value === 'ACK') {
		phase(context, 'commit', 'done', 'the modem accepted the firmware');
		return;
	}
	const why = answer.value ? `refused it: ${reason(answer)}` : `said nothing for ${commitWait} s`;
	throw new Problem(exitCode.failedDuringWrite, `Every byte was sent, but the modem ${why}.`, {
		modem: halfWritten,
		next: flashAgain,
	});
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

function demandAck(answer: FirehoseAnswer, verb: string): void {
	if (answer.value !== 'ACK') throw refusal(answer, verb);
}

function refusal(answer: FirehoseAnswer, verb: string): Problem {
	return new Problem(
		exitCode.refusedBeforeWrite,
		`The loader refused <${verb}>: ${reason(answer)}.`,
		{ modem: untouched, next: 'power cycle it with TP1 low and flash again.' },
	);
}

const reason = ({ value, logs }: FirehoseAnswer): string =>
	sanitize(logs.at(-1) ?? (value ? value : 'no answer'));
