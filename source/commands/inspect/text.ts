import { type Check, type CheckState, verdict } from '../../firmware/checks.ts';
import type { Content } from '../../firmware/cwe/contents.ts';
import { allImages, type ImageNode } from '../../firmware/cwe/image-tree.ts';
import { imageType } from '../../firmware/cwe/image-types.ts';
import { outsideSentence } from '../../firmware/cwe/outside.ts';
import { settingName, settingValue } from '../../firmware/cwe/setting-words.ts';
import type { FirmwareFile } from '../../firmware/firmware-file.ts';
import type { Match } from '../../firmware/match.ts';
import type { PairCheck } from '../../firmware/pair.ts';
import type { Examined } from '../../firmware/report.ts';
import { type OtherVersion, versionParts } from '../../firmware/versions.ts';
import { grouped } from '../../protocol/text/numbers.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { wrap } from './wrap.ts';

/** A firmware file and its checks as a person reads them; no line is wider than `columns`. */
export function inspectText(examined: Examined, columns: number): string[] {
	const { file, checks, contents, otherVersions } = examined;
	const images = allImages(file.images);
	const size = `${grouped(file.size)} bytes, ${images.length} ${images.length === 1 ? 'image' : 'images'}`;
	const open = checks.filter(({ state }) => state !== 'checked');
	return [
		[
			...wrap(`${file.name}  ${size}`, columns),
			...(file.rehearsal ? ['Made for the simulated modem: no real modem can run it.'] : []),
		],
		treeLines(images, checks, columns),
		['OFFSET    TYPE HOLDS', ...contents.flatMap((content) => contentLines(content, images))],
		[...versionLines(file), ...file.versionConflicts, ...otherVersionLines(otherVersions)],
		open.map((check) => checkLine(check, images)),
		[outsideSentence(examined.outside) ?? []].flat(),
		matchLines(examined),
		[verdict(checks), ...matchVerdict(examined)],
	]
		.filter((block) => block.length)
		.flatMap((block, n) => [...(n ? [''] : []), ...block])
		.flatMap((line) => wrap(line, columns));
}

/** Two files that are flashed together. */
export function pairText(checks: readonly PairCheck[], columns: number): string[] {
	const pairs = Map.groupBy(checks, ({ files }) => files.join(' and '));
	return [...pairs].flatMap(([names, made]) => {
		const failed = made.some(({ state }) => state === 'failed');
		return [
			`${names}, as a pair`,
			...made.map(({ state, name, says }) => `${marks[state].padEnd(6)} ${name}: ${says}`),
			failed
				? 'Do not flash them together.'
				: 'They belong together, by all that they say of themselves.',
		].flatMap((line) => wrap(line, columns));
	});
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
	return lines.length ? lines : ['Neither a header nor the file name has a version.'];
}

/** Types and versions of many images would fill the screen: one line a version. */
function otherVersionLines(others: readonly OtherVersion[]): string[] {
	return [...Map.groupBy(others, ({ value }) => value)].map(([value, images]) => {
		const names = images.map(({ type, start }) => `${type} at 0x${start.toString(16)}`);
		const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
		return `Another version inside, ${value}: ${names.slice(0, 3).join(', ')}${more}.`;
	});
}

/** Settings of one image that are listed; the JSON has all. */
const listedSettings = 8;

function contentLines({ image, kind, says, settings }: Content, images: readonly ImageNode[]) {
	const type = images.find(({ start }) => start === image)?.header.type ?? '';
	const meant = imageType(type)?.says ?? 'a type that no public source names';
	const items = settings?.items ?? [];
	const what = kind === 'settings' ? `${items.length} settings` : says;
	const more = items.length - listedSettings;
	return [
		`${offset(image)} ${type.padEnd(4)} ${meant}: ${what}`,
		...items
			.slice(0, listedSettings)
			.map((item) => `  ${settingName(item)} = ${settingValue(item, 8)}`),
		...(more > 0 ? [`  and ${more} more, see --json`] : []),
	];
}

const matchMarks: Readonly<Record<Match['state'], string>> = {
	ok: 'ok',
	warn: 'look',
	refuse: 'NO',
};

function matchLines({ modem, matches }: Examined): string[] {
	if (!modem) return [];
	return [
		`On ${sanitize(modem.model)}:`,
		...matches.map(({ name, state, says }) => `${matchMarks[state].padEnd(4)} ${name}: ${says}`),
	];
}

const matchVerdict = ({ modem, matches }: Examined): string[] =>
	modem && matches.some(({ state }) => state === 'refuse')
		? [`Do not flash it to ${sanitize(modem.model)}: it is not for that modem.`]
		: [];

function checkLine({ image, name, state, says }: Check, images: readonly ImageNode[]): string {
	const type = images.find(({ start }) => start === image)?.header.type ?? '';
	return `${marks[state]} ${offset(image)} ${type} ${name}: ${says}`;
}

export const offset = (start: number) => `0x${start.toString(16).padStart(7, '0')}`;
