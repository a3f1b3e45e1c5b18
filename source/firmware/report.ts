/**
 * What is known about a firmware file as one object of plain values, for scripts: docs/inspect.md
 * documents its names, which stay as they are. Offsets count from the start of the file, sizes are
 * bytes, CRCs and addresses are numbers.
 */
import { sanitize } from '../protocol/text/sanitize.ts';
import { type Check, verdict } from './checks.ts';
import { type Content, readContents, type Setting, type Settings } from './cwe/contents.ts';
import { optionNames } from './cwe/header.ts';
import type { ImageNode } from './cwe/image-tree.ts';
import { type Outside, outsideOf } from './cwe/outside.ts';
import { shownBytes, textOf } from './cwe/setting-words.ts';
import type { FirmwareFile } from './firmware-file.ts';
import { type Match, type Modem, matchModem } from './match.ts';
import { type OtherVersion, otherVersions } from './versions.ts';

/** A file, its checks, and all that follows from both. */
export type Examined = {
	readonly file: FirmwareFile;
	readonly checks: readonly Check[];
	readonly contents: readonly Content[];
	readonly outside: readonly Outside[];
	readonly otherVersions: readonly OtherVersion[];
	readonly modem: Modem | undefined;
	/** Empty without a modem. */
	readonly matches: readonly Match[];
};

/** Reads what the images hold and puts it beside the checks. */
export async function examine(
	file: FirmwareFile,
	checks: readonly Check[],
	modem?: Modem,
): Promise<Examined> {
	const { images, versions } = file;
	return {
		file,
		checks,
		contents: await readContents(images, file.readBytes),
		outside: outsideOf(images, checks, file.size),
		otherVersions: otherVersions(images, versions),
		modem,
		matches: modem ? matchModem(file, modem) : [],
	};
}

export function report(examined: Examined): object {
	const { file, checks, contents, outside, modem, matches } = examined;
	return {
		file: sanitize(file.path),
		size: file.size,
		passed: checks.every(({ state }) => state !== 'failed'),
		verdict: verdict(checks),
		rehearsal: file.rehearsal,
		versions: file.versions,
		versionConflicts: file.versionConflicts,
		otherVersions: examined.otherVersions,
		images: file.images.map((image) => imageReport(image, contents)),
		checks,
		outside,
		...(modem && { match: { ...modemReport(modem), checks: matches } }),
	};
}

const modemReport = ({ model, version, carrier }: Modem) => ({
	model: sanitize(model),
	...(version !== undefined && { version: sanitize(version) }),
	...(carrier !== undefined && { carrier: sanitize(carrier) }),
});

function imageReport(image: ImageNode, contents: readonly Content[]): object {
	const content = contents.find((candidate) => candidate.image === image.start);
	return {
		...headerReport(image),
		...(content && { holds: { kind: content.kind, says: content.says } }),
		...(content?.settings && { settings: settingsReport(content.settings) }),
		children: image.children.map((child) => imageReport(child, contents)),
	};
}

function headerReport({ start, end, depth, header, fields }: ImageNode): object {
	const { revision, options } = header;
	return {
		start,
		end,
		depth,
		...header,
		optionNames: revision >= 3 ? optionNames(options) : [],
		reserved: fields.find(({ name }) => name === 'reserved')?.value ?? '',
		psb: psbReport(fields),
	};
}

/** The descriptors of a PSB that are in use, each with its number. */
function psbReport(fields: ImageNode['fields']): object[] {
	const descriptors = new Map<number, Record<string, unknown>>();
	for (const { name, value } of fields) {
		const [, number, part] = /^psb (\d) (\w+)$/.exec(name) ?? [];
		if (!number || !part) continue;
		const index = Number(number);
		descriptors.set(index, { ...(descriptors.get(index) ?? { index }), [part]: value });
	}
	return [...descriptors.values()];
}

const settingsReport = ({ count, why, items }: Settings): object => ({
	count,
	whole: why === undefined,
	...(why !== undefined && { why }),
	items: items.map(settingReport),
});

function settingReport({ offset, length, name, id, storage, value, embedded }: Setting): object {
	const { bytes } = value;
	return {
		offset,
		length,
		...(name !== undefined && { name }),
		...(id !== undefined && { id }),
		...(storage !== undefined && { storage }),
		value: {
			offset: value.offset,
			size: bytes.length,
			hex: Buffer.from(bytes.subarray(0, shownBytes)).toString('hex'),
			text: textOf(bytes),
		},
		...(embedded.length && {
			images: embedded.map(({ image, crcIsRight, settings }) => ({
				...headerReport(image),
				crcIsRight,
				...(settings && { settings: settingsReport(settings) }),
			})),
		}),
	};
}
