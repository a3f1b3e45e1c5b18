/** Every byte of a firmware file in hexadecimal, wherever a person scrolls to. */
import type { FirmwareFile } from '../../firmware/firmware-file.ts';
import type { Look } from '../look.ts';
import type { Size } from '../rows.ts';
import { hex } from '../words.ts';
import { hexRows } from './hex-pane.ts';
import type { ImageBytes } from './image-bytes.ts';
import { Cursor } from './list.ts';

/** Columns from which a row shows 16 bytes beside an offset of 8 digits (hex-pane.ts). */
const sixteenNeed = 79;

export class ImageHex {
	readonly cursor = new Cursor();
	readonly #bytes: ImageBytes;
	#perRow = 16;
	/** Where to begin, until the width of a row is known. */
	#wanted: number | undefined;

	constructor(bytes: ImageBytes) {
		this.#bytes = bytes;
	}

	/** The offset of the uppermost row. */
	get offset(): number {
		return this.#wanted ?? this.cursor.at * this.#perRow;
	}

	get title(): string {
		return `hex of the file from 0x${hex(this.offset, 7)}`;
	}

	goTo(offset: number): void {
		this.#wanted = offset;
	}

	rows(look: Look, file: FirmwareFile, { width, height }: Size): string[] {
		const { offset } = this;
		this.#perRow = width >= sixteenNeed ? 16 : 8;
		// The cursor is the uppermost row, so it ends a screenful before the file does.
		const last = Math.max(0, Math.ceil(file.size / this.#perRow) - height);
		if (this.#wanted !== undefined) {
			this.cursor.at = Math.floor(offset / this.#perRow);
			this.#wanted = undefined;
		}
		this.cursor.place({ first: 0, end: last + 1 }, height);
		const base = this.cursor.at * this.#perRow;
		const bytes = this.#bytes.at(file, base, height * this.#perRow);
		return hexRows(look, { bytes, base, width, height });
	}
}
