/**
 * The images of a firmware file, one inside the other. The walk is libqmi's (qfu-image-cwe.c): a
 * child stands right after its parent's header or the child before it, and a payload that does not
 * begin with a valid header is a leaf. It reads headers only, never a payload.
 */

import type { ImageRange } from '../../events.ts';
import { exitCode, Problem } from '../../problem.ts';
import type { DecodedField } from '../../protocol/fields.ts';
import { grouped } from '../../protocol/text/numbers.ts';
import { cweCrc } from './crc.ts';
import {
	decodeHeader,
	type Header,
	headerIn,
	headerLength,
	psbLength,
	unprintable,
} from './header.ts';

/** Reads up to `length` bytes at an offset of the file; fewer at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

export type ImageNode = {
	/** Offset of the header, and of the first byte after the image, in the file. */
	readonly start: number;
	readonly end: number;
	/** 0 for an image that stands in no other. */
	readonly depth: number;
	readonly header: Header;
	/** The fields of the header; their offsets count from `start`. */
	readonly fields: readonly DecodedField[];
	/** Names of the header fields that should be text and are not. */
	readonly unprintable: readonly string[];
	readonly children: readonly ImageNode[];
	/** What is left of a composite's payload behind its last child. */
	readonly rest: Rest | undefined;
};

export type Rest = {
	readonly offset: number;
	readonly length: number;
	/** Why no image was read there, in one sentence. */
	readonly why: string;
};

export type Row = { readonly images: readonly ImageNode[]; readonly rest: Rest | undefined };

/** Known files are 4 deep and hold some 30 images; a file that goes far beyond wants to hurt. */
const deepest = 16;
const mostImages = 4096;

/** Reads the images between two offsets, each with its inner images. */
export async function readImages(read: ReadAt, from: number, end: number): Promise<Row> {
	let count = 0;
	return readRow(from, end, 0);

	async function readRow(from: number, end: number, depth: number): Promise<Row> {
		const images: ImageNode[] = [];
		let at = from;
		while (end - at >= headerLength) {
			const found = readCandidate(await read(at, headerLength), end - at);
			if ('why' in found) {
				const meant = found.meant || images.length > 0;
				return { images, rest: meant ? rest(at, end, found.why) : undefined };
			}
			count += 1;
			if (depth > deepest || count > mostImages) throw tooMany();
			const stop = at + headerLength + found.header.size;
			const inner = await readRow(at + headerLength, stop, depth + 1);
			images.push({
				start: at,
				end: stop,
				depth,
				...found,
				children: inner.images,
				rest: inner.rest,
			});
			at = stop;
		}
		const short = `${end - at} bytes are too few for another image.`;
		return { images, rest: at < end && images.length ? rest(at, end, short) : undefined };
	}
}

const rest = (offset: number, end: number, why: string): Rest => ({
	offset,
	length: end - offset,
	why,
});

const tooMany = () =>
	new Problem(
		exitCode.fileRejected,
		`The file nests images more than ${deepest} deep or holds more than ${mostImages}; no firmware does.`,
		{ next: 'get the file from its maker again.' },
	);

type Found = Pick<ImageNode, 'header' | 'fields' | 'unprintable'>;
type Judged = Omit<Found, 'fields'>;
/** `meant`: the bytes were a header once, for the CRC of its first 256 bytes is right. */
type NotFound = { readonly why: string; readonly meant: boolean };

/** Reads bytes as a header of an image that has `room` bytes, its header included. */
function readCandidate(raw: Uint8Array, room: number): Found | NotFound {
	const found = judgeHeader(raw);
	if ('why' in found) return found;
	const { type, size } = found.header;
	const over = headerLength + size - room;
	if (over <= 0) return { ...found, fields: decodeHeader(raw) };
	return {
		why: `A header of type ${type} says ${grouped(size)} bytes, ${grouped(over)} more than there are.`,
		meant: psbIsWhole(raw, found.header),
	};
}

/**
 * Reads bytes as a header, whatever length it claims. Unlike libqmi, 0xFF may fill a text (LK
 * sierra_cwe.c), the type may not be empty, and a header whose PSB CRC is right is taken with bad
 * text in it and without a byte behind it, so that this can be shown as such.
 */
export function readHeader(raw: Uint8Array): Found | NotFound {
	const found = judgeHeader(raw);
	return 'why' in found ? found : { ...found, fields: decodeHeader(raw) };
}

function judgeHeader(raw: Uint8Array): Judged | NotFound {
	const header = headerIn(raw);
	const bad = unprintable(raw);
	const meant = raw.length >= headerLength && psbIsWhole(raw, header);
	if (raw.length < headerLength) return { why: 'The header is not whole.', meant };
	if (!header.type || bad.includes('type') || bad.includes('product')) {
		return { why: 'The type or product is not text.', meant };
	}
	if (bad.length && !meant) return { why: 'The version or date is not text.', meant };
	if (header.size === 0 && !meant) {
		return { why: 'The header says that nothing follows it.', meant };
	}
	return { header, unprintable: bad };
}

const psbIsWhole = (raw: Uint8Array, { psbCrc }: Header) =>
	cweCrc(raw.subarray(0, psbLength)) === psbCrc;

/** Every image, parents before their children, in the order of the file. */
export function allImages(images: readonly ImageNode[]): ImageNode[] {
	return images.flatMap((image) => [image, ...allImages(image.children)]);
}

/** The lines that `qmi-firmware-update --verbose` prints about the same file, in its order. */
export function ranges(images: readonly ImageNode[]): string[] {
	// It reads no image behind one that is empty.
	const empty = images.findIndex(({ header }) => header.size === 0);
	return images
		.slice(0, empty < 0 ? images.length : empty)
		.flatMap(({ start, end, children }) => [
			`image offset range: [${start},${end}]`,
			...ranges(children),
		]);
}

/** The tree as a recording keeps it. */
export function imageRanges(images: readonly ImageNode[]): ImageRange[] {
	return allImages(images).map(({ start, end, depth, header: { type, version } }) => ({
		start,
		end,
		depth,
		type,
		version,
	}));
}
