/**
 * The CWE header, 400 bytes before every image of a Sierra firmware file. Sources: legatoproject/lk
 * sierra_cweudefs.h, legatoproject/meta-swi hdrcnv.cpp, libqmi qfu-image-cwe.c.
 */
import {
	bytes,
	type DecodedField,
	decode,
	encode,
	type Field,
	integerAt,
	layOut,
	type Message,
	message,
	paddedText,
	text,
	u8,
	u32,
} from '../../protocol/fields.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';
import { cweCrc } from './crc.ts';

/** Bytes. */
export const headerLength = 400;
/** The part of the header that has a CRC of its own, bytes. */
export const psbLength = 256;
export const good = 0x474f4f44;
export const noIndicator = 0xffffffff;
const descriptors = [0, 1, 2, 3, 4, 5, 6, 7];
const descriptorLength = psbLength / descriptors.length;
const unset = { preset: 0xffffffff, values: { 4294967295: 'not set' } };

export const optionBits = { compressed: 1, encrypted: 2, signed: 4, delta: 8 } as const;
export type Option = keyof typeof optionBits;

const psb = descriptors.map((n) => [
	u8(`psb ${n} version`, 'Version of this product-specific descriptor.'),
	u8(`psb ${n} type`, 'What the descriptor describes.'),
	u8(`psb ${n} flag`, 'Flags of the descriptor.'),
	u8(`psb ${n} reserved`, 'Not used.'),
	u32(`psb ${n} offset`, 'Where the described bytes start, counted from the file’s start.'),
	u32(`psb ${n} size`, 'How many bytes are described.'),
	text(`psb ${n} source`, 16, 'Version of what the image was made from.'),
	u32(`psb ${n} end`, 'Not used.'),
]);
const descriptorFields = psb[0]!.length;
const drafts = [
	...psb.flat(),
	u32('psb crc', 'CRC of the 256 bytes before it; f2697aa7 when they are all zero.'),
	u32('revision', 'Revision of the header; 3 is the current one.', { preset: 3 }),
	u32('crc indicator', 'GOOD says that the maker computed the image CRC.', {
		preset: good,
		values: { [good]: 'GOOD', [noIndicator]: 'not set' },
	}),
	text('type', 4, 'What kind of image follows.'),
	text('product', 4, 'The chip family that it is for; the boot loader compares it.'),
	u32('size', 'Bytes of the image, counted from the end of this header.'),
	u32('crc', 'CRC of those bytes, the headers of inner images included.'),
	text('version', 84, 'Version of the image, or the path that a FILE is written to.'),
	text('date', 8, 'When it was built, month/day/year.'),
	u32('compat', 'Number that the boot loader compares for backward compatibility.'),
	u8('options', 'Bits: 1 compressed, 2 encrypted, 4 signed, 8 delta patch.'),
	bytes('reserved', 3, 'Not used.'),
	u32('storage address', 'Where the image is stored.', unset),
	u32('program address', 'Where the image is loaded.', unset),
	u32('entry point', 'Where the image starts to run.', unset),
	u32('magic', 'Kind of content: 1 is an application, "Pars" an NV update.', {
		preset: 1,
		values: { 1: 'application', 1348563571: 'Pars' },
	}),
];

const addresses = new Set(['storage address', 'program address', 'entry point']);

/** The header of a revision: from 2 on the three addresses are little endian (hdrcnv.cpp). */
export function cweHeader(revision: number): Message {
	return revision >= 2 ? currentHeader : firstHeader;
}
const head = {
	protocol: 'CWE',
	name: 'header',
	sender: 'host',
	description:
		'The header of every image in a firmware file: what follows, for which modem, its length and its CRC.',
} as const;
const bigEndian = layOut('big', drafts);
const firstHeader = message(head, bigEndian);
const currentHeader = message(
	head,
	bigEndian.map((field) => (addresses.has(field.name) ? { ...field, endian: 'little' } : field)),
);

export type Header = {
	readonly type: string;
	readonly product: string;
	/** Bytes after the header. */
	readonly size: number;
	readonly crc: number;
	readonly version: string;
	readonly date: string;
	readonly revision: number;
	readonly psbCrc: number;
	readonly crcIndicator: number;
	readonly compat: number;
	/** Bits, see `optionBits`. */
	readonly options: number;
	readonly storageAddress: number;
	readonly programAddress: number;
	readonly entryPoint: number;
	readonly magic: number;
};

const fieldNames: Readonly<Record<keyof Header, string>> = {
	type: 'type',
	product: 'product',
	size: 'size',
	crc: 'crc',
	version: 'version',
	date: 'date',
	revision: 'revision',
	psbCrc: 'psb crc',
	crcIndicator: 'crc indicator',
	compat: 'compat',
	options: 'options',
	storageAddress: 'storage address',
	programAddress: 'program address',
	entryPoint: 'entry point',
	magic: 'magic',
};

const namedFields = [firstHeader, currentHeader].map(({ fields }) =>
	Object.entries(fieldNames).map(([key, name]) => ({
		key,
		field: fields.find((candidate) => candidate.name === name)!,
	})),
);

/** The values of a header; those that the bytes do not hold are 0. Most bytes that are asked are none. */
export function headerIn(raw: Uint8Array): Header {
	const named = namedFields[revisionOf(raw) >= 2 ? 1 : 0]!;
	return Object.fromEntries(
		named.map(({ key, field }) => [key, valueIn(raw, field)]),
	) as unknown as Header;
}

function valueIn(raw: Uint8Array, field: Field): number | string {
	const { type, offset, length } = field;
	if (offset + length > raw.length) return 0;
	if (type !== 'text') return integerAt(raw, field);
	return ascii(paddedText(raw.subarray(offset, offset + length)));
}

/**
 * Every field of a header; offsets count from its start. Text comes out as printable ASCII.
 * A PSB descriptor that is all zero is one field, so that nobody has to step through 64 of them.
 */
export function decodeHeader(raw: Uint8Array): DecodedField[] {
	const { fields } = cweHeader(revisionOf(raw));
	const inPsb = descriptors.flatMap((n) => {
		const at = n * descriptorLength;
		if (raw.length >= psbLength && noDescriptor.equals(raw.subarray(at, at + descriptorLength))) {
			return [emptyDescriptor(at)];
		}
		const own = fields.slice(n * descriptorFields, (n + 1) * descriptorFields);
		return decode({ fields: own }, raw);
	});
	const behind = fields.slice(descriptors.length * descriptorFields);
	return [...inPsb, ...decode({ fields: behind }, raw)].map(readable);
}

const noDescriptor = Buffer.alloc(descriptorLength);

function emptyDescriptor(offset: number): DecodedField {
	return {
		name: `psb ${offset / descriptorLength}`,
		type: 'bytes',
		endian: 'big',
		offset,
		length: descriptorLength,
		value: '00'.repeat(descriptorLength),
		shown: 'all zero',
		description: 'Product-specific descriptor, not used.',
	};
}

function readable(field: DecodedField): DecodedField {
	if (field.type === 'text') {
		const safe = ascii(String(field.value));
		return { ...field, value: safe, shown: safe };
	}
	if (field.name === 'options' && typeof field.value === 'number' && field.value) {
		return { ...field, shown: `${field.shown} ${optionNames(field.value).join(', ')}`.trim() };
	}
	return field;
}

const ascii = (value: string) => sanitize(value).replace(/[^ -~]/g, '.');

export function optionNames(options: number): Option[] {
	return (Object.keys(optionBits) as Option[]).filter((name) => options & optionBits[name]);
}

/** The bits that no public source names. */
export const unknownOptions = (options: number): number =>
	Object.values(optionBits).reduce((left, bit) => left & ~bit, options);

/** The fields by name; 0 or '' when the bytes do not hold one. */
export function headerOf(fields: readonly DecodedField[]): Header {
	const entries = Object.entries(fieldNames).map(([key, name]) => {
		const field = fields.find((candidate) => candidate.name === name);
		return [key, field?.value ?? 0];
	});
	return Object.fromEntries(entries) as Header;
}

/** Fields that should be text and are not: printable ASCII, then only NUL or 0xFF. */
export function unprintable(raw: Uint8Array): string[] {
	return texts.filter((field) => !isText(field, raw)).map(({ name }) => name);
}

const texts = currentHeader.fields.filter(
	({ name, type }) => type === 'text' && !name.startsWith('psb'),
);

function isText({ offset, length }: Field, raw: Uint8Array): boolean {
	const characters = Buffer.from(raw.subarray(offset, offset + length)).toString('latin1');
	return /^[ -~]*[\0\xff]*$/.test(characters);
}

export type PsbDescriptor = {
	readonly version: number;
	readonly type: number;
	readonly flag: number;
	readonly offset: number;
	readonly size: number;
	readonly source: string;
};
export type HeaderValues = Partial<Header> & { readonly psb?: readonly Partial<PsbDescriptor>[] };

/** A header of 400 bytes; the PSB's CRC is computed unless it is given. */
export function encodeHeader(values: HeaderValues): Buffer {
	const named: Record<string, number | string> = {};
	for (const [key, name] of Object.entries(fieldNames)) {
		const value = values[key as keyof Header];
		if (value !== undefined) named[name] = value;
	}
	for (const [n, descriptor] of (values.psb ?? []).entries()) {
		for (const [key, value] of Object.entries(descriptor)) named[`psb ${n} ${key}`] = value;
	}
	const layout = cweHeader(values.revision ?? 3);
	const psb = encode(layout, named).subarray(0, psbLength);
	return encode(layout, { 'psb crc': cweCrc(psb), ...named });
}

const revisionField = currentHeader.fields.find(({ name }) => name === 'revision') as Field;
const revisionOf = (raw: Uint8Array): number => Number(valueIn(raw, revisionField));
