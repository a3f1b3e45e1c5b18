/**
 * Versions in the names that Sierra gives: `<sku>_<part>_<device>_<firmware>_<boot block>_<carrier>
 * _<pri>_<package>` in a header or a file name, `<device>_<firmware> <build>` in an inner image.
 * Sources: libqmi qfu-utils.c, legatoproject/lk, and what fwdwl-litearm prints for the same file.
 */
import { sanitize } from '../protocol/text/sanitize.ts';
import { allImages, type ImageNode } from './cwe/image-tree.ts';

export const versionParts = [
	'firmware',
	'config',
	'carrier',
	'device',
	'sku',
	'part',
	'bootBlock',
	'pri',
	'package',
	'build',
] as const;
export type VersionPart = (typeof versionParts)[number];

/** `source`: where it was read, for a person: `header at 0x0`, `file name`. */
export type Sourced = { readonly value: string; readonly source: string };
/** `config` is PRI and package as libqmi and the modem name them: 001.110_000. */
export type Versions = Readonly<Partial<Record<VersionPart, Sourced>>>;

type Parts = Partial<Record<VersionPart, string>>;

const firmwareToken = /^(\d\d\.\d\d\.\d\d\.\d\d)(?:-\d+)?(?: (.+))?$/;

/** The parts that one version string or file name holds. */
export function parseVersion(text: string): Parts {
	const tokens = text.replace(/\.(?:spk|cwe|nvu|exe|bin)$/i, '').split('_');
	const at = tokens.findIndex((token) => firmwareToken.test(token));
	if (at < 1) return {};
	const [, firmware, build] = firmwareToken.exec(tokens[at]!)!;
	return known({
		firmware,
		build,
		device: tokens[at - 1],
		part: onlyIf(/^\d+$/, tokens[at - 2]),
		sku: onlyIf(/^(?:\d+|INTERNAL)$/, tokens[at - 3]),
		...parseSettings(tokens.slice(at + 1)),
	});
}

const onlyIf = (pattern: RegExp, token: string | undefined) =>
	token && pattern.test(token) ? token : undefined;

/**
 * What stands behind the firmware version; a `?` stands for a part that the maker left open, and
 * some makers of laptops write `#001.003`.
 */
function parseSettings(tokens: readonly string[]): Record<string, string | undefined> {
	const bootBlock = /^\d\d$/.test(tokens[0] ?? '') ? tokens[0] : undefined;
	const at = tokens.findIndex((token) => /^#?\d{3}\.\d{3}$/.test(token));
	if (at < 1) return { bootBlock };
	const [pri, carrier] = [tokens[at]!.replace('#', ''), tokens[at - 1]];
	const number = /^\d{3}/.exec(tokens[at + 1] ?? '')?.[0];
	return {
		bootBlock,
		carrier,
		pri,
		package: number,
		config: number && `${pri}_${number}`,
	};
}

const known = (parts: Record<string, string | undefined>): Parts =>
	Object.fromEntries(Object.entries(parts).filter(([, value]) => value && value !== '?'));

/** The parts that the file tells: its headers first, in the order of the file, then its name. */
export function versionsOf(images: readonly ImageNode[], fileName: string): Versions {
	const tellers = [
		...allImages(images).map(({ start, header }) => ({
			parts: parseVersion(header.version),
			source: `header at 0x${start.toString(16)}`,
		})),
		{ parts: parseVersion(sanitize(fileName)), source: 'file name' },
	];
	const versions: Partial<Record<VersionPart, Sourced>> = {};
	for (const part of versionParts) {
		const teller = tellers.find(({ parts }) => parts[part]);
		const value = teller?.parts[part];
		if (value && teller) versions[part] = { value, source: teller.source };
	}
	return versions;
}

/** Where the file's name tells another version than its headers: it was renamed, or is another file. */
export function versionConflicts(versions: Versions, fileName: string): string[] {
	const named = parseVersion(sanitize(fileName));
	return versionParts.flatMap((part) => {
		const inside = versions[part]?.value;
		const outside = named[part];
		if (!inside || !outside || inside.toLowerCase() === outside.toLowerCase()) return [];
		return `The file name says ${part} ${outside}, the ${versions[part]?.source} says ${inside}.`;
	});
}

/** An inner image of another firmware version than the file. */
export type OtherVersion = {
	readonly value: string;
	readonly type: string;
	readonly start: number;
};

/**
 * Inner images of another firmware version than the file itself: no fault, for packages keep a boot
 * loader or a carrier's settings over several releases, but good to know.
 */
export function otherVersions(images: readonly ImageNode[], versions: Versions): OtherVersion[] {
	return allImages(images).flatMap(({ start, header: { type, version } }) => {
		const { firmware } = parseVersion(version);
		if (!firmware || firmware === versions.firmware?.value) return [];
		return { value: firmware, type, start };
	});
}
