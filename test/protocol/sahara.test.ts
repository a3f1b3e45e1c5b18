import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../../source/protocol/fields.ts';
import {
	encodeExecute,
	encodeExecuteData,
	encodeHelloResponse,
	encodeSwitchMode,
	readSahara,
	saharaExecuteIds,
	saharaMessages,
	saharaStatus,
} from '../../source/protocol/sahara/sahara.ts';

const hex = (bytes: Uint8Array) =>
	Buffer.from(bytes)
		.toString('hex')
		.match(/.{1,8}/g)!
		.join(' ')
		.toUpperCase();
const bytes = (text: string) => Buffer.from(text.replaceAll(/[ :]/g, ''), 'hex');

/** RC7620, 2023-06-01 and 2023-06-02: the same 48 bytes on both modules. */
const fieldHello = bytes(
	'01:00:00:00:30:00:00:00:02:00:00:00:01:00:00:00:00:04:00:00:02:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00',
);

test('the HELLO of the field case is read', () => {
	const found = readSahara(fieldHello);
	if (!found || 'need' in found) throw new Error('no HELLO');
	expect(found.message).toBe(saharaMessages.hello);
	expect(found.length).toBe(48);
	const fields = Object.fromEntries(found.fields.map(({ name, value }) => [name, value]));
	expect(fields).toMatchObject({ version: 2, 'version min': 1, 'max packet': 0x400, mode: 2 });
	expect(found.fields.find(({ name }) => name === 'mode')!.shown).toBe('2 MEMORY_DEBUG');
});

test.each([
	[
		'HELLO_RSP for command mode',
		encodeHelloResponse(),
		`02000000 30000000 02000000 02000000 00000000 03000000${' 00000000'.repeat(6)}`,
	],
	['SWITCH_MODE to command mode', encodeSwitchMode(), '0C000000 0C000000 03000000'],
	['RESET', encode(saharaMessages.reset), '07000000 08000000'],
	['EXECUTE, switch to Firehose', encodeExecute(0xff00), '0D000000 0C000000 00FF0000'],
	['EXECUTE_DATA, the same', encodeExecuteData(0xff00), '0F000000 0C000000 00FF0000'],
])('%s is byte for byte the one that loaders know', (_, said, known) => {
	expect(hex(said)).toBe(known);
});

/** linux-msm/qdl sahara.c, by command. */
const lengths = [
	0x30, 0x30, 0x14, 0x10, 8, 0xc, 8, 8, 0x10, 0x10, 8, 0xc, 0xc, 0x10, 0xc, 0x18, 0x18, 0x20, 8, 24,
];

test('every packet has its number, its length, and says what it is', () => {
	const packets = Object.values(saharaMessages);
	expect(packets.map(({ fields }) => fields[0]!.preset)).toEqual(lengths.map((_, n) => n + 1));
	expect(packets.map(({ length }) => length)).toEqual(lengths);
	for (const { name, description, fields } of packets) {
		expect(description, name).toMatch(/\.$/);
		for (const field of fields) expect(field.description, `${name} ${field.name}`).toMatch(/\.$/);
	}
});

test.each(Object.values(saharaMessages))(
	'$name comes back as it was, whatever it says',
	(message) => {
		const body = message.fields.slice(2);
		const numbers = fc.tuple(
			...body.map(({ type }) =>
				type === 'u64' ? fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }) : fc.nat(0xffffffff),
			),
		);
		fc.assert(
			fc.property(numbers, fc.uint8Array({ maxLength: 8 }), (given, behind) => {
				const values = Object.fromEntries(body.map(({ name }, at) => [name, given[at]!]));
				const found = readSahara(Buffer.concat([encode(message, values), behind]));
				if (!found || 'need' in found) throw new Error('not read');
				expect(found.message).toBe(message);
				expect(found.length).toBe(message.length);
				expect(found.fields.slice(2).map(({ value }) => value)).toEqual(given);
			}),
			{ numRuns: 50 },
		);
	},
);

test('a packet that is not here whole says how much it needs, and no more than that', () => {
	for (let length = 0; length < fieldHello.length; length++) {
		const found = readSahara(fieldHello.subarray(0, length));
		if (length === 0) continue;
		expect(found).toEqual({ need: (length < 8 ? 8 : 48) - length });
	}
});

test.each([
	['0', '01000000 00000000'],
	['4 GB', '01000000 FFFFFFFF'],
	['47, one less than a HELLO', '01000000 2F000000'],
	['7, less than a head', '07000000 07000000'],
	['257, longer than any packet', '01000000 01010000'],
])('a length of %s is refused, not waited for', (_, head) => {
	expect(readSahara(bytes(head))).toBeUndefined();
	expect(readSahara(Buffer.concat([bytes(head), Buffer.alloc(2000)]))).toBeUndefined();
});

test.each(['00000000 08000000', '15000000 08000000', '01000100 30000000', '7E700000 14467E'])(
	'%s is no packet',
	(head) => {
		expect(readSahara(bytes(head))).toBeUndefined();
	},
);

test('WRITE_DATA comes from the loader, with the fields of Qualcomm’s own document', () => {
	const { writeData } = saharaMessages;
	expect([writeData.sender, writeData.length]).toEqual(['modem', 24]);
	const packet = encode(writeData, { offset: 4096n, image: 34, 'data length': 512 });
	expect(packet.toString('hex')).toBe('140000001800000000100000000000002200000000020000');
});

test('any bytes at all are read without a throw', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 60 }), (any) => {
			const found = readSahara(any);
			if (found && 'need' in found) expect(found.need).toBeGreaterThan(0);
			else if (found) expect(found.length).toBeLessThanOrEqual(any.length);
		}),
		{ numRuns: 2000 },
	);
});

test('statuses and commands have the names of qdl and libqmi', () => {
	expect(saharaStatus[0]).toBe('SUCCESS');
	expect(saharaStatus[0x15]).toBe('UNKNOWN_ERROR');
	expect(saharaStatus[0x1c]).toBe('INVALID_MODE_SWITCH');
	expect(saharaStatus[0x1f]).toBe('EXEC_CMD_UNSUPPORTED');
	expect(saharaStatus[0x26]).toBe('INVALID_IMG_HASH_TABLE_SIZE');
	expect(saharaExecuteIds[0xff00]).toContain('Firehose');
});
