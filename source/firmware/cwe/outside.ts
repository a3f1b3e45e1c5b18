/**
 * Bytes of a firmware file that may change without a check that fails. No CRC covers a top image's
 * header behind its first 256 bytes; its size, its CRC and the CRC indicator there are held against
 * the rest of the file.
 */
import { grouped } from '../../protocol/text/numbers.ts';
import type { Check } from './check.ts';
import { headerLength, psbLength } from './header.ts';
import { allImages, type ImageNode } from './image-tree.ts';

export type Outside = {
	/** Offsets in the file, of the first byte and of the first one behind. */
	readonly start: number;
	readonly end: number;
	/** The header fields there; empty where it is no header. */
	readonly fields: readonly string[];
};

/** What no check of `checks` would notice, in the order of the file. */
export function outsideOf(
	images: readonly ImageNode[],
	checks: readonly Check[],
	size: number,
): Outside[] {
	const open = new Set(
		checks
			.filter(({ name, state }) => name === 'image CRC' && state === 'not checkable')
			.map(({ image }) => image),
	);
	const covered = allImages(images)
		.flatMap((image) => coverOf(image, open.has(image.start)))
		.sort(([a], [b]) => a - b);
	// Bytes behind the last image fail the check of the file's length.
	const last = images.at(-1)?.end ?? 0;
	const outside: Outside[] = [];
	let at = 0;
	for (const [start, end] of [...covered, [last, size] as const]) {
		if (start > at) outside.push(...outsideBetween(images, at, start));
		at = Math.max(at, end);
	}
	return outside;
}

type Stretch = readonly [start: number, end: number];

function coverOf({ start, end, fields }: ImageNode, crcIsOpen: boolean): Stretch[] {
	const places = ['psb crc', 'crc indicator', 'size', ...(crcIsOpen ? [] : ['crc'])];
	const held = fields
		.filter(({ name }) => places.includes(name))
		.map(({ offset, length }): Stretch => [start + offset, start + offset + length]);
	const payload: Stretch[] = crcIsOpen ? [] : [[start + headerLength, end]];
	return [[start, start + psbLength], ...held, ...payload];
}

/** One stretch for the fields of a header, one for the bytes behind it. */
function outsideBetween(images: readonly ImageNode[], start: number, end: number): Outside[] {
	const image = allImages(images).findLast((image) => image.start <= start);
	if (!image) return [{ start, end, fields: [] }];
	const border = image.start + headerLength;
	const stretches: Stretch[] = [
		[start, Math.min(end, border)],
		[Math.max(start, border), end],
	];
	return stretches
		.filter(([from, to]) => from < to)
		.map(([from, to]) => ({
			start: from,
			end: to,
			fields: image.fields
				.filter(({ offset }) => image.start + offset >= from && image.start + offset < to)
				.map(({ name }) => name),
		}));
}

/** The same in one sentence; undefined when a check covers every byte. */
export function outsideSentence(outside: readonly Outside[]): string | undefined {
	if (!outside.length) return undefined;
	const bytes = outside.reduce((sum, { start, end }) => sum + end - start, 0);
	const places = outside.map(({ start, end, fields }) => {
		const names = fields.length > 3 ? `${fields[0]} to ${fields.at(-1)}` : fields.join(', ');
		return `0x${start.toString(16)}-0x${(end - 1).toString(16)}${names && ` (${names})`}`;
	});
	return `Outside every check are ${grouped(bytes)} bytes: ${places.join(', ')}.`;
}
