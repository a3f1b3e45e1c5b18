/**
 * What stands inside a TLV: numbers, texts and lists, whose lengths come with them. A shape reads and
 * writes them; offsets are given from the start of the whole message.
 */
import { type DecodedField, type Field, layOut, readField, writeField } from '../fields.ts';

type Draft = Parameters<typeof layOut>[1][number];

export type Item =
	| { readonly kind: 'field'; readonly field: Draft }
	/** Text behind its length in one byte. */
	| { readonly kind: 'counted text'; readonly name: string; readonly description: string }
	/** Text up to the end. */
	| { readonly kind: 'text'; readonly name: string; readonly description: string }
	/** Entries behind their number in one byte. */
	| {
			readonly kind: 'list';
			readonly name: string;
			readonly description: string;
			readonly of: readonly Item[];
	  };

export type Values = { readonly [name: string]: number | bigint | string | readonly Values[] };

export const one = (field: Draft): Item => ({ kind: 'field', field });
export const counted = (name: string, description: string): Item => ({
	kind: 'counted text',
	name,
	description,
});
export const words = (name: string, description: string): Item => ({
	kind: 'text',
	name,
	description,
});
export const list = (name: string, description: string, of: readonly Item[]): Item => ({
	kind: 'list',
	name,
	description,
	of,
});

const fieldAt = (draft: Draft, offset: number): Field => ({
	...layOut('little', [draft])[0]!,
	offset,
});
const lengthDraft = (name: string): Draft => ({
	name,
	description: 'How many follow.',
	type: 'u8',
	length: 1,
});

/** Reads from `offset` up to `end`; what does not fit is left to the caller. */
export function readShape(
	shape: readonly Item[],
	bytes: Uint8Array,
	{ offset, end }: { offset: number; end: number },
	suffix = '',
): { fields: DecodedField[]; at: number; whole: boolean } {
	const fields: DecodedField[] = [];
	let at = offset;
	const take = (draft: Draft): DecodedField | undefined => {
		if (at + draft.length > end) return undefined;
		const found = readField(bytes, fieldAt({ ...draft, name: draft.name + suffix }, at));
		if (!found) return undefined;
		at += draft.length;
		fields.push(found);
		return found;
	};
	for (const item of shape) {
		if (item.kind === 'field') {
			if (!take(item.field)) return { fields, at, whole: false };
			continue;
		}
		const { name, description } = item;
		if (item.kind === 'text') {
			if (end > at) take({ name, description, type: 'text', length: end - at });
			continue;
		}
		const length = take(lengthDraft(item.kind === 'list' ? `${name}s` : `${name} length`));
		if (!length) return { fields, at, whole: false };
		if (item.kind === 'counted text') {
			const size = Number(length.value);
			if (size > 0 && !take({ name, description, type: 'text', length: size })) {
				return { fields, at, whole: false };
			}
			continue;
		}
		for (let n = 1; n <= Number(length.value); n++) {
			const entry = readShape(item.of, bytes, { offset: at, end }, `${suffix} ${name} ${n}`);
			fields.push(...entry.fields);
			at = entry.at;
			if (!entry.whole) return { fields, at, whole: false };
		}
	}
	return { fields, at, whole: true };
}

export function writeShape(shape: readonly Item[], values: Values): Buffer {
	return Buffer.concat(
		shape.map((item) => {
			if (item.kind === 'field') {
				const field = fieldAt(item.field, 0);
				const buffer = Buffer.alloc(field.length);
				const value = values[field.name] ?? field.preset ?? 0;
				if (typeof value !== 'object') writeField(buffer, field, value);
				return buffer;
			}
			const value = values[item.name];
			if (item.kind === 'list') {
				const entries = Array.isArray(value) ? value : [];
				const parts = entries.map((entry) => writeShape(item.of, entry));
				return Buffer.concat([Buffer.from([entries.length]), ...parts]);
			}
			const text = Buffer.from(String(value ?? ''), 'latin1');
			return item.kind === 'text' ? text : Buffer.concat([Buffer.from([text.length]), text]);
		}),
	);
}
