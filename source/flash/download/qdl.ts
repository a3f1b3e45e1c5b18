/**
 * A download over QDL, as libqmi does it: HELLO in the version that the loader speaks, then for each
 * file UFOPEN with its header, UFWRITE in chunks of 1 MiB, UFCLOSE; RESET at the end. The last
 * UFWRITE is answered when the image is written.
 */

import { headerLength } from '../../firmware/cwe/header.ts';
import type { FirmwareFile } from '../../firmware/firmware-file.ts';
import { LinkLost } from '../../link/link.ts';
import type { RecordedLink } from '../../link/traffic-recorder.ts';
import type { Problem } from '../../problem.ts';
import { numberOf, replyTimeout } from '../../protocol/fields.ts';
import { encodeWrite, qdlCommitTimeout, qdlMessages } from '../../protocol/qdl/qdl.ts';
import { type FlashContext, note, phase } from '../model/context.ts';
import {
	brokenOff,
	chunkSkipped,
	noKnownQdl,
	notClosed,
	refusedAfter,
	refusedBeforeFile,
	silentAfter,
} from '../model/outcomes/download.ts';
import { windows } from './chunks.ts';
import { QdlPort, refusedBy } from './qdl-client.ts';
import {
	beginWrite,
	fileName,
	pieceSize,
	stopBeforeFile,
	stopBetweenBlocks,
	WriteProgress,
} from './write-progress.ts';

/** Sierra speaks 6, Gobi 2000 5, Gobi 1000 4. */
const versions = [6, 5, 4];
/** Bytes of an image in one UFWRITE. */
const chunkSize = 1024 * 1024;
/** Bytes of a bulk packet: a shorter one ends a transfer. */
const packet = 512;

type Session = {
	readonly link: RecordedLink;
	readonly port: QdlPort;
	readonly context: FlashContext;
	readonly progress: WriteProgress;
	/** How many files, and how many of them were accepted. */
	readonly of: number;
	accepted: number;
};

/** Sends the files behind the first `before`, which the modem accepted in this session. */
export async function downloadQdl(
	link: RecordedLink,
	files: readonly FirmwareFile[],
	context: FlashContext,
	before = 0,
): Promise<void> {
	const port = new QdlPort(link, context.clock);
	phase(context, 'configure', 'running', 'asking which version of QDL the loader speaks');
	const session: Session = {
		link,
		port,
		context,
		progress: new WriteProgress(context, files, before),
		of: files.length,
		accepted: before,
	};
	let version = await detectVersion(session);
	for (const file of files.slice(before)) {
		stopBeforeFile(context, session);
		// As libqmi does it: every image begins with its own HELLO.
		if (session.accepted > before) version = await hello(session, version);
		await open(session, file);
		phase(context, 'configure', 'done', `QDL version ${version}`);
		await beginWrite(context, fileName(session, file.name));
		await write(session, file);
		await close(session, file);
		session.accepted += 1;
	}
	phase(context, 'reboot', 'running');
	await port.send(qdlMessages.reset).catch((error: unknown) => {
		if (!(error instanceof LinkLost)) throw error;
	});
}

async function detectVersion(session: Session): Promise<number> {
	const { port, context } = session;
	let why = 'it said nothing.';
	for (const version of versions) {
		stopBeforeFile(context, session);
		await port.clear();
		const reply = await sendHello(port, version);
		if (reply.kind === 'answer') return version;
		if (reply.kind === 'refused') why = reply.says;
		note(context, `QDL version ${version}: ${reply.kind === 'refused' ? reply.says : 'no answer'}`);
	}
	throw noKnownQdl(context.ways, session, why);
}

async function sendHello(port: QdlPort, version: number) {
	await port.send(qdlMessages.hello, { 'version max': version, 'version min': version });
	return port.answer(qdlMessages.helloResponse, replyTimeout(qdlMessages.hello));
}

async function hello(session: Session, version: number): Promise<number> {
	phase(session.context, 'configure', 'running', `HELLO for file ${session.accepted + 1}`);
	await session.port.clear();
	const reply = await sendHello(session.port, version);
	if (reply.kind !== 'answer') throw refused(session, 'HELLO', reply);
	return version;
}

async function open(session: Session, file: FirmwareFile): Promise<void> {
	stopBeforeFile(session.context, session);
	const header = await file.readBytes(0, headerLength);
	await session.port.send(qdlMessages.open, {
		'image length': file.size,
		'chunk size': file.size - headerLength,
		header: header.toString('hex'),
	});
	const reply = await session.port.answer(qdlMessages.openResponse, replyTimeout(qdlMessages.open));
	if (reply.kind !== 'answer') throw refused(session, 'UFOPEN', reply);
	const why = refusedBy(numberOf(reply.fields, 'status'));
	if (why) throw refused(session, file.name, { kind: 'refused', says: why });
	session.progress.add(headerLength);
}

async function write(session: Session, file: FirmwareFile): Promise<void> {
	const { link, context, progress } = session;
	let sequence = 0;
	for await (const { offset, bytes } of windows(file, headerLength, chunkSize, context.ways)) {
		const message = encodeWrite(sequence, bytes.length);
		const whole = Buffer.concat([message, bytes]);
		const pieces = piecesOf(whole.length);
		while (pieces.length > 0) {
			const { from } = pieces[0]!;
			if (from > 0) await stopIfRefused(session, sequence);
			stopBetweenBlocks(context);
			const some = pieces.splice(0, Math.min(progress.size / pieceSize, inOneRun(pieces)));
			const notes = some.map((piece) => {
				const head = piece.from === 0 ? message.length : 0;
				const at = offset + piece.from + head - message.length;
				const length = piece.to - piece.from - head;
				return { file: file.name, offset: at, length, padding: 0, head };
			});
			await link.writePayload(whole.subarray(from, some.at(-1)!.to), ...notes);
			progress.add(notes.reduce((sum, { length }) => sum + length, 0));
		}
		const isLast = offset + bytes.length === file.size;
		if (isLast) {
			phase(context, 'write', 'done');
			phase(context, 'commit', 'running', fileName(session, file.name));
		}
		await written(session, sequence, isLast);
		sequence += 1;
	}
}

type Piece = { readonly from: number; readonly to: number };

/**
 * The pieces in which a UFWRITE goes out, some of them in one write: a loader takes a short packet for
 * the end of it. So its head and its data are one run of full packets (libqmi gives both to one write),
 * and a run that would end in a full packet ends in a packet of one byte (GobiAPI,
 * Core/ProtocolServer.cpp).
 */
function piecesOf(length: number): Piece[] {
	const end = length % packet === 0 ? length - 1 : length;
	const pieces: Piece[] = [];
	let from = 0;
	for (; end - from >= pieceSize + packet; from += pieceSize) {
		pieces.push({ from, to: from + pieceSize });
	}
	pieces.push({ from, to: end });
	if (end < length) pieces.push({ from: end, to: length });
	return pieces;
}

/** How many of the pieces that are left one write may have: that packet of one byte is one of its own. */
const inOneRun = (left: readonly Piece[]): number => {
	const { from, to } = left.at(-1)!;
	return to - from === 1 ? left.length - 1 || 1 : left.length;
};

/** In the middle of a chunk a loader is silent: a refusal is its end. */
async function stopIfRefused({ port, context }: Session, sequence: number): Promise<void> {
	const why = await port.early(sequence);
	if (why) throw brokenOff(context.ways, why);
}

/** Waits for the answer to a chunk; one to a chunk before it may come twice. */
async function written(session: Session, sequence: number, isLast: boolean): Promise<void> {
	const { port, context } = session;
	const wait = isLast ? qdlCommitTimeout : replyTimeout(qdlMessages.write);
	const sent = isLast ? 'Every byte' : `Chunk ${sequence + 1}`;
	const deadline = context.clock.now() + wait;
	for (;;) {
		const left = deadline - context.clock.now();
		const reply = await port.answer(qdlMessages.writeResponse, Math.max(0, left));
		if (reply.kind === 'silence') throw silentAfter(context.ways, sent, wait);
		if (reply.kind === 'refused') throw refusedAfter(context.ways, sent, reply.says);
		const answered = numberOf(reply.fields, 'sequence');
		const why = refusedBy(numberOf(reply.fields, 'status'));
		if (why) throw refusedAfter(context.ways, sent, why);
		if (answered === sequence) return;
		if (answered > sequence) {
			throw chunkSkipped(context.ways, answered + 1, sequence + 1);
		}
		note(context, `the modem answered chunk ${answered + 1} once more`);
	}
}

async function close({ port, context }: Session, file: FirmwareFile): Promise<void> {
	await port.send(qdlMessages.close);
	const reply = await port.answer(qdlMessages.closeResponse, replyTimeout(qdlMessages.close));
	const why =
		reply.kind === 'answer' ? refusedBy(numberOf(reply.fields, 'status')) : reasonOf(reply);
	if (why) throw notClosed(context.ways, file.name, why);
	phase(context, 'commit', 'done', `the modem accepted ${file.name}`);
}

type Refusal = Exclude<Awaited<ReturnType<QdlPort['answer']>>, { kind: 'answer' }>;

const reasonOf = (reply: Refusal) => (reply.kind === 'refused' ? reply.says : 'no answer in time.');

/** A refusal before a byte of this file was sent; of the files before, all were accepted. */
function refused(session: Session, what: string, reply: Refusal): Problem {
	return refusedBeforeFile(session.context.ways, session, what, reasonOf(reply));
}
