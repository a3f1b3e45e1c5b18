/** The few lines of tar (POSIX.1-1988, ustar) that a case needs: plain files in one folder. */

const block = 512;
/** Of the header: offset and length of a field. */
const at = {
	name: [0, 100],
	size: [124, 12],
	checksum: [148, 8],
	type: [156, 1],
	magic: [257, 6],
	prefix: [345, 155],
} as const;
const plainFile = '0';

/** The header of a file; its content follows, then `padding(size)`. `time` is in seconds since 1970. */
export function tarHeader(name: string, size: number, time: number): Buffer {
	const head = Buffer.alloc(block);
	const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, '0');
	head.write(name, 0);
	head.write(octal(0o600, 8), 100);
	head.write(octal(0, 8), 108);
	head.write(octal(0, 8), 116);
	head.write(octal(size, 12), at.size[0]);
	head.write(octal(time, 12), 136);
	head.write(plainFile, at.type[0]);
	head.write('ustar\x0000', at.magic[0]);
	head.write(`${sumOf(head).toString(8).padStart(6, '0')}\0 `, at.checksum[0]);
	return head;
}

export const padding = (size: number): Buffer => Buffer.alloc((block - (size % block)) % block);
export const tarEnd = (): Buffer => Buffer.alloc(2 * block);

/** The sum of a header, its own field counted as blanks. */
function sumOf(head: Uint8Array): number {
	const [from, length] = at.checksum;
	return head.reduce(
		(sum, byte, index) => sum + (index >= from && index < from + length ? 0x20 : byte),
		0,
	);
}

export type TarFile = { readonly name: string; readonly bytes: Buffer };

/**
 * The files of an archive, which share its bytes, or why it is refused. Only what `tarHeader` writes
 * is taken: no folders, links, devices, long names or sparse files.
 */
export function readTar(bytes: Buffer, mostFiles: number): readonly TarFile[] | { why: string } {
	const files: TarFile[] = [];
	for (let offset = 0; ; ) {
		const head = bytes.subarray(offset, offset + block);
		if (head.length < block) return { why: 'its archive has no end' };
		if (head.every((byte) => byte === 0)) return files;
		const field = ([from, length]: readonly [number, number]) =>
			head.toString('latin1', from, from + length).replace(/\0.*$/s, '');
		if (!field(at.magic).startsWith('ustar')) return { why: 'it holds no tar archive' };
		if (numberIn(field(at.checksum)) !== sumOf(head)) return { why: 'a header in it is broken' };
		const [name, size] = [field(at.name), numberIn(field(at.size))];
		if (field(at.type) !== plainFile || field(at.prefix) !== '') {
			return { why: 'it holds something else than plain files' };
		}
		const start = offset + block;
		if (size === undefined || start + size > bytes.length) return { why: 'a file in it was cut' };
		if (files.length === mostFiles) return { why: 'it holds too many files' };
		if (files.some((file) => file.name === name)) return { why: `it holds ${name} twice` };
		files.push({ name, bytes: bytes.subarray(start, start + size) });
		offset = start + size + padding(size).length;
	}
}

const numberIn = (text: string): number | undefined =>
	/^\s*[0-7]+\s*$/.test(text) ? Number.parseInt(text, 8) : undefined;
