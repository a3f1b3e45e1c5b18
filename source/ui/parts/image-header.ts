/** The header of one image by field, its bytes lit; or the bytes of the image itself. */
import { headerLength } from '../../firmware/header.ts';
import type { ImageNode } from '../../firmware/image-tree.ts';
import { sanitize } from '../../protocol/sanitize.ts';
import type { OpenFirmware } from '../../session/session.ts';
import type { Desk } from '../desk.ts';
import { type Size, wrap } from '../rows.ts';
import { fieldSentence, fieldTable } from './field-table.ts';
import { hexRows } from './hex-pane.ts';
import { Cursor } from './list.ts';

/** Bytes of an image that its hex shows; enough to see what it is. */
const window = 4096;
const rowLength = 16;

export class ImageHeader {
	readonly #desk: Desk;
	readonly #fields = new Cursor();
	readonly #hexRows = new Cursor();
	#hex = false;
	#read: { path: string; start: number; bytes: Uint8Array } | undefined;
	#started = false;

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	get cursor(): Cursor {
		return this.#hex ? this.#hexRows : this.#fields;
	}

	get title(): string {
		return this.#hex ? 'image, first 4096 bytes' : 'header by field';
	}

	toggle(): void {
		this.#hex = !this.#hex;
	}

	field(by: 1 | -1): void {
		this.#hex = false;
		this.#fields.move(by);
	}

	rows(firmware: OpenFirmware, node: ImageNode, { width, height }: Size): string[] {
		const { look } = this.#desk;
		const bytes = this.#bytes(firmware, node);
		if (this.#hex) {
			this.#hexRows.place({ first: 0, end: Math.ceil(bytes.length / rowLength) }, height);
			return hexRows(look, { bytes, base: node.start, width, height, top: this.#hexRows.at });
		}
		this.#startAtType(node);
		this.#fields.place({ first: 0, end: node.fields.length }, height);
		const worst = this.#worst(firmware, node, width);
		const field = node.fields[this.#fields.at];
		if (!field) return worst;
		const sentence = fieldSentence(look, field, width);
		const room = height - sentence.length - worst.length;
		const header = bytes.subarray(0, headerLength);
		const hex = hexRows(look, { bytes: header, base: node.start, width, height: room, lit: field });
		return [...hex, ...sentence, ...worst];
	}

	/** Every field of the header, one a row. */
	table(node: ImageNode, size: Size): string[] {
		this.#startAtType(node);
		return fieldTable(this.#desk.look, node.fields, { cursor: this.#fields, size });
	}

	/** The 256 bytes before the type are seldom what a person looks for. */
	#startAtType({ fields }: ImageNode): void {
		if (this.#started) return;
		this.#started = true;
		this.#fields.at = Math.max(
			0,
			fields.findIndex(({ name }) => name === 'type'),
		);
	}

	#worst({ checks }: OpenFirmware, { start }: ImageNode, width: number): string[] {
		const bad = checks?.find(({ image, state }) => image === start && state !== 'checked');
		if (!bad) return [];
		return wrap(sanitize(`${bad.name}: ${bad.says}`), width - 2).map(
			(row) => ` ${this.#desk.look.paint.warn(row)}`,
		);
	}

	/** What was read of the image; reads it when it was not yet. */
	#bytes({ file }: OpenFirmware, { start }: ImageNode): Uint8Array {
		const read = this.#read;
		if (read?.path === file.path && read.start === start) return read.bytes;
		this.#read = { path: file.path, start, bytes: new Uint8Array() };
		void this.#desk.attempt(async () => {
			const bytes = await file.readBytes(start, window);
			this.#read = { path: file.path, start, bytes };
		});
		return new Uint8Array();
	}
}
