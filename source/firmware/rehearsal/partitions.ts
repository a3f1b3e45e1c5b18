/**
 * What a rehearsed emergency loader takes: a programmer whose signature is a hash, and a rawprogram
 * with its images. The programmer is marked, so that it never reaches a real chip.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noise } from './noise.ts';

/** In the padding of an ELF's identification. */
const mark = Buffer.from('\x7fELF\x01\x01\x01\0REHEARSE', 'latin1');

export const isRehearsalProgrammer = (head: Uint8Array): boolean =>
	mark.equals(head.subarray(0, mark.length));

/** Bytes: the headers of a 32-bit ELF file (System V ABI), and what the hash in its end takes. */
export const elf = { header: 52, programHeader: 32, hash: 32 } as const;
const segmentAt = 4096;

/** A little-endian ELF with one segment, which ends in the SHA-256 of what is before it. */
export function rehearsalProgrammer(length = 120_000): Buffer {
	const file = Buffer.alloc(segmentAt + length);
	mark.copy(file);
	file.writeUInt32LE(elf.header, 0x1c);
	file.writeUInt16LE(elf.programHeader, 0x2a);
	file.writeUInt16LE(1, 0x2c);
	file.writeUInt32LE(1, elf.header);
	file.writeUInt32LE(segmentAt, elf.header + 4);
	file.writeUInt32LE(length, elf.header + 16);
	const segment = file.subarray(segmentAt);
	noise('', length, 9).fill(segment);
	const hash = createHash('sha256').update(segment.subarray(0, -elf.hash)).digest();
	hash.copy(segment, length - elf.hash);
	return file;
}

/** Name, bytes, start sector, sectors. */
const images = [
	['gpt_main0.bin', 17_408, '0', 34],
	['sbl1.mbn', 300_001, '64', 1024],
	['modem.img', 2_000_000, '2048', 8192],
	['gpt_backup0.bin', 16_896, 'NUM_DISK_SECTORS-33.', 33],
] as const;

const place = 'SECTOR_SIZE_IN_BYTES="512" physical_partition_number="0"';

export const rehearsalNames = {
	programmer: 'prog_firehose_rehearsal.elf',
	rawProgram: 'rawprogram0.xml',
	patch: 'patch0.xml',
} as const;

/** Writes the set into a folder, which is made. */
export async function rehearsalPartitions(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const write = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);
	const programs = images.map(
		([name, , start, room]) =>
			`<program ${place} filename="${name}" label="${name.split('.')[0]}" num_partition_sectors="${room}" start_sector="${start}" sparse="false"/>`,
	);
	const erase = `<erase ${place} num_partition_sectors="64" start_sector="12288" label="settings"/>`;
	await write(rehearsalNames.programmer, rehearsalProgrammer());
	await write(
		rehearsalNames.rawProgram,
		`<?xml version="1.0" ?>\n<data>\n${[erase, ...programs].join('\n')}\n</data>\n`,
	);
	await write(
		rehearsalNames.patch,
		`<?xml version="1.0" ?>\n<patches>\n<patch ${place} byte_offset="48" filename="DISK" size_in_bytes="8" start_sector="1" value="NUM_DISK_SECTORS-34." what="the last sector that may be used"/>\n</patches>\n`,
	);
	for (const [index, [name, length]] of images.entries()) {
		const content = Buffer.alloc(length);
		noise('', length, index).fill(content);
		await write(name, content);
	}
}
