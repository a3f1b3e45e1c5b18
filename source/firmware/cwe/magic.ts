/**
 * What bytes are, by how they begin; nothing is unpacked. The signs are those of each format's own
 * definition.
 */

/** `kind` is a stable name for scripts, `says` a few words for a person. */
export type Kind = { readonly kind: string; readonly says: string };

/** Bytes from the start that `kindOf` looks at. */
export const magicLength = 512;

type Sign = Kind & { readonly begins: string; readonly at?: number };

/** `begins` is written byte for byte, as latin1. */
const signs: readonly Sign[] = [
	{ begins: 'UBI#', kind: 'ubi', says: 'UBI volumes' },
	{ begins: '\x31\x18\x10\x06', kind: 'ubifs', says: 'UBIFS' },
	{ begins: 'hsqs', kind: 'squashfs', says: 'squashfs' },
	{ begins: 'sqsh', kind: 'squashfs', says: 'squashfs, big endian' },
	{ begins: '\x85\x19', kind: 'jffs2', says: 'JFFS2' },
	// The header of a folder that lies in the root: yaffs2 has no magic of its own.
	{ begins: '\x03\0\0\0\x01\0\0\0\xff\xff', kind: 'yaffs2', says: 'yaffs2' },
	{ begins: 'ANDROID!', kind: 'android-boot', says: 'Android boot image' },
	{ begins: '\xd1\xdc\x4b\x84\x34\x10\xd7\x73', kind: 'sbl', says: 'Qualcomm boot loader image' },
	{ begins: '\xac\x9f\x56\xfe\x7a\x12\x7f\xcd', kind: 'mibib', says: 'MIBIB partition block' },
	{ begins: '\xaa\x73\xee\x55\xdb\xbd\x5e\xe3', kind: 'mibib', says: 'partition table' },
	{ begins: '\x27\x05\x19\x56', kind: 'uimage', says: 'U-Boot image' },
	{ begins: '\xd0\x0d\xfe\xed', kind: 'device-tree', says: 'device tree' },
	{ begins: '\x1f\x8b\x08', kind: 'gzip', says: 'gzip' },
	{ begins: '\xfd7zXZ\0', kind: 'xz', says: 'xz' },
	{ begins: '\x04\x22\x4d\x18', kind: 'lz4', says: 'LZ4' },
	{ begins: '\x28\xb5\x2f\xfd', kind: 'zstd', says: 'Zstandard' },
	{ begins: 'BZh', kind: 'bzip2', says: 'bzip2' },
	{ begins: 'PK\x03\x04', kind: 'zip', says: 'ZIP archive' },
	{ begins: '070701', kind: 'cpio', says: 'cpio archive' },
	{ begins: 'ustar', at: 257, kind: 'tar', says: 'tar archive' },
	{ begins: '<?xml', kind: 'xml', says: 'XML' },
	{ begins: '#!', kind: 'script', says: 'script' },
	{ begins: '\x30\x82', kind: 'der', says: 'DER: certificates or keys' },
];

/** @param length all the bytes that follow, of which `head` is the beginning */
export function kindOf(head: Uint8Array, length: number): Kind {
	const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
	if (bytes.length === 0) return { kind: 'empty', says: 'nothing' };
	const sign = signs.find(({ begins, at = 0 }) =>
		bytes.toString('latin1', at, at + begins.length).startsWith(begins),
	);
	if (sign) return { kind: sign.kind, says: sign.says };
	return elf(bytes) ?? mbn(bytes, length) ?? zlib(bytes) ?? filling(bytes) ?? text(bytes) ?? noSign;
}

const noSign: Kind = { kind: 'unknown', says: 'no known sign at its start' };

const machines: Readonly<Record<number, string>> = { 40: 'ARM', 164: 'Hexagon', 183: 'AArch64' };

function elf(bytes: Buffer): Kind | undefined {
	if (bytes.toString('latin1', 0, 4) !== '\x7fELF' || bytes.length < 20) return undefined;
	const bits = { 1: '32 bit', 2: '64 bit' }[bytes[4]!];
	const machine = machines[bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18)];
	return { kind: 'elf', says: ['ELF', bits, machine].filter(Boolean).join(', ') };
}

/** Qualcomm's header without an ELF: its size is that of code, signature and certificates. */
function mbn(bytes: Buffer, length: number): Kind | undefined {
	if (bytes.length < 40 || bytes.readUInt32LE(4) !== 3) return undefined;
	const [size, code, signature, chain] = [16, 20, 28, 36].map((at) => bytes.readUInt32LE(at));
	if (!size || size !== code! + signature! + chain! || size + 40 > length) return undefined;
	return { kind: 'mbn', says: 'Qualcomm MBN' };
}

/** Its two bytes are a number that 31 divides (RFC 1950). */
function zlib(bytes: Buffer): Kind | undefined {
	const isZlib = bytes.length > 2 && bytes[0] === 0x78 && bytes.readUInt16BE(0) % 31 === 0;
	return isZlib ? { kind: 'zlib', says: 'zlib' } : undefined;
}

function filling(bytes: Buffer): Kind | undefined {
	const [first] = bytes;
	if ((first !== 0 && first !== 0xff) || bytes.some((byte) => byte !== first)) return undefined;
	return { kind: 'filling', says: `only ${first ? '0xff' : 'zeros'} at its start` };
}

function text(bytes: Buffer): Kind | undefined {
	const isText = /^[\t\r\n -~]{8,}$/.test(bytes.toString('latin1'));
	if (!isText) return undefined;
	return bytes[0] === 0x3c ? { kind: 'xml', says: 'XML' } : { kind: 'text', says: 'text' };
}
