import { exitCode, Problem } from '../problem.ts';
import { grouped } from '../protocol/text/numbers.ts';
import { headerLength, psbLength } from './cwe/header.ts';
import { type ReadAt, readHeader, readImages } from './cwe/image-tree.ts';
import { imageType } from './cwe/image-types.ts';

const again = 'download it again and compare its size with the page that offers it.';

/** What people pass for firmware by mistake, by its first bytes. */
const strangers: readonly { begins: string | RegExp; is: string; not?: string; next: string }[] = [
	{ begins: 'PK', is: 'a ZIP archive', next: 'unpack it and use the .spk or .cwe inside.' },
	{ begins: '\x1f\x8b', is: 'a gzip archive', next: 'unpack it and use the .spk or .cwe inside.' },
	{
		begins: '\x00\x05\x16\x07',
		is: 'macOS’s AppleDouble companion (00051607)',
		not: 'the firmware beside it',
		next: 'use the file whose name lacks the ._ at its beginning, and delete this one.',
	},
	{
		begins: /^[0-9a-f]{7,8}(?::| {2}[0-9a-f]{2} )/i,
		is: 'a dump of bytes as text',
		next: 'modemscope decode FILE explains it; give inspect the file itself.',
	},
	{ begins: '7z\xbc\xaf', is: 'a 7-Zip archive', next: 'unpack it and use the .spk inside.' },
	{
		begins: 'MZ',
		is: 'a Windows program',
		next: 'get the Linux package, or unpack the installer and use the .spk inside.',
	},
	{
		begins: '<',
		is: 'a web page or XML',
		next: 'log in on the download page and save the file; a rawprogram XML needs --programmer.',
	},
];

/** Rejects with a `Problem` unless the file begins with an image that it holds whole. */
export async function mustBeFirmware(name: string, size: number, read: ReadAt): Promise<void> {
	const reject = (what: string, next: string) => {
		throw new Problem(exitCode.fileRejected, what, { next });
	};
	if (size === 0) return reject(`${name} is empty.`, again);
	const raw = await read(0, headerLength);
	const top = readHeader(raw);
	if ('why' in top || isText(raw, top.header.type)) {
		const head = Buffer.from(raw).toString('latin1', 0, 16);
		const stranger = strangers.find(({ begins }) =>
			typeof begins === 'string' ? head.startsWith(begins) : begins.test(head),
		);
		if (stranger) {
			const { is, not = 'firmware', next } = stranger;
			return reject(`${name} is ${is}, not ${not}.`, next);
		}
		if (size < headerLength) {
			return reject(
				`${name} has ${grouped(size)} bytes, and the header alone has ${headerLength}: it is cut or no firmware.`,
				again,
			);
		}
		if (isPlainText(raw)) {
			return reject(
				`${name} is a text file, not firmware.`,
				'use a .spk, .cwe or .nvu file of the modem’s maker; modemscope replay reads logs.',
			);
		}
		return reject(
			`${name} does not begin with a CWE header.`,
			'use a .spk, .cwe or .nvu file of the modem’s maker.',
		);
	}
	if (top.header.size === 0) {
		return reject(`${name} has a header that says that nothing follows it.`, again);
	}
	const needs = headerLength + top.header.size;
	if (needs <= size) return;
	if (await fillsItself(read, size)) {
		return reject(
			`The header of ${name} says ${grouped(needs)} bytes, but its images end with the file at ${grouped(size)}: it was cut by ${grouped(needs - size)} right behind an image, or the header is wrong.`,
			again,
		);
	}
	reject(
		`The header of ${name} says ${grouped(needs)} bytes, the file has ${grouped(size)}: it was cut by ${grouped(needs - size)}.`,
		again,
	);
}

/** A long line of text reads as a header too; a real one begins with a PSB, which is not text. */
const isText = (raw: Uint8Array, type: string): boolean =>
	!imageType(type) && raw.subarray(0, psbLength).every((byte) => byte >= 0x20);

const tabOrLineEnd = (byte: number) => byte >= 0x09 && byte <= 0x0d;
const isPlainText = (raw: Uint8Array): boolean =>
	raw.every((byte) => tabOrLineEnd(byte) || (byte >= 0x20 && byte !== 0x7f)) &&
	!Buffer.from(raw).toString('utf8').slice(0, -1).includes('\ufffd');

/** Whether inner images fill the file to its end, so that a longer size in the header may be a lie. */
async function fillsItself(read: ReadAt, size: number): Promise<boolean> {
	const { images, rest } = await readImages(read, headerLength, size);
	return images.length > 0 && !rest;
}
