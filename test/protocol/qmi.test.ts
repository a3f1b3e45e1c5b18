import fc from 'fast-check';
import { expect, test } from 'vitest';
import { qmiMessage, qmiMessages } from '../../source/protocol/qmi/messages.ts';
import { beginsQmux, encodeQmi, readQmi } from '../../source/protocol/qmi/qmi.ts';
import type { Item, Values } from '../../source/protocol/qmi/shape.ts';

const bytes = (text: string) => Buffer.from(text.replaceAll(':', ''), 'hex');

// libqmi-devel 003166.
test('a refusal of SetFirmwareId, as an EM7455 gave it', () => {
	const frame = readQmi(bytes('01:13:00:80:02:08:02:01:00:3E:00:07:00:02:04:00:01:00:11:00'))!;
	expect(frame).toMatchObject({ name: 'DMS SetFirmwareId answer', sender: 'modem', length: 20 });
	const error = frame.fields.find(({ name }) => name === 'error')!;
	expect(error).toMatchObject({ value: 0x11, shown: '17 (0x11) MissingArgument', offset: 18 });
	expect(error.code!.next).toMatch(/BOOTHOLD/);
});

test('SetBootImageDownloadMode, byte for byte as libqmi sends it', () => {
	const known = bytes('01:10:00:00:02:08:00:02:00:50:00:04:00:01:01:00:01');
	expect(readQmi(known)).toMatchObject({ name: 'DMS SetBootImageDownloadMode', sender: 'host' });
	expect(readQmi(known)!.fields.at(-1)).toMatchObject({ shown: '1 boot and recovery', offset: 16 });
	const asked = qmiMessage(2, 0x50)!;
	expect(encodeQmi(asked, { client: 8, transaction: 2, tlvs: { 1: { mode: 1 } } })).toEqual(known);
});

const anyValues = (shape: readonly Item[]): fc.Arbitrary<Values> =>
	fc
		.tuple(
			...shape.map((item): fc.Arbitrary<readonly [string, Values[string]]> => {
				if (item.kind === 'list') {
					return fc
						.array(anyValues(item.of), { maxLength: 3 })
						.map((entries) => [item.name, entries]);
				}
				if (item.kind !== 'field') {
					return fc.stringMatching(/^[\x20-\x7e]{1,20}$/).map((text) => [item.name, text]);
				}
				const { name, type, length } = item.field;
				return type === 'bytes'
					? fc.stringMatching(/^(?:[0-9a-f]{2}){16}$/).map((hex) => [name, hex])
					: fc.nat(2 ** (8 * length) - 1).map((value) => [name, value]);
			}),
		)
		.map((pairs) => Object.fromEntries(pairs));

/** Values in the order of their bytes, lists flat. */
const flat = (shape: readonly Item[], values: Values): (string | number)[] =>
	shape.flatMap((item) => {
		const value = values[item.kind === 'field' ? item.field.name : item.name];
		if (item.kind !== 'list') return [value as string | number];
		return (value as readonly Values[]).flatMap((entry) => flat(item.of, entry));
	});

const rows = qmiMessages.flatMap((asked) =>
	[false, true].map(
		(answer) => [`${asked.name}${answer ? ' answer' : ''}`, asked, answer] as const,
	),
);

test.each(rows)('%s comes back as it was', (_, asked, answer) => {
	const tlvs = Object.entries(answer ? asked.answer : asked.request);
	const values = fc.tuple(...tlvs.map(([, { shape }]) => anyValues(shape)));
	fc.assert(
		fc.property(values, fc.nat(255), (given, client) => {
			const numbered = Object.fromEntries(tlvs.map(([type], at) => [type, given[at]!]));
			const frame = readQmi(encodeQmi(asked, { tlvs: numbered, client, answer }))!;
			expect(frame.problem).toBeUndefined();
			expect(frame.name).toContain(asked.name);
			const inside = frame.fields
				.slice(10)
				.filter(({ name }) => !/\b(?:type|length)\b|^(?:images|kinds|radios|services)\b/.test(name))
				.map(({ value }) => value);
			expect(inside).toEqual(tlvs.flatMap(([, { shape }], at) => flat(shape, given[at]!)));
		}),
		{ numRuns: 40 },
	);
});

test('a length that lies is named, and never read past the end', () => {
	const whole = encodeQmi(qmiMessage(2, 0x23)!, {
		answer: true,
		tlvs: { 2: { result: 0, error: 0 }, 1: { revision: 'SWI9X07H' } },
	});
	for (let at = 13; at < whole.length; at++) {
		for (const value of [0, 1, 0x7f, 0xff]) {
			const broken = Buffer.from(whole);
			broken[at] = value;
			const { fields } = readQmi(broken)!;
			for (const { offset, length } of fields)
				expect(offset + length).toBeLessThanOrEqual(whole.length);
		}
	}
	const lie = Buffer.from(whole);
	lie[14] = 0xff;
	expect(readQmi(lie)!.problem).toBe('a TLV is longer than the message');
});

test('every prefix of a frame may be one, and other bytes may not', () => {
	const whole = encodeQmi(qmiMessage(0, 0x27)!);
	for (let length = 1; length < 5; length++)
		expect(beginsQmux(whole.subarray(0, length))).toBe('more');
	expect(beginsQmux(whole)).toBe('yes');
	for (const other of ['02', '01000000', '0113000102', '01ffff0002', '01130000fe']) {
		expect(beginsQmux(bytes(other)), other).toBe('no');
	}
});
