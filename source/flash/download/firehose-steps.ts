/** What every download over Firehose shares: a <program>, its raw blocks, the commit, the reset. */
import type { PlainFile } from '../../firmware/partitions/plain-file.ts';
import { LinkLost } from '../../link/link.ts';
import type { PayloadNote, RecordedLink } from '../../link/traffic-recorder.ts';
import type { Problem } from '../../problem.ts';
import { firehoseCommitTimeout } from '../../protocol/firehose/elements.ts';
import { codeInLog } from '../../protocol/firehose/log-codes.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { type FlashContext, note, phase } from '../model/context.ts';
import {
	brokenOff,
	refusedAfter,
	refusedBeforeFile,
	silentAfter,
} from '../model/outcomes/download.ts';
import { resetRefused } from '../model/outcomes/restart.ts';
import type { BatchPosition } from '../model/outcomes/states.ts';
import { windows } from './chunks.ts';
import type { FirehoseAnswer, FirehosePort } from './firehose-client.ts';
import { pieceSize, stopBetweenBlocks, type WriteProgress } from './write-progress.ts';

/**
 * How often libqmi sends <program> and the reset (qfu-sahara-device.c). It sends <program> again after silence too: a loader that heard the
 * first one would take that for image data.
 */
const programs = { attempts: 3 };
const resets = { attempts: 10, afterSilence: true };

/** How a loader takes bytes: how many at once, in whole sectors, and zeros that say that no more come. */
export type Blocks = { readonly block: number; readonly sector: number; readonly closing: number };

/** Announces sectors; returns when the loader waits for them. */
export async function beginProgram(
	port: FirehosePort,
	attributes: Readonly<Record<string, string | number>>,
	position: BatchPosition,
	context: FlashContext,
): Promise<void> {
	const answer = await port.request('program', attributes, programs);
	if (answer.value === 'ACK' && answer.attributes.rawmode === 'true') return;
	throw refusal(answer, 'program', position, context);
}

export async function writeBlocks(
	link: RecordedLink,
	port: FirehosePort,
	file: PlainFile,
	how: Blocks,
	progress: WriteProgress,
	context: FlashContext,
): Promise<void> {
	// The loader is silent between its blocks, and on the wire they follow each other in any case.
	const inBlocks = (length: number) => Math.max(1, Math.floor(length / how.block)) * how.block;
	const piece = inBlocks(pieceSize);
	for await (const window of windows(file, 0, how.block, context.ways)) {
		for (let from = 0; from < window.bytes.length; ) {
			stopBetweenBlocks(context);
			await stopIfAnswered(port, context);
			const bytes = window.bytes.subarray(from, from + inBlocks(progress.size));
			const { length } = bytes;
			const whole = length % how.block === 0 ? bytes : filled(bytes, how);
			const notes = notesOf(file, window.offset + from, length, piece);
			notes.at(-1)!.padding = whole.length - length;
			await link.writePayload(whole, ...notes);
			progress.add(length);
			from += length;
		}
	}
	phase(context, 'write', 'done');
}

/** What a write carries, in pieces of one length however long it is: the recordings of two flashes are compared. */
function notesOf(file: PlainFile, at: number, length: number, piece: number): PayloadNote[] {
	return Array.from({ length: Math.ceil(length / piece) }, (_, index) => {
		const offset = at + index * piece;
		const some = Math.min(piece, length - index * piece);
		const sha256 = file.hashOf?.(offset, some);
		return { file: file.name, offset, length: some, padding: 0, sha256 };
	});
}

/** The last sector is filled with zeros, and what closes the file follows. */
function filled(bytes: Buffer, { sector, closing }: Blocks): Buffer {
	const padded = Math.ceil(bytes.length / sector) * sector;
	return Buffer.concat([bytes], padded + closing);
}

/** In raw mode the loader is silent but for its logs: an answer in the middle is its end. */
async function stopIfAnswered(port: FirehosePort, context: FlashContext): Promise<void> {
	const early = await port.response(0);
	for (const line of early.logs) note(context, sanitize(line));
	if (early.value === undefined) return;
	throw brokenOff(context.ways, reason(early));
}

export async function commit(
	port: FirehosePort,
	file: PlainFile,
	which: string,
	context: FlashContext,
): Promise<void> {
	phase(context, 'commit', 'running', which);
	const answer = await port.response(firehoseCommitTimeout);
	for (const line of answer.logs) note(context, sanitize(line));
	if (answer.value === 'ACK') {
		phase(context, 'commit', 'done', `the modem accepted ${file.name}`);
		return;
	}
	if (answer.value) throw refusedAfter(context.ways, 'Every byte', reason(answer));
	throw silentAfter(context.ways, 'Every byte', firehoseCommitTimeout);
}

export async function reset(port: FirehosePort, context: FlashContext): Promise<void> {
	phase(context, 'reboot', 'running');
	const answer = await powerReset(port);
	if (answer === 'gone' || answer.value === 'ACK') return;
	throw resetRefused(reason(answer));
}

/** Some loaders reset before their ACK gets out: a port that goes away is the answer too. */
export async function powerReset(port: FirehosePort): Promise<FirehoseAnswer | 'gone'> {
	try {
		const attributes = { DelayInSeconds: 0, value: 'reset' };
		return await port.request('power', attributes, resets);
	} catch (error) {
		if (error instanceof LinkLost) return 'gone';
		throw error;
	}
}

/** Refused before a byte of this file was sent; the files before it were accepted. */
export function refusal(
	answer: FirehoseAnswer,
	verb: string,
	position: BatchPosition,
	{ ways }: FlashContext,
): Problem {
	return refusedBeforeFile(ways, position, `<${verb}>`, reason(answer));
}

export function reason({ value, logs }: FirehoseAnswer): string {
	const log = logs.at(-1) ?? (value ? value : 'no answer');
	const means = codeInLog(log)?.means;
	return sanitize(means ? `${log} (${means.replace(/\.$/, '')})` : log);
}
