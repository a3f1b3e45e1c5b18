import { describe, expect, test } from 'vitest';
import { combineCrc, cweCrc } from '../../source/firmware/cwe/crc.ts';
import {
	cweHeader,
	decodeHeader,
	encodeHeader,
	headerOf,
	noIndicator,
	unprintable,
} from '../../source/firmware/cwe/header.ts';

const field = (raw: Uint8Array, name: string) => decodeHeader(raw).find((f) => f.name === name);

/**
 * carrier_pri.nvu of an EM7455: the values and CRCs that parsecwe.pl printed (eagleusb/wwan). Each
 * image CRC covers the next inner header, so a header that differs from the real one in any of its
 * 400 bytes gives another CRC.
 */
describe('headers of a real file, byte for byte', () => {
	const version = '9999999_9904779_SWI9X30C_02.08.02.00_00_SPRINT_000.012_000';
	const common = {
		product: '9X30',
		date: '01/07/16',
		crcIndicator: noIndicator,
		storageAddress: 0,
		programAddress: 0,
		entryPoint: 0,
	};
	const settings = encodeHeader({
		...common,
		type: 'NVUP',
		product: '9x30',
		size: 9872,
		crc: 0x5d57c7b9,
		version,
		compat: 1,
		magic: 0x50617273,
		crcIndicator: 0x474f4f44,
	});
	const inner = encodeHeader({
		...common,
		type: 'FILE',
		size: 10272,
		crc: 0x02eee9fe,
		version: '/swir/nvdelta/NVUP_SPRINT.010',
		compat: 0x01000000,
	});
	const outer = encodeHeader({
		...common,
		type: 'FILE',
		size: 10672,
		crc: 0x0d2d42db,
		version: '',
	});

	test.each([
		['NVUP', settings, 0x5d57c7b9, 9872, 0x02eee9fe],
		['the inner FILE', inner, 0x02eee9fe, 10272, 0x0d2d42db],
		['the outer FILE', outer, 0x0d2d42db, 10672, 0xa980254f],
	])('%s', (_, header, payloadCrc, payloadLength, crc) => {
		expect(combineCrc(cweCrc(header), payloadCrc, payloadLength)).toBe(crc);
		expect(headerOf(decodeHeader(header)).size).toBe(payloadLength);
		expect(headerOf(decodeHeader(header)).crc).toBe(payloadCrc);
	});

	test('the PSB of its SPKG', () => {
		const top = encodeHeader({
			type: 'SPKG',
			psb: [{ version: 1, type: 2, offset: 400, size: 11072, source: 'FULL' }],
		});
		expect(headerOf(decodeHeader(top)).psbCrc).toBe(0x82d92888);
		expect(field(top, 'psb 0 size')).toMatchObject({ offset: 8, value: 11072 });
		expect(field(top, 'psb 0 source')?.shown).toBe('FULL');
	});
});

test('the fields stand where the format says, and fill the header', () => {
	const at = (name: string) => cweHeader(3).fields.find((f) => f.name === name)?.offset;
	expect(cweHeader(3).length).toBe(400);
	expect(at('psb crc')).toBe(0x100);
	expect(at('revision')).toBe(0x104);
	expect(at('crc indicator')).toBe(0x108);
	expect(at('type')).toBe(0x10c);
	expect(at('product')).toBe(0x110);
	expect(at('size')).toBe(0x114);
	expect(at('crc')).toBe(0x118);
	expect(at('version')).toBe(0x11c);
	expect(at('date')).toBe(0x170);
	expect(at('compat')).toBe(0x178);
	expect(at('options')).toBe(0x17c);
	expect(at('storage address')).toBe(0x180);
	expect(at('entry point')).toBe(0x188);
	expect(at('magic')).toBe(0x18c);
});

test('decoded fields cover every byte once', () => {
	const raw = encodeHeader({ type: 'BOOT', psb: [{}, { version: 1 }] });
	let next = 0;
	for (const { offset, length } of decodeHeader(raw)) {
		expect(offset).toBe(next);
		next += length;
	}
	expect(next).toBe(400);
});

test('the addresses are little endian from revision 2 on, big endian before', () => {
	const old = encodeHeader({ type: 'APPL', revision: 1, storageAddress: 0x11223344, magic: 1 });
	const current = encodeHeader({ type: 'APPL', revision: 2, storageAddress: 0x11223344, magic: 1 });
	expect(old.toString('hex', 0x180, 0x184)).toBe('11223344');
	expect(current.toString('hex', 0x180, 0x184)).toBe('44332211');
	for (const raw of [old, current]) {
		expect(headerOf(decodeHeader(raw)).storageAddress).toBe(0x11223344);
		expect(raw.toString('hex', 0x18c)).toBe('00000001');
	}
});

test('a header has a PSB CRC of its own', () => {
	expect(headerOf(decodeHeader(encodeHeader({ type: 'SPKG' }))).psbCrc).toBe(0xf2697aa7);
});

test('option bits are named', () => {
	expect(field(encodeHeader({ type: 'SYST', options: 5 }), 'options')?.shown).toBe(
		'5 compressed, signed',
	);
});

test('text in a header comes out as printable ASCII', () => {
	const raw = encodeHeader({
		type: 'SPKG',
		version: '\x1b]0;owned\x07\x9b2J\xe9',
		date: '01/01/23',
	});
	expect(field(raw, 'version')).toMatchObject({
		value: '.]0;owned..2J.',
		shown: '.]0;owned..2J.',
	});
	expect(unprintable(raw)).toEqual(['version']);
});

test('0xFF may fill a text, something behind the filling may not', () => {
	const raw = encodeHeader({ type: 'SPKG', product: '9X07', version: 'a', date: '01/01/23' });
	raw.fill(0xff, 0x11d, 0x170);
	expect(unprintable(raw)).toEqual([]);
	raw[0x16f] = 0x41;
	expect(unprintable(raw)).toEqual(['version']);
});
