import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Conversation } from '../../source/protocol/decode/conversation.ts';
import { framedMessages, framedTables } from '../../source/protocol/decode/framed.ts';
import { dloadMessages } from '../../source/protocol/dload/dload.ts';
import { streamingMessages } from '../../source/protocol/dload/streaming-dload.ts';
import { decode, encode, type Field, type Message } from '../../source/protocol/fields.ts';
import { frame, placesIn } from '../../source/protocol/framing/hdlc.ts';
import { encodeWrite, isWrite, qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { memoryTable, memoryTable64 } from '../../source/protocol/sahara/memory.ts';
import { saharaMessages } from '../../source/protocol/sahara/sahara.ts';

const everyMessage: readonly Message[] = [...Object.values(saharaMessages), ...framedTables];

const anyValue = ({ type, length, preset }: Field): fc.Arbitrary<number | bigint | string> => {
	if (type === 'text') {
		const any = fc.stringMatching(new RegExp(`^[\\x20-\\x7e]{0,${length}}$`));
		return preset === undefined ? any : fc.constant(String(preset));
	}
	if (type === 'bytes') return fc.stringMatching(new RegExp(`^(?:[0-9a-f]{2}){${length}}$`));
	if (type === 'u64') return fc.bigInt({ min: 0n, max: 0xffffffffffffffffn });
	return fc.nat(2 ** (8 * length) - 1);
};

/** Random values for everything but what says which message it is. */
const valuesOf = ({ fields, rest }: Message) =>
	fc
		.tuple(
			...fields
				.filter(({ values, preset }) => !(values && preset !== undefined) && preset === undefined)
				.map((field) => anyValue(field).map((value) => [field.name, value] as const)),
			...(rest && !rest.each
				? [fc.stringMatching(/^(?:[0-9a-f]{2}){1,40}$/).map((value) => [rest.name, value] as const)]
				: []),
		)
		.map((pairs) => Object.fromEntries(pairs));

const framedRows = framedTables.map((entry) => [`${entry.protocol} ${entry.name}`, entry] as const);
const rows = everyMessage.map((entry) => [`${entry.protocol} ${entry.name}`, entry] as const);

test.each(rows)('%s comes back as it was', (_, entry) => {
	fc.assert(
		fc.property(valuesOf(entry), (values) => {
			const found = decode(entry, encode(entry, values));
			const read = Object.fromEntries(found.map(({ name, value }) => [name, value]));
			expect(read).toMatchObject(values);
		}),
		{ numRuns: 50 },
	);
});

test.each(framedRows)('%s is known in its frame, with its fields where they stand', (_, entry) => {
	fc.assert(
		fc.property(valuesOf(entry), (values) => {
			const payload = encode(entry, values);
			const around = {
				sender: entry.sender === 'host' ? 'host' : 'modem',
				before: entry.protocol,
			} as const;
			expect(framedMessages(payload, around)).toContain(entry);
			const framed = frame(payload);
			const places = placesIn(framed, 1);
			expect(places).toHaveLength(payload.length + 2 - 1);
			const [found] = new Conversation().push(0, around.sender === 'host' ? 'out' : 'in', framed);
			expect(found!.problem).toBeUndefined();
			expect(Buffer.from(found!.bytes)).toEqual(framed);
			const said = found!.fields.find(({ name }) => name === 'command')!;
			expect(said).toMatchObject({ offset: 1, value: payload[0] });
			for (const { offset, length } of found!.fields) {
				expect(offset + length).toBeLessThanOrEqual(framed.length - 1);
			}
		}),
		{ numRuns: 30 },
	);
});

test('every message and field says in short sentences what it is', () => {
	for (const { name, description, fields, rest, due } of [
		...everyMessage,
		memoryTable,
		memoryTable64,
	]) {
		expect(description, name).toMatch(/^[A-Z].*\.$/);
		for (const field of fields)
			expect(field.description, `${name} ${field.name}`).toMatch(/^(?:[A-Z]|\d).*\.$/);
		if (rest) expect(rest.description, name).toMatch(/\.$/);
		if (due) expect(due.within, name).toBeGreaterThan(0);
	}
});

test('every code that is no success says what it means and what to do', () => {
	const coded = everyMessage.flatMap(({ fields }) =>
		fields.flatMap(({ codes }) => (codes ? [codes] : [])),
	);
	expect(coded.length).toBeGreaterThan(5);
	for (const codes of coded) {
		for (const [number, { name, means, next }] of Object.entries(codes)) {
			expect(means, name).toMatch(/\.$/);
			if (number !== '0') expect(next, name).toMatch(/\.$/);
		}
	}
});

describe('the same command in several protocols', () => {
	const first = (entry: Message, values = {}, around = {}) =>
		framedMessages(encode(entry, values), around)[0];

	test('is told by what its magic says', () => {
		expect(first(qdlMessages.hello)).toBe(qdlMessages.hello);
		expect(first(streamingMessages.hello)).toBe(streamingMessages.hello);
		expect(first(dloadMessages.write)).toBe(dloadMessages.write);
	});

	test('is told by the frames before', () => {
		const reset = encode(dloadMessages.reset);
		expect(framedMessages(reset, { sender: 'host' })[0]).toBe(dloadMessages.reset);
		const error = encode(qdlMessages.error, { error: 0x0f });
		expect(framedMessages(error, { before: 'QDL' })[0]).toBe(qdlMessages.error);
		const stop = encode(streamingMessages.error, { error: 2 });
		expect(framedMessages(stop, { before: 'streaming DLOAD' })[0]).toBe(streamingMessages.error);
	});

	test('is told by who sends it', () => {
		const reset = encode(streamingMessages.reset);
		expect(framedMessages(reset, { sender: 'host', before: 'streaming DLOAD' })[0]).toBe(
			streamingMessages.reset,
		);
		const bad = Buffer.concat([encode(dloadMessages.diagBadCommand), Buffer.alloc(20)]);
		expect(framedMessages(bad, { sender: 'modem' })[0]).toBe(dloadMessages.diagBadCommand);
	});
});

test('UFWRITE has the CRC of its first 11 bytes', () => {
	fc.assert(
		fc.property(fc.nat(0xffff), fc.nat(1024 * 1024), (sequence, size) => {
			const head = encodeWrite(sequence, size);
			expect(isWrite(head)).toBe(true);
			head[1]! ^= 1;
			expect(isWrite(head)).toBe(false);
		}),
	);
});

test.each([
	[memoryTable, 52],
	[memoryTable64, 64],
])('a memory table is read entry by entry', (table, size) => {
	const bytes = Buffer.alloc(2 * size + 3);
	bytes.write('DDR memory', 2 * size - 40, 'latin1');
	const fields = decode(table, bytes);
	expect(fields.find(({ name }) => name === 'region 2')).toMatchObject({ value: 'DDR memory' });
	expect(fields.at(-1)).toMatchObject({ name: 'further', offset: 2 * size, length: 3 });
});
