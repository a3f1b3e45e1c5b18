import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { kindOf } from '../../source/firmware/cwe/magic.ts';

const bytes = (begins: string, length = 64) =>
	Buffer.concat([Buffer.from(begins, 'latin1'), Buffer.alloc(length, 0x5c)]);
const kind = (head: Uint8Array, length = head.length) => kindOf(head, length).kind;

test.each([
	['UBI#\x01', 'ubi'],
	['hsqs', 'squashfs'],
	['sqsh', 'squashfs'],
	['\x31\x18\x10\x06', 'ubifs'],
	['\x85\x19\x03\x20', 'jffs2'],
	['ANDROID!', 'android-boot'],
	['\xd1\xdc\x4b\x84\x34\x10\xd7\x73', 'sbl'],
	['\xac\x9f\x56\xfe\x7a\x12\x7f\xcd', 'mibib'],
	['\x27\x05\x19\x56', 'uimage'],
	['\xd0\x0d\xfe\xed', 'device-tree'],
	['\xfd7zXZ\0', 'xz'],
	['PK\x03\x04', 'zip'],
	['<?xml version="1.0"?>', 'xml'],
	['#!/bin/sh\n', 'script'],
	['\x30\x82\x05\x01', 'der'],
	['\x12\x34\x56\x78', 'unknown'],
])('%j is %s', (begins, expected) => {
	expect(kind(bytes(begins))).toBe(expected);
});

test('an ELF says how wide it is, and for which machine', () => {
	const elf = (machine: number, width: number) => {
		const head = bytes(`\x7fELF${String.fromCharCode(width)}\x01`);
		head.writeUInt16LE(machine, 18);
		return kindOf(head, head.length).says;
	};
	expect(elf(40, 1)).toBe('ELF, 32 bit, ARM');
	expect(elf(183, 2)).toBe('ELF, 64 bit, AArch64');
	expect(elf(164, 1)).toBe('ELF, 32 bit, Hexagon');
	expect(elf(9999, 1)).toBe('ELF, 32 bit');
});

test('a Qualcomm header without an ELF has to add up', () => {
	const head = Buffer.alloc(512, 1);
	const words = [7, 3, 0, 0, 300, 100, 0, 50, 0, 150];
	for (const [n, word] of words.entries()) head.writeUInt32LE(word, n * 4);
	expect(kind(head)).toBe('mbn');
	head.writeUInt32LE(301, 16);
	expect(kind(head)).toBe('unknown');
});

test('packed data is told, and not unpacked', () => {
	const some = Buffer.from('some text, and more of it');
	expect(kind(gzipSync(some))).toBe('gzip');
	for (const level of [1, 6, 9]) expect(kind(deflateSync(some, { level }))).toBe('zlib');
	expect(kind(bytes('\x78\x00'))).toBe('unknown');
});

test('a tar has its sign further behind', () => {
	const head = Buffer.alloc(512);
	head.write('etc/passwd');
	head.write('ustar', 257);
	expect(kind(head)).toBe('tar');
	expect(kind(head.subarray(0, 256))).toBe('unknown');
});

test('text, filling and nothing', () => {
	expect(kind(Buffer.from('AT!BOOTHOLD and some more'))).toBe('text');
	expect(kind(Buffer.from('<package><file/></package>'))).toBe('xml');
	expect(kind(Buffer.alloc(512, 0xff))).toBe('filling');
	expect(kind(Buffer.alloc(512))).toBe('filling');
	expect(kind(new Uint8Array())).toBe('empty');
});

test('one byte of anything is no crash', () => {
	for (let byte = 0; byte < 256; byte += 1) expect(kind(Buffer.from([byte]))).toBeTruthy();
});
