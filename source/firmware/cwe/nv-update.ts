/**
 * The payload of an NVUP image: settings, item by item. Found out from files (eagleusb/wwan
 * parsecwe.pl, makenvup.pl), so what does not read as items is no proof of damage. All numbers are
 * little endian, unlike those of the headers around it.
 *
 *   10 bytes  version, count, two numbers of unknown meaning
 *   item      8 bytes: length with these, kind, a number; then entries of {type, length, bytes}
 *   entry     type 1: how it is stored, and its name; type 2: the value; else an NV id, its value
 */
import { decode, encode, layOut, message, numberOf, u16, u32 } from '../../protocol/fields.ts';
import { sanitize } from '../../protocol/text/sanitize.ts';

const head = { protocol: 'NVUP', sender: 'host', name: 'settings' } as const;
const fileHeader = message(
	{ ...head, description: 'The header of the settings: how many there are.' },
	layOut('little', [
		u16('version', 'Version of the settings’ format.', { preset: 1 }),
		u16('count', 'How many items follow.'),
		u16('number', 'Unknown; it differs from file to file.', { preset: 1 }),
		u32('flags', 'Unknown; 1 in known files.', { preset: 1 }),
	]),
);
const itemHeader = message(
	{ ...head, name: 'setting', description: 'The header of one setting.' },
	layOut('little', [
		u32('length', 'Bytes of the item, these included.'),
		u16('kind', 'Unknown; it differs between a carrier’s files and a maker’s.', { preset: 1 }),
		u16('number', 'Unknown; 1 in known files.', { preset: 1 }),
	]),
);
const entryHeader = message(
	{ ...head, name: 'entry', description: 'The header of a name or a value.' },
	layOut('little', [
		u16('type', '1 a name, 2 a value, else the id of an NV item.'),
		u32('length', 'Bytes that follow.'),
	]),
);
const nameEntry = 1;
const valueEntry = 2;

export type NvItem = {
	/** Offset in the file and bytes of the item that holds it. */
	readonly offset: number;
	readonly length: number;
	/** A path on the modem or the name of a setting; undefined when it has an NV id. */
	readonly name: string | undefined;
	readonly id: number | undefined;
	/** How it is stored: 0 and 1 a file, 8 a named setting. */
	readonly storage: number | undefined;
	/** Where the value’s bytes are in the file. */
	readonly value: { readonly offset: number; readonly bytes: Uint8Array };
};

export type NvUpdate = {
	/** How many the header says. */
	readonly count: number;
	readonly items: readonly NvItem[];
	/** Why the reading ended before the payload did, in one sentence; undefined when it did not. */
	readonly why: string | undefined;
};

/** Reads a payload whose first byte is at `base` in the file. */
export function readNvUpdate(payload: Uint8Array, base: number): NvUpdate {
	const count = numberOf(decode(fileHeader, payload), 'count');
	if (payload.length < fileHeader.length) {
		return { count: 0, items: [], why: 'It is too short for settings.' };
	}
	const items: NvItem[] = [];
	let read = 0;
	for (let at = fileHeader.length; at < payload.length; read += 1) {
		const fields = decode(itemHeader, payload.subarray(at));
		const length = numberOf(fields, 'length');
		const stops = (why: string) => ({ count, items, why });
		if (length < itemHeader.length || at + length > payload.length) {
			return stops(`Item ${read + 1} at 0x${(base + at).toString(16)} says ${length} bytes.`);
		}
		const place = { offset: base + at, length };
		const found = readEntries(payload.subarray(at + itemHeader.length, at + length), place);
		if (!found) {
			return stops(`Item ${read + 1} at 0x${(base + at).toString(16)} does not read as a setting.`);
		}
		items.push(...found);
		at += length;
	}
	const why = read === count ? undefined : `Its header says ${count} items, ${read} were found.`;
	return { count, items, why };
}

/** The settings in one item; undefined when its entries do not fill it. */
function readEntries(bytes: Uint8Array, place: Pick<NvItem, 'offset' | 'length'>) {
	const items: NvItem[] = [];
	let named: Pick<NvItem, 'name' | 'storage'> = { name: undefined, storage: undefined };
	for (let at = 0; at < bytes.length; ) {
		const fields = decode(entryHeader, bytes.subarray(at));
		const [type, length] = [numberOf(fields, 'type'), numberOf(fields, 'length')];
		const from = at + entryHeader.length;
		if (from + length > bytes.length) return undefined;
		const data = bytes.subarray(from, from + length);
		if (type === nameEntry) {
			named = { storage: data[0], name: nameOf(data.subarray(1)) };
		} else {
			const value = { offset: place.offset + itemHeader.length + from, bytes: data };
			const id = type === valueEntry ? undefined : type;
			items.push({ ...place, ...named, id, value });
			named = { name: undefined, storage: undefined };
		}
		at = from + length;
	}
	// A name alone is an item without a value: an EM7455 file begins with one.
	if (named.name !== undefined) {
		const value = { offset: place.offset + place.length, bytes: new Uint8Array() };
		items.push({ ...place, ...named, id: undefined, value });
	}
	return items.length ? items : undefined;
}

const nameOf = (bytes: Uint8Array) =>
	sanitize(
		Buffer.from(bytes)
			.toString('latin1')
			.replace(/(?<!\0)\0+$/, ''),
	).replace(/[^ -~]/g, '.');

/** A setting that is written: by its path or name, or by its NV id. */
export type NvSetting = {
	readonly value: Uint8Array;
	readonly storage?: number;
} & (
	| { readonly name: string; readonly id?: undefined }
	| { readonly id: number; readonly name?: undefined }
);

/** The payload of an NVUP image that holds these settings. */
export function encodeNvUpdate(settings: readonly NvSetting[]): Buffer {
	return Buffer.concat([encode(fileHeader, { count: settings.length }), ...settings.map(itemOf)]);
}

function itemOf({ name, id, storage = 8, value }: NvSetting): Buffer {
	const entries =
		name === undefined
			? [entryOf(id, value)]
			: [
					entryOf(nameEntry, Buffer.from(`${String.fromCharCode(storage)}${name}`, 'latin1')),
					entryOf(valueEntry, value),
				];
	const body = Buffer.concat(entries);
	return Buffer.concat([encode(itemHeader, { length: itemHeader.length + body.length }), body]);
}

const entryOf = (type: number, bytes: Uint8Array) =>
	Buffer.concat([encode(entryHeader, { type, length: bytes.length }), bytes]);
