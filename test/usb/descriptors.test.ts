import { expect, test } from 'vitest';
import { describedInterfaces } from '../../source/usb/device/descriptors.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const device = hex('12 01 0002 000000 40 9911 c068 0600 03 02 04 02');
const configuration = (value: number, ...parts: string[]) => {
	const body = hex(parts.join(''));
	const head = Buffer.from([9, 2, 0, 0, parts.length, value, 0, 0xe0, 250]);
	head.writeUInt16LE(head.length + body.length, 2);
	return Buffer.concat([head, body]);
};
/** MBIM: control, with a descriptor of its class; data in two settings. The second one is a serial port. */
const control = '09040c0001020e0000 0524001001 07058203400009';
const data = '09040d00000a000200 09040d01020a000200 07058102000200 07050102000200';
const port = '0904030003ff000000 0705850340000a 07050302000200 07058402000200';
const both = Buffer.concat([device, configuration(2, control, data), configuration(1, port)]);

const control12 = {
	number: 12,
	class: '02/0e/00',
	endpoints: 1,
	pipes: [{ address: '82', type: 'interrupt' }],
};
const data13 = {
	number: 13,
	class: '0a/00/02',
	endpoints: 2,
	pipes: [
		{ address: '81', type: 'bulk' },
		{ address: '01', type: 'bulk' },
	],
};
const port3 = {
	number: 3,
	class: 'ff/00/00',
	endpoints: 3,
	pipes: [
		{ address: '84', type: 'bulk' },
		{ address: '85', type: 'interrupt' },
		{ address: '03', type: 'bulk' },
	],
};

test('the first configuration, or the one that is active; the setting that has endpoints', () => {
	expect(describedInterfaces(both)).toEqual([control12, data13]);
	expect(describedInterfaces(both, 2)).toEqual([control12, data13]);
	expect(describedInterfaces(both, 1)).toEqual([port3]);
	expect(describedInterfaces(both, 3)).toEqual([]);
});

test('cut at any byte it says no more than is there', () => {
	for (let end = 0; end <= both.length; end++) {
		const found = describedInterfaces(both.subarray(0, end), 2);
		expect([control12.number, data13.number]).toEqual(
			expect.arrayContaining(found.map(({ number }) => number)),
		);
	}
	expect(describedInterfaces(both.subarray(0, 60), 2)).toHaveLength(2);
});

test('a length of nothing, or past the end, ends the list', () => {
	for (const length of [0, 1, 255]) {
		const lying = Buffer.from(both);
		lying[18] = length;
		expect(describedInterfaces(lying)).toEqual([]);
	}
});
