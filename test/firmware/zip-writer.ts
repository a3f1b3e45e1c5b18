/** ZIP archives for tests, honest ones and others (APPNOTE.TXT 4.3). */
import { crc32, deflateRawSync } from 'node:zlib';

export type ZipEntry = {
	readonly name: string;
	readonly content: Buffer;
	/** What it says of itself, where that is not so. */
	readonly says?: { readonly size?: number; readonly crc?: number };
	/** Of a Unix file, as stat has it. */
	readonly mode?: number;
	readonly flags?: number;
};

export function zipOf(entries: readonly ZipEntry[]): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content, says = {}, mode = 0, flags = 0 } of entries) {
		const packed = deflateRawSync(content, { level: 1 });
		const path = Buffer.from(name);
		const shared = Buffer.alloc(26);
		shared.writeUInt16LE(20, 0);
		shared.writeUInt16LE(flags, 2);
		shared.writeUInt16LE(8, 4);
		shared.writeUInt32LE(says.crc ?? crc32(content), 10);
		shared.writeUInt32LE(packed.length, 14);
		shared.writeUInt32LE(says.size ?? content.length, 18);
		shared.writeUInt16LE(path.length, 22);
		parts.push(Buffer.from('PK\x03\x04'), shared, path, packed);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE((mode << 16) >>> 0, 6);
		rest.writeUInt32LE(offset, 10);
		directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, rest, path);
		offset += 4 + shared.length + path.length + packed.length;
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(listed.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, listed, end]);
}
