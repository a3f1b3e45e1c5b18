/** A setting in a few words, the same in a list, on the screen and in JSON. */
import type { Setting } from './contents.ts';

/** Bytes of a value that are shown; the file has the rest. */
export const shownBytes = 64;

/** `CARRIERID`, `/nv/item_files/…`, `NV item 10`. */
export const settingName = ({ name, id }: Pick<Setting, 'name' | 'id'>): string =>
	[id === undefined ? [] : `NV item ${id}`, name ?? []].flat().join(' ') || 'without a name';

/** A value that is text for people, NULs behind it left out; undefined when it is none. */
export function textOf(bytes: Uint8Array): string | undefined {
	const text = Buffer.from(bytes.subarray(0, shownBytes))
		.toString('latin1')
		.replace(/(?<!\0)\0+$/, '');
	return /^[ -~]{2,}$/.test(text) ? text : undefined;
}

/** `01 00`, `"9999999"`, `01 02 … (6294 bytes)`, `an NVUP image, CRC right`. */
export function settingValue(
	{ value: { bytes }, embedded }: Pick<Setting, 'value' | 'embedded'>,
	most: number = shownBytes,
): string {
	const [first] = embedded;
	if (first) {
		const right = embedded.every(({ crcIsRight }) => crcIsRight);
		return `image ${first.image.header.type}, ${bytes.length} bytes, CRC ${right ? 'right' : 'WRONG'}`;
	}
	if (!bytes.length) return 'empty';
	const text = textOf(bytes);
	if (text && text.length + 2 <= most * 3 && bytes.length <= shownBytes) return `"${text}"`;
	const hex = Buffer.from(bytes.subarray(0, most))
		.toString('hex')
		.replace(/..(?!$)/g, '$& ');
	return bytes.length > most ? `${hex} … (${bytes.length} bytes)` : hex;
}
