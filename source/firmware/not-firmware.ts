import { exitCode, Problem } from '../problem.ts';
import { headerLength } from './header.ts';
import { type ReadAt, readHeader, readImages } from './image-tree.ts';

const again = 'download it again and compare its size with the page that offers it.';

/** What people pass for firmware by mistake, by its first bytes. */
const strangers: readonly { begins: string; is: string; next: string }[] = [
	{ begins: 'PK', is: 'a ZIP archive', next: 'unpack it and use the .spk or .cwe inside.' },
	{ begins: '\x1f\x8b', is: 'a gzip archive', next: 'unpack it and use the .spk or .cwe inside.' },
	{ begins: '7z\xbc\xaf', is: 'a 7-Zip archive', next: 'unpack it and use the .spk inside.' },
	{
		begins: 'MZ',
		is: 'a Windows program',
		next: 'get the Linux package, or unpack the installer and use the .spk inside.',
	},
	{ begins: '<', is: 'a web page or XML', next: 'log in on the download page and save the file.' },
];

/** Rejects with a `Problem` unless the file begins with an image that it holds whole. */
export async function mustBeFirmware(name: string, size: number, read: ReadAt): Promise<void> {
	const reject = (what: string, next: string) => {
		throw new Problem(exitCode.fileRejected, what, { next });
	};
	if (size === 0) return reject(`${name} is empty.`, again);
	const raw = await read(0, headerLength);
	const top = readHeader(raw);
	if ('why' in top) {
		const stranger = strangers.find(({ begins }) =>
			Buffer.from(raw).toString('latin1', 0, 4).startsWith(begins),
		);
		if (stranger) return reject(`${name} is ${stranger.is}, not firmware.`, stranger.next);
		if (size < headerLength) {
			return reject(
				`${name} has ${size} bytes, and the header alone has ${headerLength}: it is cut or no firmware.`,
				again,
			);
		}
		return reject(
			`${name} does not begin with a CWE header. ${top.why}`,
			'use a .spk, .cwe or .nvu file of the modem’s maker.',
		);
	}
	const needs = headerLength + top.header.size;
	if (needs <= size) return;
	if (await fillsItself(read, size)) {
		return reject(
			`The header of ${name} says ${needs} bytes, but its images end with the file at ${size}: the header is wrong.`,
			'get the file from its maker again.',
		);
	}
	reject(
		`The header of ${name} says ${needs} bytes, the file has ${size}: it was cut by ${needs - size}.`,
		again,
	);
}

/** Whether inner images fill the file to its end, so that a longer size in the header is a lie. */
async function fillsItself(read: ReadAt, size: number): Promise<boolean> {
	const { images, rest } = await readImages(read, headerLength, size);
	return images.length > 0 && !rest;
}
