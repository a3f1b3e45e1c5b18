/**
 * Raw bytes that an earlier message announced: sectors after `rawmode`, pieces of images and of memory
 * after Sahara's READ_DATA and MEMORY_READ, chunks after QDL's UFWRITE. They become blocks of one size,
 * however reads cut them. A block that came in one read is not copied.
 */

import { decode, type Message, numberOf } from '../fields.ts';
import { mainElement } from '../firehose/firehose.ts';
import { qdlMessages } from '../qdl/qdl.ts';
import { memoryTable, memoryTable64 } from '../sahara/memory.ts';
import { headerLength, readSahara, saharaMessages } from '../sahara/sahara.ts';
import type { Direction, MessageMatch, NeedMoreBytes } from './message-match.ts';

type Raw = {
	what: string;
	/** Undefined when nobody announced a total: the modem ends it. */
	total: number | undefined;
	at: number;
	block: number;
	table?: Message;
};

/** A loader may propose a longer block; it is not believed, bytes. */
const longestBlock = 1024 * 1024;
const shortestBlock = 512;
/** Blocks where nobody says how long they are, bytes. */
const usualBlock = 16_384;
/** A longer memory table is shown as plain memory, bytes. */
const longestTable = 16_384;

export class RawData {
	readonly #due: Partial<Record<Direction, Raw>> = {};
	#block = usualBlock;
	/** What <program> or <read> asked for, until the modem answers with rawmode. */
	#asked: { dir: Direction; total: number | undefined } | undefined;
	/** The only direction in which raw bytes may be announced now; undefined allows both. */
	#announce: Direction | undefined;
	#table: { address: bigint; message: Message } | undefined;

	/** Another one that goes on from here by itself. */
	copy(): RawData {
		const copy = new RawData();
		for (const dir of ['out', 'in'] as const) {
			const raw = this.#due[dir];
			if (raw) copy.#due[dir] = { ...raw };
		}
		copy.#block = this.#block;
		copy.#asked = this.#asked;
		copy.#announce = this.#announce;
		copy.#table = this.#table;
		return copy;
	}

	/** Bytes that complete the block in `dir`, of which `held` are here; undefined when none is due. */
	missing(dir: Direction, held: number): number | undefined {
		const raw = this.#due[dir];
		return raw && Math.max(1, sizeOf(raw) - held);
	}

	/** The raw block at the start of a buffer, or undefined when no raw bytes are due. */
	match(dir: Direction, buffer: Buffer): MessageMatch | NeedMoreBytes | undefined {
		const raw = this.#due[dir];
		if (!raw) return undefined;
		if (raw.at === 0) {
			const instead = saysSomethingElse(dir, buffer);
			if (instead === 'more') return 'more';
			if (instead === 'yes') {
				delete this.#due[dir];
				return undefined;
			}
		}
		const length = Math.min(sizeOf(raw), buffer.length);
		const { what, at, total, table } = raw;
		const known = table && length === total ? decode(table, buffer.subarray(0, length)) : [];
		return {
			protocol: 'data',
			name: `bytes ${at}..${at + length - 1}${total === undefined ? '' : ` of ${total}`}`,
			description: known.length > 0 ? table!.description : what,
			fields: known,
			certainty: 'likely',
			because: 'raw bytes are due here',
			length,
			open: length < sizeOf(raw),
		};
	}

	/** Counts bytes of the raw data; it may be complete now. */
	took(dir: Direction, length: number): void {
		const raw = this.#due[dir];
		if (!raw) return;
		raw.at += length;
		if (raw.at === raw.total) delete this.#due[dir];
	}

	/**
	 * Learns from a message what raw data follows. `waited`: the other side has bytes in the buffer
	 * since before, which are no part of it.
	 */
	receive(dir: Direction, found: MessageMatch, waited: boolean): void {
		this.#announce = waited ? dir : undefined;
		if (found.elements) this.#receiveFirehose(dir, found.elements);
		else if (found.packet) this.#receiveSahara(dir, found);
		else if (found.protocol === 'QDL') this.#receiveQdl(dir, found);
	}

	#expect(dir: Direction, what: string, total: number | undefined, more: Partial<Raw> = {}): void {
		if (total === 0 || (this.#announce !== undefined && dir !== this.#announce)) return;
		this.#due[dir] = { what, total, at: 0, block: this.#block, ...more };
	}

	#receiveFirehose(dir: Direction, elements: NonNullable<MessageMatch['elements']>): void {
		const main = mainElement(elements);
		if (!main) return;
		const { name, attributes } = main;
		const size = Number(attributes.MaxPayloadSizeToTargetInBytes);
		if (Number.isInteger(size)) {
			this.#block = Math.min(longestBlock, Math.max(shortestBlock, size));
		}
		if (dir === 'out' && /^(?:program|read)$/i.test(name)) {
			const total =
				Number(attributes.num_partition_sectors) * Number(attributes.SECTOR_SIZE_IN_BYTES);
			const known = Number.isSafeInteger(total) && total > 0;
			this.#asked = {
				dir: /^program$/i.test(name) ? 'out' : 'in',
				total: known ? total : undefined,
			};
		} else if (dir === 'in' && name === 'response') {
			delete this.#due.out;
			const goesOn = attributes.value === 'ACK' && attributes.rawmode === 'true';
			if (goesOn && this.#asked) this.#expect(this.#asked.dir, sectors, this.#asked.total);
			else if (!goesOn) this.#asked = undefined;
		}
	}

	#receiveSahara(dir: Direction, { packet }: MessageMatch): void {
		const { message, fields } = packet!;
		const size = Number(fields.find(({ name }) => name === 'data length')?.value ?? 0);
		const address = BigInt(
			fields.find(({ name }) => /^(?:table )?address$/.test(name))?.value ?? 0,
		);
		if (dir === 'in') delete this.#due.out;
		else delete this.#due.in;
		const {
			readData,
			readData64,
			writeData,
			memoryDebug,
			memoryDebug64,
			memoryRead,
			memoryRead64,
		} = saharaMessages;
		if (dir === 'in' && (message === readData || message === readData64)) {
			this.#expect('out', 'The piece of the image that the loader asked for.', size);
		} else if (dir === 'in' && message === writeData) {
			this.#expect('in', 'The piece that the loader hands us.', size);
		} else if (dir === 'in' && message === memoryDebug) {
			this.#table = { address, message: memoryTable };
		} else if (dir === 'in' && message === memoryDebug64) {
			this.#table = { address, message: memoryTable64 };
		} else if (dir === 'out' && (message === memoryRead || message === memoryRead64)) {
			const isTable = this.#table?.address === address && size <= longestTable;
			const table = isTable ? { table: this.#table!.message, block: longestTable } : {};
			this.#expect('in', 'The memory that we asked for.', size, table);
		}
	}

	#receiveQdl(dir: Direction, { name, fields }: MessageMatch): void {
		if (dir === 'in') delete this.#due.out;
		if (dir !== 'out' || name !== qdlMessages.write.name) return;
		const size = numberOf(fields, 'chunk size');
		// libqmi sends 1 MiB at most; a longer chunk is a lie.
		if (size <= longestBlock) {
			this.#expect('out', 'The data of this chunk, raw.', size, { block: longestBlock });
		}
	}
}

const sectors = 'Sectors, raw. When the last one is there, the loader checks and writes.';

/** Bytes from here to the end of the block. */
const sizeOf = ({ total, at, block }: Raw): number =>
	Math.min((total ?? Number.POSITIVE_INFINITY) - at, block - (at % block));

const xml = Buffer.from('<?xml');

/** Whether a message came in place of the raw bytes: a refusal, a reset, XML. */
function saysSomethingElse(dir: Direction, buffer: Buffer): 'yes' | 'no' | 'more' {
	const head = buffer.subarray(0, xml.length);
	if (head.equals(xml.subarray(0, head.length))) return head.length < xml.length ? 'more' : 'yes';
	const packet = readSahara(buffer.subarray(0, headerLength));
	if (!packet) return 'no';
	if (buffer.length < headerLength) return 'more';
	const command = buffer[0]!;
	const known = Object.values(saharaMessages).find(({ fields }) => fields[0]!.preset === command);
	return known?.sender === (dir === 'out' ? 'host' : 'modem') ? 'yes' : 'no';
}
