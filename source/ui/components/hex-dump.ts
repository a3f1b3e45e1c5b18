/** Bytes in hexadecimal beside their characters; the bytes of one field are lit and in brackets. */
import type { Appearance } from '../text/appearance.ts';
import { hex } from '../text/format.ts';

export type HexOptions = {
	readonly bytes: Uint8Array;
	/** The number that the first byte is shown at. */
	readonly base: number;
	readonly width: number;
	readonly height: number;
	/** Offset and length in `bytes`. */
	readonly lit?: { readonly offset: number; readonly length: number } | undefined;
	/** First row when no bytes are lit. */
	readonly top?: number;
	/** Of each offset; by default as few as the last one needs. */
	readonly digits?: number;
};

/** Columns that a row of 16 bytes needs beside its offset. */
const sixteenNeed = 71;

export function hexRows(appearance: Appearance, options: HexOptions): string[] {
	const { bytes, base, width, height, lit, top = 0 } = options;
	const { digits = base + bytes.length > 0x1_0000 ? 8 : 4 } = options;
	const perRow = width >= sixteenNeed + digits ? 16 : 8;
	const count = Math.ceil(bytes.length / perRow);
	const wanted = lit ? Math.floor(lit.offset / perRow) - Math.floor((height - 1) / 3) : top;
	const first = Math.max(0, Math.min(wanted, count - height));
	return Array.from({ length: Math.max(0, Math.min(height, count - first)) }, (_, index) => {
		const start = (first + index) * perRow;
		const row = bytes.subarray(start, start + perRow);
		const offset = appearance.paint.dim(hex(base + start, digits));
		const isLit = (at: number) =>
			lit !== undefined && start + at >= lit.offset && start + at < lit.offset + lit.length;
		return ` ${offset} ${hexCells(appearance, row, perRow, isLit)}  |${characters(appearance, row, isLit)}|`;
	});
}

type IsLit = (at: number) => boolean;

function hexCells(appearance: Appearance, row: Uint8Array, perRow: number, isLit: IsLit): string {
	let text = '';
	for (let at = 0; at <= perRow; at++) {
		const here = at < row.length && isLit(at);
		const before = at > 0 && at <= row.length && isLit(at - 1);
		const gap = at === 8 && perRow === 16 ? '  ' : ' ';
		if (here && !before) text += `${gap.slice(1)}[`;
		else if (before && !here) text += `]${gap.slice(1)}`;
		else text += gap;
		if (at === perRow) break;
		const cell = at < row.length ? hex(row[at]!, 2) : '  ';
		text += here ? appearance.paint.selected(cell) : cell;
	}
	return text;
}

function characters(appearance: Appearance, row: Uint8Array, isLit: IsLit): string {
	return [...row]
		.map((byte, at) => {
			const shown = byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
			return isLit(at) ? appearance.paint.selected(shown) : shown;
		})
		.join('');
}
