import { expect, test } from 'vitest';
import { models } from '../../source/modems/simulated.ts';
import { describe as descriptorsOf } from '../../source/simulator/device/descriptors.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';

/** Cuts descriptors apart, as a host does. */
function pieces(bytes: Buffer): Buffer[] {
	const found: Buffer[] = [];
	for (let at = 0; at < bytes.length; at += bytes[at]!) {
		expect(bytes[at]).toBeGreaterThan(1);
		found.push(bytes.subarray(at, at + bytes[at]!));
	}
	expect(found.reduce((sum, { length }) => sum + length, 0)).toBe(bytes.length);
	return found;
}

/** Interfaces and endpoints, as lsusb names them. */
function layout(configuration: Buffer): string[] {
	const types = ['control', 'isochronous', 'bulk', 'interrupt'];
	return pieces(configuration).flatMap((piece) => {
		const hex = (at: number) => piece[at]!.toString(16).padStart(2, '0');
		if (piece[1] === 4)
			return `${piece[2]} ${hex(5)}/${hex(6)}/${hex(7)} ${piece[4]} alt ${piece[3]}`;
		if (piece[1] === 5) return `${hex(2)} ${types[piece[3]!]} ${piece.readUInt16LE(4)}`;
		return [];
	});
}

const text = (bytes: Buffer | undefined) => bytes?.toString('utf16le', 2);

test('the loader has what qcserial asks of it: one interface, bulk IN, then bulk OUT', () => {
	const { get, device } = descriptorsOf(loaderDevice(models.RC7620, 59));
	const configuration = get(2, 0)!;
	expect(configuration.readUInt16LE(2)).toBe(configuration.length);
	expect(configuration[4]).toBe(1);
	expect(layout(configuration)).toEqual(['0 ff/ff/ff 2 alt 0', '81 bulk 512', '01 bulk 512']);
	expect([...device.subarray(14, 17)]).toEqual([1, 2, 3]);
	expect(text(get(3, 1))).toBe('Sierra Wireless, Incorporated');
	expect(text(get(3, 3))).toBe('REHEARSAL0000000');
	expect(get(3, 4)).toBeUndefined();
});

test('the application has the interfaces of the field, the interrupt first where there is one', () => {
	const { get, device } = descriptorsOf(applicationDevice(models.RC7620, 60));
	const configuration = get(2, 0)!;
	expect(configuration.readUInt16LE(2)).toBe(configuration.length);
	expect(configuration[4]).toBe(4);
	expect(layout(configuration)).toEqual([
		'0 ff/ff/ff 2 alt 0',
		'81 bulk 512',
		'01 bulk 512',
		'2 ff/00/00 3 alt 0',
		'83 interrupt 64',
		'82 bulk 512',
		'02 bulk 512',
		'3 ff/00/00 3 alt 0',
		'85 interrupt 64',
		'84 bulk 512',
		'03 bulk 512',
		'8 ff/ff/ff 3 alt 0',
		'87 interrupt 64',
		'86 bulk 512',
		'04 bulk 512',
	]);
	expect(device.length).toBe(18);
	expect(device.readUInt16LE(8)).toBe(0x1199);
	expect(device.readUInt16LE(10)).toBe(0x68c0);
	expect([...device.subarray(14, 17)]).toEqual([3, 2, 4]);
	expect(text(get(3, 2))).toBe('Sierra Wireless RC7620');
	expect(get(3, 0)).toEqual(Buffer.from('04030904', 'hex'));
});

test('an MBIM function has what cdc_mbim asks of it', () => {
	const configuration = descriptorsOf(applicationDevice(models.EM9191, 60, 'mbim and at')).get(
		2,
		0,
	)!;
	expect(configuration.readUInt16LE(2)).toBe(configuration.length);
	expect(configuration[4]).toBe(4);
	expect(layout(configuration)).toEqual([
		'0 02/0e/00 1 alt 0',
		'87 interrupt 64',
		'1 0a/00/02 0 alt 0',
		'1 0a/00/02 2 alt 1',
		'86 bulk 512',
		'04 bulk 512',
		'3 ff/00/00 3 alt 0',
		'85 interrupt 64',
		'84 bulk 512',
		'03 bulk 512',
		'4 ff/ff/30 2 alt 0',
		'81 bulk 512',
		'01 bulk 512',
	]);
	// CDC, then the union of interfaces 0 and 1, then MBIM with messages of at most 4096 bytes.
	const functional = pieces(configuration).filter((piece) => piece[1] === 0x24);
	expect(functional.map((piece) => piece.toString('hex'))).toEqual([
		'0524001001',
		'0524060001',
		'0c241b00010010208000' + '0800',
	]);
});

test('a host at 12 Mbit/s would see the same with smaller packets', () => {
	const { get } = descriptorsOf(loaderDevice(models.RC7620, 59));
	expect(get(6, 0)).toEqual(Buffer.from('0a060002000000400100', 'hex'));
	expect(get(7, 0)![1]).toBe(7);
	expect(layout(get(7, 0)!)).toEqual(['0 ff/ff/ff 2 alt 0', '81 bulk 64', '01 bulk 64']);
});

test('at 5 Gbit/s each endpoint has a companion, and the device a binary store', () => {
	const { get, device } = descriptorsOf(applicationDevice(models.EM7565, 60, 'all', 5000));
	expect([device.readUInt16LE(2), device[7]]).toEqual([0x0300, 9]);
	const configuration = get(2, 0)!;
	expect(configuration.readUInt16LE(2)).toBe(configuration.length);
	// A hub has 900 mA for one device; Linux configures none that wants more.
	expect(configuration[8]! * 8).toBeLessThanOrEqual(900);
	const parts = pieces(configuration);
	expect(parts.filter((part) => part[1] === 5 && part[3] === 2)[0]!.readUInt16LE(4)).toBe(1024);
	for (const [index, part] of parts.entries()) {
		if (part[1] === 5) expect(parts[index + 1]![1]).toBe(0x30);
	}
	const store = get(15, 0)!;
	expect([store.readUInt16LE(2), pieces(store).length - 1]).toEqual([store.length, store[4]]);
	expect(get(6, 0)).toBeUndefined();
});

test('other ids and a missing string come through', () => {
	const edl = {
		...loaderDevice(models.RC7620, 59),
		vid: '05c6',
		pid: '9008',
		product: 'QUSB_BULK',
	};
	const { serial: _, ...nameless } = edl;
	const { get, device } = descriptorsOf(nameless);
	expect(device.readUInt16LE(8)).toBe(0x05c6);
	expect(device.readUInt16LE(10)).toBe(0x9008);
	expect([...device.subarray(14, 17)]).toEqual([1, 2, 0]);
	expect(text(get(3, 2))).toBe('QUSB_BULK');
	expect(get(3, 3)).toBeUndefined();
	expect(get(0x21, 0)).toBeUndefined();
	expect(get(2, 1)).toBeUndefined();
});
