/**
 * QDL, with which Gobi and Sierra loaders up to the 9x30 take images. Messages are HDLC framed, but for
 * UFWRITE, which comes bare with its own CRC and the data behind it. Source: libqmi qfu-qdl-message.c.
 */
import { encode, readField, text, u8, u16, u32, writeField } from '../fields.ts';
import { answer, framedTable, type More } from '../framing/framed-table.ts';
import { crc16 } from '../framing/hdlc.ts';
import { imageResults, qdlErrors } from './codes.ts';

const qdl = framedTable('QDL', 'little');

const behind = <const Name extends string>(name: Name, description: string): More<Name> => ({
	rest: { name, description },
});

const features = u8('features', 'What both sides can do.', {
	preset: 0x30,
	bits: { 16: 'generic unframed', 32: 'QDL unframed', 64: 'bar mode' },
});
const versions = [
	u8('version max', 'The newest version: 4 Gobi 1000, 5 Gobi 2000, 6 Sierra.', { preset: 6 }),
	u8('version min', 'The oldest version.', { preset: 6 }),
];
const status = u16('status', '0 is success.', { codes: imageResults });
const imageTypes = {
	5: 'amss',
	6: 'apps',
	13: 'uqcn',
	15: 'DBL',
	16: 'OSBL',
	128: 'CWE',
};

/** libqmi gives up after 1 s (qfu-qdl-device.c); a slow machine is given more. */
const soon = (what: string) => answer(what, 1, 3);
/** Seconds that the answer to the last UFWRITE may take: the image is written first. */
export const qdlCommitTimeout = 300;

/** Every message, by command. */
export const qdlMessages = {
	hello: qdl(
		0x01,
		'HELLO',
		'host',
		'We ask for QDL in one version; other versions are tried until one is answered.',
		[
			text('magic', 32, 'The words that begin QDL.', 'QCOM high speed protocol hst'),
			...versions,
			features,
		],
		soon('HELLO_RSP'),
	),
	helloResponse: qdl(
		0x02,
		'HELLO_RSP',
		'modem',
		'The loader speaks this version. UFOPEN follows.',
		[
			text('magic', 32, 'The words that begin QDL.'),
			...versions,
			u32('reserved 1', 'Not used.'),
			u32('reserved 2', 'Not used.'),
			u8('reserved 3', 'Not used.'),
			u16('reserved 4', 'Not used.'),
			u16('reserved 5', 'Not used.'),
			features,
		],
	),
	error: qdl(0x0d, 'ERROR', 'modem', 'The loader refuses.', [
		u32('error', 'Why.', { codes: qdlErrors }),
		u8('error text', 'Whether a text belongs to it.'),
	]),
	open: qdl(
		0x25,
		'UFOPEN',
		'host',
		'We announce an image and show its header; the loader judges it.',
		[
			u8('type', 'What kind of image.', { values: imageTypes, preset: 0x80 }),
			u32('image length', 'Bytes in the image, header included.'),
			u8('window', 'How many chunks may be under way.', { preset: 1 }),
			u32('chunk size', 'Bytes in the image without its header.'),
			u16('reserved', 'Not used.'),
		],
		{ ...soon('UFOPEN_RSP'), ...behind('header', 'The header of the image, 400 bytes of CWE.') },
	),
	openResponse: qdl(0x26, 'UFOPEN_RSP', 'modem', 'The loader takes the image, or says why not.', [
		status,
		u8('window', 'How many chunks may be under way.'),
		u32('chunk size', 'Bytes that it takes in one chunk.'),
	]),
	write: qdl(
		0x27,
		'UFWRITE',
		'host',
		'A chunk of the image, without a frame; the data follows raw.',
		[
			u16('sequence', 'Which chunk, counted from 0.'),
			u32('reserved', 'Not used.'),
			u32('chunk size', 'Bytes of data behind this.'),
			u16('crc', 'CRC-16 over the bytes before it.'),
		],
		answer('UFWRITE_RSP', 120),
	),
	writeResponse: qdl(
		0x28,
		'UFWRITE_RSP',
		'modem',
		'The chunk is written. The last one takes long.',
		[u16('sequence', 'Which chunk.'), u32('reserved', 'Not used.'), status],
	),
	close: qdl(0x29, 'UFCLOSE', 'host', 'We end the image.', [], soon('UFCLOSE_RSP')),
	closeResponse: qdl(0x2a, 'UFCLOSE_RSP', 'modem', 'The image is done with.', [
		status,
		u8('type', 'What kind of image.', { values: imageTypes }),
		u8('error text', 'Whether a text belongs to it.'),
	]),
	download: qdl(
		0x2b,
		'DOWNLOAD',
		'host',
		'Asks the application for download mode; libqmi names it and never sends it.',
		[],
		behind('contents', 'What no source describes.'),
	),
	reset: qdl(0x2d, 'RESET', 'host', 'We reset the modem; it does not answer.'),
	imagePreference: qdl(
		0x2e,
		'GET_IMAGE_PREF',
		'host',
		'Asks which images the modem wants.',
		[],
		answer('GET_IMAGE_PREF_RSP'),
	),
	imagePreferenceResponse: qdl(
		0x2f,
		'GET_IMAGE_PREF_RSP',
		'modem',
		'The images that the modem wants.',
		[],
		behind('images', 'One entry for each image.'),
	),
} as const;

const { write } = qdlMessages;
const crcField = write.fields.at(-1)!;

/** UFWRITE with its CRC; the data goes behind it. */
export function encodeWrite(sequence: number, chunkSize: number): Buffer {
	const head = encode(write, { sequence, 'chunk size': chunkSize });
	writeField(head, crcField, crc16(head.subarray(0, crcField.offset)));
	return head;
}

/** Whether bytes are an UFWRITE; the CRC in it leaves no doubt. */
export const isWrite = (head: Uint8Array): boolean =>
	head.length >= write.length &&
	head[0] === write.fields[0]!.preset &&
	readField(head, crcField)!.value === crc16(head.subarray(0, crcField.offset));
