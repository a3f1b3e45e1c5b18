/**
 * The chip's own emergency loader (PBL): Sahara that reads a programmer piece by piece, checks it
 * and starts it, and no Sierra commands. Sources: linux-msm/qdl sahara.c, bkerler/edl.
 */
import { createHash } from 'node:crypto';
import { elf } from '../../firmware/rehearsal/partitions.ts';
import { encode, numberOf } from '../../protocol/fields.ts';
import { saharaMessages, saharaModes, saharaStatus } from '../../protocol/sahara/sahara.ts';
import type { Endpoint } from '../device/endpoint.ts';
import type { Logger } from '../device/logger.ts';
import type { storages } from './partition-store.ts';
import { codeIn, readPacket } from './sahara-loader.ts';

/** How the emergency loader of this chip differs. */
export type EdlTraits = {
	/** Asks with READ_DATA64. */
	readonly wide: boolean;
	/** Says that more images follow, as an MSM8916 does after its only one (qdl sahara.c). */
	readonly pending: boolean;
	/** Refuses every programmer with this, however good it is. */
	readonly refuses: number | undefined;
	/** What its programmer writes. */
	readonly storage: keyof typeof storages;
	/** The programmer leaves the bus and comes again by itself. */
	readonly comesAgain: boolean;
};

const imageTransfer = codeIn(saharaModes, 'IMAGE_TX_PENDING');
/** The number of a Firehose programmer. */
const programmer = 13;
/** The longest piece that is asked for at once, bytes. */
const longestPiece = 16_384;
/** Seconds that a host may take for the bytes that were asked for. */
const pieceWait = 5;

/** Ends when a programmer that is in order was taken, or with the host's RESET. */
export async function speakEdl(
	pipe: Endpoint,
	traits: EdlTraits,
	log: Logger,
): Promise<'started' | 'reset'> {
	const refuse = (status: number) => {
		log(`the emergency loader refused: status 0x${status.toString(16)}`);
		return pipe.write(encode(saharaMessages.endImage, { image: programmer, status }));
	};
	await pipe.write(encode(saharaMessages.hello, { mode: imageTransfer }));
	log('the emergency loader said HELLO, mode 0');
	for (;;) {
		const packet = await readPacket(pipe);
		switch (packet?.message) {
			case saharaMessages.reset:
				await pipe.write(encode(saharaMessages.resetResponse));
				return 'reset';
			case saharaMessages.helloResponse: {
				if (numberOf(packet.fields, 'mode') !== imageTransfer) {
					await refuse(codeIn(saharaStatus, 'INVALID_COMMAND'));
					break;
				}
				const judged = await takeProgrammer(pipe, traits);
				if (judged === 'RESET') break;
				const status = traits.refuses ?? codeIn(saharaStatus, judged);
				if (status !== 0) await refuse(status);
				else await pipe.write(encode(saharaMessages.endImage, { image: programmer }));
				break;
			}
			case saharaMessages.done: {
				const state = traits.pending ? 0 : 1;
				await pipe.write(encode(saharaMessages.doneResponse, { 'image state': state }));
				log('the emergency loader starts the programmer');
				return 'started';
			}
			default:
				await refuse(codeIn(saharaStatus, packet ? 'INVALID_COMMAND' : 'INVALID_PACKET_SIZE'));
		}
	}
}

/** Reads the file as its headers say, and returns the status that it deserves. */
async function takeProgrammer(pipe: Endpoint, traits: EdlTraits): Promise<string> {
	const ask = (offset: number, length: number) => readPiece(pipe, traits, offset, length);
	const header = await ask(0, elf.header);
	if (!header) return 'RESET';
	if (header.readUInt32BE(0) !== 0x7f454c46) return 'INVALID_ELF_HEADER';
	if (header.readUInt16LE(0x2c) !== 1) return 'UNSUPPORTED_NUM_PHDRS';
	const segment = await ask(header.readUInt32LE(0x1c), elf.programHeader);
	if (!segment) return 'RESET';
	const [start, length] = [segment.readUInt32LE(4), segment.readUInt32LE(16)];
	const pieces: Buffer[] = [];
	for (let at = 0; at < length; at += longestPiece) {
		const piece = await ask(start + at, Math.min(longestPiece, length - at));
		if (!piece) return 'RESET';
		pieces.push(piece);
	}
	const image = Buffer.concat(pieces);
	const hash = createHash('sha256').update(image.subarray(0, -elf.hash)).digest();
	return hash.equals(image.subarray(-elf.hash)) ? 'SUCCESS' : 'HASH_VERIFICATION_FAILURE';
}

/** The bytes of a piece, raw; undefined when the host says something else, which is left to be read. */
async function readPiece(
	pipe: Endpoint,
	{ wide }: EdlTraits,
	offset: number,
	length: number,
): Promise<Buffer | undefined> {
	await pipe.write(
		wide
			? encode(saharaMessages.readData64, {
					image: BigInt(programmer),
					offset: BigInt(offset),
					'data length': BigInt(length),
				})
			: encode(saharaMessages.readData, { image: programmer, offset, 'data length': length }),
	);
	let taken: Buffer = Buffer.alloc(0);
	while (taken.length < length) {
		const more = await pipe.read(taken.length > 0 ? pieceWait : undefined);
		if (!more) break;
		taken = Buffer.concat([taken, more]);
		// A host that gives up says RESET where bytes were due: no piece is so short.
		if (taken.equals(reset)) break;
	}
	if (taken.length < length) {
		pipe.unread(taken);
		return undefined;
	}
	pipe.unread(taken.subarray(length));
	return taken.subarray(0, length);
}

const reset = encode(saharaMessages.reset);
