import stringWidth from 'string-width';
import { type Check, type CheckState, verdict } from '../firmware/checks.ts';
import type { FirmwareFile } from '../firmware/firmware-file.ts';
import { allImages, type ImageNode } from '../firmware/image-tree.ts';
import { versionParts } from '../firmware/versions.ts';

/** A firmware file and its checks as a person reads them; no line is wider than `columns`. */
export function inspectText(
	file: FirmwareFile,
	checks: readonly Check[],
	columns: number,
): string[] {
	const images = allImages(file.images);
	const size = `${grouped(file.size)} bytes, ${images.length} ${images.length === 1 ? 'image' : 'images'}`;
	const open = checks.filter(({ state }) => state !== 'checked');
	return [
		...wrap(`${file.name}  ${size}`, columns),
		...(file.rehearsal ? ['Made for the rehearsal: no real modem can run it.'] : []),
		'',
		...treeLines(images, checks, columns),
		'',
		...versionLines(file),
		...file.versionConflicts,
		...(open.length ? [''] : []),
		...open.map((check) => checkLine(check, images)),
		'',
		verdict(checks),
	].flatMap((line) => wrap(line, columns));
}

const marks: Readonly<Record<CheckState, string>> = {
	checked: 'ok',
	failed: 'FAILED',
	'not checkable': 'partly',
};

function markOf(image: ImageNode, checks: readonly Check[]): string {
	const states = checks.filter((check) => check.image === image.start).map(({ state }) => state);
	if (states.includes('failed')) return marks.failed;
	return states.includes('not checkable') ? marks['not checkable'] : marks.checked;
}

function treeLines(images: readonly ImageNode[], checks: readonly Check[], columns: number) {
	const rows = images.map((image) => ({
		offset: offset(image.start),
		type: `${' '.repeat(image.depth)}${image.header.type}`,
		product: image.header.product,
		size: grouped(image.header.size),
		crc: image.header.crc.toString(16).padStart(8, '0'),
		version: image.header.version,
		mark: markOf(image, checks),
	}));
	const head = {
		offset: 'OFFSET',
		type: 'TYPE',
		product: 'PROD',
		size: 'SIZE',
		crc: 'CRC',
		version: 'VERSION',
		mark: 'CHECK',
	};
	const table = [head, ...rows];
	const width = (name: keyof typeof head) => Math.max(...table.map((row) => row[name].length));
	const fixed = width('offset') + width('type') + width('product') + width('size') + 8 + 6 + 7;
	const room = Math.max(8, columns - fixed);
	return table.map((row) =>
		[
			row.offset.padEnd(width('offset') + 1),
			row.type.padEnd(width('type')),
			row.product.padEnd(width('product')),
			row.size.padStart(width('size')),
			row.crc.padEnd(8),
			cut(row.version, room).padEnd(room),
			row.mark,
		]
			.join(' ')
			.trimEnd(),
	);
}

const cut = (text: string, room: number) =>
	text.length > room ? `${text.slice(0, room - 2)}..` : text;

function versionLines({ versions }: FirmwareFile): string[] {
	const lines = versionParts.flatMap((part) => {
		const found = versions[part];
		if (!found) return [];
		const label = part === 'bootBlock' ? 'boot block' : part;
		return `${label.padEnd(10)} ${found.value.padEnd(14)} ${found.source}`;
	});
	return lines.length ? lines : ['Neither a header nor the file name tells a version.'];
}

function checkLine({ image, name, state, says }: Check, images: readonly ImageNode[]): string {
	const type = images.find(({ start }) => start === image)?.header.type ?? '';
	return `${marks[state]} ${offset(image)} ${type} ${name}: ${says}`;
}

export const offset = (start: number) => `0x${start.toString(16).padStart(7, '0')}`;

const grouped = (count: number) => String(count).replace(/\B(?=(?:\d{3})+$)/g, ' ');

/** Breaks a line at spaces, or anywhere in a word that is too long; further lines are indented. */
export function wrap(line: string, columns: number): string[] {
	if (stringWidth(line) <= columns) return [line];
	const lines: string[] = [];
	let current = '';
	for (const piece of line.match(/\s*\S+/g) ?? []) {
		if (stringWidth(current + piece) <= columns) {
			current += piece;
			continue;
		}
		if (current) lines.push(current);
		current = `${lines.length ? '  ' : ''}${piece.trim()}`;
		while (stringWidth(current) > columns) {
			const head = fitting(current, columns);
			lines.push(head);
			current = `  ${current.slice(head.length)}`;
		}
	}
	return [...lines, current];
}

/** The longest beginning that is not wider than `columns`. */
function fitting(text: string, columns: number): string {
	let head = '';
	for (const { segment } of new Intl.Segmenter().segment(text)) {
		if (stringWidth(head + segment) > columns) break;
		head += segment;
	}
	return head;
}
