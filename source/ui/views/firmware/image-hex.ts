/** Every byte of a firmware file in hexadecimal, wherever a person scrolls to. */
import type { FirmwareFile } from '../../../firmware/firmware-file.ts';
import { hexRows } from '../../components/hex-dump.ts';
import { ListState } from '../../list/list-state.ts';
import type { Appearance } from '../../text/appearance.ts';
import { hex } from '../../text/format.ts';
import type { Size } from '../../text/lines.ts';
import { layout } from '../bridge/list-rows.ts';
import type { ImageBytes } from './image-bytes.ts';

/** Columns from which a row shows 16 bytes beside an offset of 8 digits (hex-pane.ts). */
const sixteenNeed = 79;

export class ImageHex {
	readonly list = new ListState();
	readonly #bytes: ImageBytes;
	#perRow = 16;
	#height = 1;

	constructor(bytes: ImageBytes) {
		this.#bytes = bytes;
	}

	/** The offset of the uppermost row. */
	get offset(): number {
		return this.list.at * this.#perRow;
	}

	get title(): string {
		return `hex of the file from 0x${hex(this.offset, 7)}`;
	}

	/** At once, so that keys which come before the next frame move on from there. */
	goTo(file: FirmwareFile, offset: number): void {
		this.#place(file);
		this.list.goTo(Math.floor(offset / this.#perRow));
	}

	rows(appearance: Appearance, file: FirmwareFile, { width, height }: Size): string[] {
		const { offset } = this;
		this.#perRow = width >= sixteenNeed ? 16 : 8;
		this.#height = height;
		this.goTo(file, offset);
		const bytes = this.#bytes.at(file, this.offset, height * this.#perRow);
		return hexRows(appearance, { bytes, base: this.offset, width, height });
	}

	/** The cursor is the uppermost row, so it ends a screenful before the file does. */
	#place({ size }: FirmwareFile): void {
		const last = Math.max(0, Math.ceil(size / this.#perRow) - this.#height);
		layout(this.list, { first: 0, end: last + 1 }, this.#height);
	}
}

/** An offset as a person types it; NaN, which is below nothing, for what is none. */
export const offsetOf = (typed: string): number =>
	/^(?:0x[\da-f]+|\d+)$/i.test(typed) ? Number(typed) : Number.NaN;
