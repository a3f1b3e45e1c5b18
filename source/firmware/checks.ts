/**
 * What can be said about a firmware file without the modem: each check is one sentence about one
 * image, and says so where it cannot know. Which bytes no check covers, `outside.ts` tells.
 */
import { grouped } from '../protocol/text/numbers.ts';
import type { Check, CheckState } from './cwe/check.ts';
import { readContents } from './cwe/contents.ts';
import { type Header, headerLength, psbLength } from './cwe/header.ts';
import {
	compositeCheck,
	contentChecks,
	duplicateChecks,
	indicatorCheck,
	revisionCheck,
	sizeCheck,
	stringsCheck,
	typeCheck,
} from './cwe/header-checks.ts';
import { allImages, type ImageNode, type ReadAt, type Row } from './cwe/image-tree.ts';
import { type Progress, type ReadInto, RunningCrc } from './cwe/running-crc.ts';
import { settingsChecks } from './cwe/settings-checks.ts';

export type { Check, CheckName, CheckState } from './cwe/check.ts';

/** What the checks need of an open file. */
export type Checkable = Row & {
	readonly size: number;
	readonly read: ReadInto;
	/** The same, for the one pass from the first byte to the last. */
	readonly pass?: ReadInto;
};

/**
 * Every check of every image, in the order of the file, in one pass over its bytes.
 * Rejects with the signal's reason when it aborts, with a `Problem` when the file gets shorter.
 */
export async function checkImages(
	{ images, rest, size, read, pass = read }: Checkable,
	onProgress?: Progress,
	signal?: AbortSignal,
): Promise<Check[]> {
	const all = allImages(images);
	const cuts = all.flatMap(({ start, end }) => [
		start,
		start + psbLength,
		start + headerLength,
		end,
	]);
	const crcs = await RunningCrc.over(pass, cuts, size, onProgress, signal);
	const contents = await readContents(images, readAt(read));
	const doubles = images.flatMap(duplicateChecks);
	return [
		...lengthChecks({ images, rest }, size),
		...all.flatMap((image) => [
			sizeCheck(image),
			...compositeCheck(image),
			psbCheck(image, crcs),
			imageCheck(image, crcs),
			indicatorCheck(image),
			revisionCheck(image),
			stringsCheck(image),
			typeCheck(image),
			...doubles.filter((double) => double.image === image.start),
			...contentChecks(image),
			...settingsChecks(contents.find((content) => content.image === image.start)),
		]),
	];
}

const readAt =
	(read: ReadInto): ReadAt =>
	async (offset, length) => {
		const buffer = Buffer.alloc(length);
		return buffer.subarray(0, length && (await read(buffer, offset)));
	};

function lengthChecks({ images, rest }: Row, size: number): Check[] {
	const [first, ...others] = images;
	if (!first) return [];
	const check = (state: CheckState, says: string): Check => ({
		image: first.start,
		name: 'file length',
		state,
		says,
	});
	const checks: Check[] = [];
	if (others.length) {
		checks.push(
			check(
				'failed',
				`${images.length} images follow each other; a download sends one, so split the file.`,
			),
		);
	}
	if (rest) {
		checks.push(
			check(
				'failed',
				`${grouped(rest.length)} bytes at 0x${rest.offset.toString(16)} are in no image.`,
			),
		);
	}
	if (checks.length) return checks;
	return [
		check('checked', `The file has the ${grouped(size)} bytes that its header and image need.`),
	];
}

function psbCheck({ start, header }: ImageNode, crcs: RunningCrc): Check {
	const crc = crcs.between(start, start + psbLength);
	const right = crc === header.psbCrc;
	return {
		image: start,
		name: 'PSB CRC',
		state: right ? 'checked' : 'failed',
		says: right
			? `The first 256 bytes have the CRC that the header says, ${hex(crc)}.`
			: `The header says CRC ${hex(header.psbCrc)} for its first 256 bytes, they have ${hex(crc)}.`,
	};
}

function imageCheck({ start, end, header, children }: ImageNode, crcs: RunningCrc): Check {
	const crc = crcs.between(start + headerLength, end);
	const check = { image: start, name: 'image CRC' } as const;
	if (crc === header.crc) {
		const says = `The ${grouped(header.size)} bytes have the CRC that the header says, ${hex(crc)}.`;
		return { ...check, state: 'checked', says };
	}
	const differs = `The header says CRC ${hex(header.crc)}, the bytes have ${hex(crc)}`;
	// LK does not check the CRC of a compressed image either (sierra_cwe.c cwe_image_validate).
	return isCompressed(header) && !children.length
		? { ...check, state: 'not checkable', says: `${differs}: it may be of the unpacked bytes.` }
		: { ...check, state: 'failed', says: `${differs}: the image is damaged.` };
}

const isCompressed = ({ revision, options }: Header) => revision >= 3 && (options & 1) !== 0;

const hex = (crc: number) => crc.toString(16).padStart(8, '0');

/** One sentence about all checks together. */
export function verdict(checks: readonly Check[]): string {
	const failed = checks.filter(({ state }) => state === 'failed');
	const open = checks.filter(({ state }) => state === 'not checkable');
	const images = new Set(checks.map(({ image }) => image)).size;
	const whose = images === 1 ? 'the image' : `all ${images} images`;
	if (failed.length) return `Do not flash this file: ${counted(failed.length)} failed.`;
	const unknown = open.length ? ` ${counted(open.length)} could not be made.` : '';
	return `The file is whole: every CRC that can be checked is right in ${whose}.${unknown}`;
}

const counted = (count: number) => (count === 1 ? '1 check' : `${count} checks`);
