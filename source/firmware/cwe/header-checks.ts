/** Checks that need an image's header and its place in the tree, not its bytes. */
import { grouped } from '../../protocol/text/numbers.ts';
import type { Check } from './check.ts';
import { good, noIndicator, type Option, optionNames, unknownOptions } from './header.ts';
import { allImages, type ImageNode } from './image-tree.ts';
import { imageType } from './image-types.ts';

export function sizeCheck({ start, end, header: { size } }: ImageNode): Check {
	const check = { image: start, name: 'size' } as const;
	if (size === 0) {
		const says = 'It is empty; qmi-firmware-update reads no image from there on.';
		return { ...check, state: 'not checkable', says };
	}
	const says = `Its ${grouped(size)} bytes end at 0x${end.toString(16)}, inside what holds it.`;
	return { ...check, state: 'checked', says };
}

/** Whether the inner images fill the payload; nothing for a leaf. */
export function compositeCheck({ start, header, children, rest }: ImageNode): Check[] {
	const check = { image: start, name: 'tiling' } as const;
	if (rest) {
		const where = `${grouped(rest.length)} bytes at 0x${rest.offset.toString(16)} are in no inner image`;
		// A signed image carries its certificate chain behind it (LK sierra_sec.c).
		const certificates = children.length > 0 && optionsOf(header).includes('signed');
		return [
			certificates
				? { ...check, state: 'not checkable', says: `${where}: they may be its signature.` }
				: { ...check, state: 'failed', says: `${where}. ${rest.why}` },
		];
	}
	if (children.length) {
		const says = `Its inner images fill it without a gap: ${children.length} of them.`;
		return [{ ...check, state: 'checked', says }];
	}
	if (!imageType(header.type)?.composite) return [];
	const says = `${header.type} is a composite type, and no inner image was found in it.`;
	return [{ ...check, state: 'not checkable', says }];
}

/** The makers of real files leave it unset above right CRCs (parsecwe.pl on an EM7455 file). */
export function indicatorCheck({ start, header: { crcIndicator } }: ImageNode): Check {
	const check = { image: start, name: 'CRC indicator' } as const;
	if (crcIndicator === good) {
		return { ...check, state: 'checked', says: 'GOOD: its maker computed the image CRC.' };
	}
	if (crcIndicator === noIndicator) {
		return { ...check, state: 'checked', says: 'Not set, as in many good files.' };
	}
	const value = `0x${crcIndicator.toString(16).padStart(8, '0')}`;
	return { ...check, state: 'failed', says: `${value} is neither GOOD nor unset: damaged.` };
}

export function stringsCheck({ start, unprintable }: ImageNode): Check {
	const check = { image: start, name: 'strings' } as const;
	return unprintable.length
		? { ...check, state: 'failed', says: `Not printable text: ${unprintable.join(', ')}.` }
		: { ...check, state: 'checked', says: 'Type, product, version and date are printable text.' };
}

export function typeCheck({ start, header: { type } }: ImageNode): Check {
	const check = { image: start, name: 'type' } as const;
	const known = imageType(type);
	return known
		? { ...check, state: 'checked', says: `${type} is a known type, ${known.says}.` }
		: { ...check, state: 'not checkable', says: `${type} is a type that no public source names.` };
}

const keeps: Readonly<Record<Option, Pick<Check, 'name' | 'says'>>> = {
	compressed: {
		name: 'compressed',
		says: 'The image is packed with zlib; what it unpacks to was not checked.',
	},
	encrypted: {
		name: 'encrypted',
		says: 'The image is encrypted; what it holds cannot be read, only its CRC.',
	},
	signed: {
		name: 'signature',
		says: 'The image is signed; only the modem has the key to check the signature.',
	},
	delta: {
		name: 'delta patch',
		says: 'The image is a patch; whether it fits what the modem holds cannot be told here.',
	},
};

/** What the option bits keep from us; a header has them from revision 3 on (hdrcnv.cpp). */
export function contentChecks({ start, header }: ImageNode): Check[] {
	const check = { image: start, state: 'not checkable' } as const;
	const known = optionsOf(header).map((option) => ({ ...check, ...keeps[option] }));
	const strange = header.revision >= 3 ? unknownOptions(header.options) : 0;
	if (!strange) return known;
	const says = `No public source says what option bits 0x${strange.toString(16)} mean.`;
	return [...known, { ...check, name: 'options', says }];
}

/** Headers of revisions 1 to 3 are known; what stands where in another is a guess. */
export function revisionCheck({ start, header: { revision } }: ImageNode): Check {
	const check = { image: start, name: 'revision' } as const;
	return revision >= 1 && revision <= 3
		? { ...check, state: 'checked', says: `Revision ${revision} of the header is a known one.` }
		: {
				...check,
				state: 'not checkable',
				says: `No public source describes revision ${revision}: its fields are read as those of 3.`,
			};
}

/**
 * Types that go to one place of the modem's memory (LK sierra_bludefs.h, sierra_bl.c), so that a
 * second one in the same package takes the place of the first.
 */
const single =
	/^(?:QPAR|SBL[12]|OSBL|AMSS|APPS|APBL|DSP[123]|QRPM|SYST|USER|TZON|UAPP|CUS[012]|CEFS|SPLA)$/i;

/** Images of one package that go to the same place; a FILE's place is the path in its version. */
export function duplicateChecks(top: ImageNode): Check[] {
	const first = new Map<string, ImageNode>();
	return allImages([top]).flatMap((image): Check[] => {
		const { type, version } = image.header;
		const isPath = /^FILE$/i.test(type) && version.startsWith('/');
		const place = isPath ? version : type.toUpperCase();
		if (!isPath && !single.test(type)) return [];
		const before = first.get(place);
		if (!before) {
			first.set(place, image);
			return [];
		}
		const where = `0x${before.start.toString(16)}`;
		const says = `Another ${place} stands at ${where}: which one the modem keeps cannot be told here.`;
		return [{ image: image.start, name: 'duplicate', state: 'not checkable', says }];
	});
}

const optionsOf = ({ revision, options }: ImageNode['header']) =>
	revision >= 3 ? optionNames(options) : [];
