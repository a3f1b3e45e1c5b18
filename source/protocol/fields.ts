/**
 * A message is described once, as a table of fields; encoding, decoding and the words that explain
 * it come from the table. Offsets are in bytes from the start of the message.
 */

/** A value that says how something ended. */
export type Code = {
	readonly name: string;
	readonly means: string;
	/** What a person does now; codes of success have none. */
	readonly next?: string;
};

/** `Name` keeps the name as a type, so that `encode` knows every field of its message. */
export type Field<Name extends string = string> = {
	readonly name: Name;
	readonly type: 'u8' | 'u16' | 'u32' | 'u64' | 'text' | 'bytes';
	readonly offset: number;
	/** Bytes. */
	readonly length: number;
	readonly endian: 'little' | 'big';
	/** What the field is for, in one short sentence. */
	readonly description: string;
	/** Names of the values that have one. */
	readonly values?: Readonly<Record<number, string>> | undefined;
	/** Values that say how something ended, with what they mean. */
	readonly codes?: Readonly<Record<number, Code>> | undefined;
	/** Names of single bits, by mask. */
	readonly bits?: Readonly<Record<number, string>> | undefined;
	/** The value that an encoder writes when it is given none. */
	readonly preset?: number | string | undefined;
};

/** What follows the fixed part of a message. */
export type Rest<Name extends string = string> = {
	readonly name: Name;
	readonly description: string;
	/** The fields of one record, when it is a row of records. */
	readonly each?: readonly Field[];
};

/** The answer that a message asks for. */
export type ExpectedReply = {
	readonly from: 'host' | 'modem';
	readonly what: string;
	/** Seconds of silence that are normal before it. */
	readonly within: number;
	/** Seconds after which who asked gives up, where that is later. */
	readonly giveUpAfter?: number;
};

/** Seconds to wait for the answer to a message. */
export function replyTimeout({
	name,
	due,
}: {
	readonly name: string;
	readonly due?: ExpectedReply;
}): number {
	if (!due) throw new Error(`${name} asks for no answer`);
	return due.giveUpAfter ?? due.within;
}

/** Who must answer now, and how much silence is normal. */
export const expectedReplySentence = ({ from, what, within }: ExpectedReply): string =>
	`Expected from the ${from}: ${what}. Up to ${within} s of silence is normal.`;

/** `Name` is the union of the names of its fields and its rest. */
export type Message<Name extends string = string> = {
	readonly protocol: string;
	readonly name: string;
	/** Who sends it. */
	readonly sender: 'host' | 'modem' | 'either';
	readonly fields: readonly Field<Name>[];
	/** Length of the fixed part, bytes. */
	readonly length: number;
	/** What it is, why it is sent, what comes next. */
	readonly description: string;
	readonly rest?: Rest<Name>;
	readonly due?: ExpectedReply;
	/** What it says instead when a field has this value. */
	readonly when?: { readonly field: string; readonly value: number; readonly description: string };
};

/** One field of a decoded message, with where its bytes are. */
export type DecodedField = {
	readonly name: string;
	readonly type: Field['type'];
	readonly endian: Field['endian'];
	readonly offset: number;
	readonly length: number;
	readonly value: number | bigint | string;
	/** The value for a person: a name, a number in hexadecimal, a text. */
	readonly shown: string;
	readonly description: string;
	/** What the value means, when it says how something ended. */
	readonly code?: Code;
};

/** The values that a message may be encoded with; a name that it does not have is a type error. */
export type Values<Name extends string = string> = {
	readonly [Key in Name]?: number | bigint | string;
};

/** A field before it has its place in a message. */
export type Draft<Name extends string = string> = Omit<Field<Name>, 'offset' | 'endian'>;

const sizes = { u8: 1, u16: 2, u32: 4, u64: 8 } as const;
const integer =
	(type: keyof typeof sizes) =>
	<const Name extends string>(
		name: Name,
		description: string,
		more: Pick<Partial<Field>, 'values' | 'codes' | 'bits' | 'preset'> = {},
	): Draft<Name> => ({
		name,
		description,
		type,
		length: sizes[type],
		...more,
	});

export const u8 = integer('u8');
export const u16 = integer('u16');
export const u32 = integer('u32');
export const u64 = integer('u64');
/** Text of `length` bytes, ended by NUL or 0xFF when it is shorter. */
export const text = <const Name extends string>(
	name: Name,
	length: number,
	description: string,
	preset?: string,
): Draft<Name> => ({
	name,
	description,
	type: 'text',
	length,
	preset,
});
export const bytes = <const Name extends string>(
	name: Name,
	length: number,
	description: string,
): Draft<Name> => ({
	name,
	description,
	type: 'bytes',
	length,
});

/** Lays drafts one behind the other. */
export function layOut<Name extends string>(
	endian: Field['endian'],
	drafts: readonly Draft<Name>[],
): readonly Field<Name>[] {
	let offset = 0;
	return drafts.map((draft) => {
		const field = { ...draft, endian, offset };
		offset += draft.length;
		return field;
	});
}

export function message<Name extends string, RestName extends string = never>(
	head: Omit<Message<RestName>, 'fields' | 'length'>,
	fields: readonly Field<Name>[],
): Message<Name | RestName> {
	return { ...head, fields, length: fields.reduce((sum, field) => sum + field.length, 0) };
}

/** Writes a message; values that are not given take the field's preset, or 0. The rest is given in hex. */
export function encode<Name extends string>(
	{ fields, length, rest }: Message<Name>,
	values: Values<NoInfer<Name>> = {},
): Buffer {
	const buffer = Buffer.alloc(length);
	for (const field of fields) {
		const value = values[field.name] ?? field.preset ?? 0;
		writeField(buffer, field, value);
	}
	const behind = rest ? String(values[rest.name] ?? '') : '';
	return behind === '' ? buffer : Buffer.concat([buffer, Buffer.from(behind, 'hex')]);
}

export function writeField(buffer: Buffer, field: Field, value: number | bigint | string): void {
	const { offset, length } = field;
	if (typeof value === 'string') {
		buffer.write(value, offset, length, field.type === 'bytes' ? 'hex' : 'latin1');
	} else if (field.type === 'u64') {
		if (field.endian === 'little') buffer.writeBigUInt64LE(BigInt(value), offset);
		else buffer.writeBigUInt64BE(BigInt(value), offset);
	} else if (field.type !== 'text' && field.type !== 'bytes') {
		if (field.endian === 'little') buffer.writeUIntLE(Number(value), offset, length);
		else buffer.writeUIntBE(Number(value), offset, length);
	}
}

/** Reads one field, or undefined when the bytes end before it does. */
export function readField(bytes: Uint8Array, field: Field): DecodedField | undefined {
	const { name, type, endian, offset, length, description } = field;
	if (offset + length > bytes.length) return undefined;
	const value = fieldValue(asBuffer(bytes), field);
	const code = typeof value === 'number' ? field.codes?.[value] : undefined;
	const shown = show(value, field);
	const known = { name, type, endian, offset, length, value, shown, description };
	return code ? { ...known, code } : known;
}

const asBuffer = (bytes: Uint8Array): Buffer =>
	Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

function fieldValue(bytes: Buffer, field: Field): number | bigint | string {
	const { type, endian, offset, length } = field;
	switch (type) {
		case 'text':
			return paddedText(bytes.subarray(offset, offset + length));
		case 'bytes':
			return bytes.toString('hex', offset, offset + length);
		case 'u64':
			return endian === 'little' ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset);
		default:
			return integerAt(bytes, field);
	}
}

/** The value of a field that is a number of one to four bytes. */
export function integerAt(bytes: Uint8Array, { endian, offset, length }: Field): number {
	let value = 0;
	for (let at = 0; at < length; at++)
		value = value * 256 + bytes[offset + (endian === 'little' ? length - 1 - at : at)]!;
	return value;
}

/** The text before the first NUL or 0xFF, byte for byte. */
export function paddedText(view: Uint8Array): string {
	const ends = [0, 0xff].map((byte) => view.indexOf(byte)).filter((at) => at >= 0);
	return asBuffer(view).toString('latin1', 0, Math.min(view.length, ...ends));
}

/** Bytes that are shown as they are; of more, their number. */
const shortBytes = 16;

function show(value: number | bigint | string, field: Field): string {
	const { type, length } = field;
	if (typeof value === 'string') {
		return type === 'bytes' && length > shortBytes ? `${length} bytes` : value;
	}
	const name = typeof value === 'number' ? nameOf(value, field) : undefined;
	const number = value < 10 ? String(value) : `${value} (0x${value.toString(16)})`;
	return name ? `${number} ${name}` : number;
}

function nameOf(value: number, { values, codes, bits }: Field): string | undefined {
	if (bits) {
		const lit = Object.entries(bits).filter(([mask]) => (value & Number(mask)) !== 0);
		if (lit.length > 0) return lit.map(([, name]) => name).join(' + ');
	}
	return values?.[value] ?? codes?.[value]?.name;
}

/** Every field that the bytes hold whole, and then the rest. */
export function decode(
	{ fields, rest, length = 0 }: Pick<Message, 'fields' | 'rest'> & Partial<Pick<Message, 'length'>>,
	bytes: Uint8Array,
): DecodedField[] {
	const buffer = asBuffer(bytes);
	const fixed: DecodedField[] = [];
	for (const field of fields) {
		const read = readField(buffer, field);
		if (read) fixed.push(read);
	}
	return rest && bytes.length > length ? [...fixed, ...decodeRest(rest, bytes, length)] : fixed;
}

function decodeRest(
	{ name, description, each }: Rest,
	bytes: Uint8Array,
	from: number,
): DecodedField[] {
	const size = each?.reduce((sum, field) => sum + field.length, 0) ?? 0;
	const records = size > 0 ? Math.floor((bytes.length - from) / size) : 0;
	const found = Array.from({ length: records }, (_, index) => from + index * size).flatMap(
		(at, n) =>
			each!.flatMap((field) => {
				const record = { ...field, offset: field.offset + at, name: `${field.name} ${n + 1}` };
				return readField(bytes, record) ?? [];
			}),
	);
	const left = from + records * size;
	const length = bytes.length - left;
	if (length === 0) return found;
	const tail: Field = { name, description, type: 'bytes', offset: left, length, endian: 'little' };
	return [...found, readField(bytes, tail)!];
}

/** The value of a named number field; 0 when the bytes do not hold it. */
export function numberOf(decoded: readonly DecodedField[], name: string): number {
	const value = decoded.find((field) => field.name === name)?.value;
	return typeof value === 'number' ? value : 0;
}
