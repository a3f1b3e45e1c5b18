/**
 * modemscope.lua: a post-dissector for Wireshark, written out of the message tables. It reads the data
 * of USB bulk transfers and explains Sahara, QDL with its door DLOAD, and Firehose.
 */

import { dloadMessages } from '../dload/dload.ts';
import { expectedReplySentence, type Field, type Message } from '../fields.ts';
import { answers, attributes, verbs } from '../firehose/elements.ts';
import { qdlMessages } from '../qdl/qdl.ts';
import { saharaMessages } from '../sahara/sahara.ts';
import { dissectorCode } from './code.ts';

const lua = (value: unknown): string => {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (Array.isArray(value)) return `{ ${value.map(lua).join(', ')} }`;
	if (typeof value === 'object' && value !== null) {
		const pairs = Object.entries(value).filter(([, entry]) => entry !== undefined);
		return `{ ${pairs.map(([key, entry]) => `[${/^\d+$/.test(key) ? key : lua(key)}] = ${lua(entry)}`).join(', ')} }`;
	}
	const text = String(value)
		.replaceAll('\\', '\\\\')
		.replaceAll('"', '\\"')
		.replaceAll('\n', '\\n');
	return `"${text}"`;
};

/** `sahara.max_packet`; a number of 64 bits has a field of its own. */
const filterOf = (protocol: string, { name, type }: Field): string => {
	const word = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
	return `${protocol}.${word}${type === 'u64' ? '64' : ''}`;
};

const kinds: Readonly<Record<Field['type'], string>> = {
	u8: 'uint8',
	u16: 'uint16',
	u32: 'uint32',
	u64: 'uint64',
	text: 'string',
	bytes: 'bytes',
};

const namesOf = ({ values, codes }: Field): Record<string, string> => ({
	...values,
	...Object.fromEntries(Object.entries(codes ?? {}).map(([code, { name }]) => [code, name])),
});

const adviceOf = ({ codes }: Field): Record<string, string> =>
	Object.fromEntries(
		Object.entries(codes ?? {})
			.filter(([, { next }]) => next)
			.map(([code, { name, means, next }]) => [code, `${name}: ${means} Next: ${next}`]),
	);

type Told = { type: Field['type']; description: string; names: Record<string, string> };

/** One filter for every field of a name; the names of its values come from all messages. */
function fieldLines(protocol: string, messages: readonly Message[]): string[] {
	const told = new Map<string, Told>();
	for (const field of messages.flatMap(({ fields }) => fields)) {
		const filter = filterOf(protocol, field);
		const { type, description, names } = told.get(filter) ?? { ...field, names: {} };
		told.set(filter, { type, description, names: { ...names, ...namesOf(field) } });
	}
	return [...told].map(([filter, { type, description, names }]) => {
		const kind = kinds[type];
		const args = [lua(filter), lua(filter.slice(protocol.length + 1).replaceAll('_', ' '))];
		if (kind.startsWith('uint')) {
			args.push(
				'base.DEC_HEX',
				Object.keys(names).length > 0 && type !== 'u64' ? lua(names) : 'nil',
				'nil',
			);
		} else if (type === 'bytes') args.push('base.NONE');
		else args.push('base.ASCII');
		return `fields[${lua(filter)}] = ProtoField.${kind}(${[...args, lua(description)].join(', ')})`;
	});
}

function messageLine(table: string, protocol: string, found: Message): string {
	const { fields, name, description, length, rest, due, when } = found;
	const magic = fields.find(({ type, preset }) => type === 'text' && preset !== undefined);
	const row = {
		name,
		description,
		due: due && expectedReplySentence(due),
		length,
		open: rest !== undefined,
		magic: magic && { at: magic.offset, text: magic.preset },
		when: when && {
			field: filterOf(protocol, fields.find((field) => field.name === when.field)!),
			value: when.value,
			description: when.description,
		},
		fields: fields.map((field) => {
			const advice = adviceOf(field);
			return {
				filter: filterOf(protocol, field),
				at: field.offset,
				length: field.length,
				little: field.endian === 'little',
				number: !['text', 'bytes', 'u64'].includes(field.type),
				...(Object.keys(advice).length > 0 ? { advice } : {}),
			};
		}),
	};
	return `add(${table}, ${Number(fields[0]!.preset)}, ${lua(row)})`;
}

/** The whole text of modemscope.lua. */
export function dissector(): string {
	const sahara = Object.values(saharaMessages);
	const qdl: Message[] = Object.values(qdlMessages);
	const dload: Message[] = Object.values(dloadMessages).filter(
		({ protocol }) => protocol === 'DLOAD',
	);
	const attributeLines = Object.entries(attributes).map(([name, description]) => {
		const filter = `firehose.${name}`;
		return `fields[${lua(filter)}] = ProtoField.string(${lua(filter)}, ${lua(name)}, base.UNICODE, ${lua(description)})`;
	});
	const tables = [
		...fieldLines('sahara', sahara),
		...fieldLines('qdl', qdl),
		...fieldLines('dload', dload),
		...attributeLines,
		...sahara.map((entry) => messageLine('sahara_messages', 'sahara', entry)),
		...dload.map((entry) => messageLine('dload_messages', 'dload', entry)),
		...qdl.map((entry) => messageLine('qdl_messages', 'qdl', entry)),
		...[...verbs].map(
			([name, { name: title, description }]) =>
				`verbs[${lua(name)}] = ${lua({ name: title, description })}`,
		),
		...answers.map(({ has, log = '', name, description }) => {
			const wanted = Object.fromEntries(
				Object.entries(has).map(([key, value]) => [key, value ?? true]),
			);
			return `table.insert(answers, ${lua({ has: wanted, log, name, description })})`;
		}),
	];
	return dissectorCode(tables.join('\n'));
}
