/** Every byte of a firmware file in hexadecimal, wherever a person scrolls to. */
import type { FirmwareFile } from '../../../firmware/firmware-file.ts';
import { ListState } from '../../list/list-state.ts';
import type { FileReader } from './file-reader.ts';

/** Columns from which a row shows 16 bytes beside an offset of 8 digits (hex-dump.ts). */
const sixteenNeed = 79;
/** Bytes around the uppermost row, before it and behind it; enough for any pane. */
const around = 4096;

export class FileHex {
	/** The cursor is the uppermost row. */
	readonly list = new ListState();
	bytes: Uint8Array = new Uint8Array();
	/** The offset of the first of `bytes` in the file. */
	base = 0;
	#perRow = 16;
	#size = 0;

	/** The bytes that are seen in rows of so many columns. */
	update({ size }: FirmwareFile, width: number): void {
		const offset = this.list.at * this.#perRow;
		const perRow = width >= sixteenNeed ? 16 : 8;
		this.#size = size;
		// The cursor ends a screenful before the file does.
		this.list.update({ first: 0, end: this.#lastTop(perRow, this.list.height) + 1 });
		if (perRow !== this.#perRow) this.goTo(offset, perRow);
	}

	read(file: FirmwareFile, reader: FileReader): void {
		const wanted = Math.max(0, this.list.at * this.#perRow - around);
		this.bytes = reader.bytes(file, wanted, 2 * around);
		this.base = wanted;
	}

	goTo(offset: number, perRow = this.#perRow): void {
		this.#perRow = perRow;
		this.list.goTo(Math.floor(offset / perRow));
	}

	/** The offset of the uppermost of so many rows. */
	offset(height: number): number {
		return Math.min(this.list.at, this.#lastTop(this.#perRow, height)) * this.#perRow;
	}

	/** The same as a row of `bytes`. */
	top(height: number): number {
		return (this.offset(height) - this.base) / this.#perRow;
	}

	#lastTop(perRow: number, height: number): number {
		return Math.max(0, Math.ceil(this.#size / perRow) - height);
	}
}

/** An offset as a person types it; NaN, which is below nothing, for what is none. */
export const offsetOf = (typed: string): number =>
	/^(?:0x[\da-f]+|\d+)$/i.test(typed) ? Number(typed) : Number.NaN;
