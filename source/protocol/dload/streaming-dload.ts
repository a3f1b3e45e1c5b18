/**
 * Streaming DLOAD (80-V5348-1), which QDL grew out of. HDLC framed; most messages come in pairs of
 * command and answer. Source: openpst streaming_dload.h.
 */
import { type Draft, text, u8, u16, u32, u64 } from '../fields.ts';
import { answer, framedTable, type More } from '../framing/framed-table.ts';
import { qdlErrors } from '../qdl/codes.ts';

const streaming = framedTable('streaming DLOAD', 'little');

const asks = <const Name extends string = never, const RestName extends string = never>(
	id: number,
	name: string,
	description: string,
	body: readonly Draft<Name>[] = [],
	more: More<RestName> = {},
) =>
	streaming(id, name, 'host', description, body, {
		...answer('its answer, or ERROR'),
		...more,
	});
const answers = <const Name extends string = never, const RestName extends string = never>(
	id: number,
	name: string,
	description: string,
	body: readonly Draft<Name>[] = [],
	more: More<RestName> = {},
) => streaming(id, name, 'modem', description, body, more);

const address = u32('address', 'Where in the flash memory.');
const data = { rest: { name: 'data', description: 'The bytes themselves.' } } as const;
const row = u32('row', 'Which row of fuses.');
const enabled = u8('state', 'Whether error correction is on.', { values: { 0: 'off', 1: 'on' } });

/** Every message, by command. */
export const streamingMessages = {
	hello: asks(0x01, 'HELLO', 'We ask for streaming DLOAD.', [
		text('magic', 32, 'The words that begin it.', 'QCOM fast download protocol host'),
		u8('version', 'The version that we speak.'),
		u8('version min', 'The oldest version that we accept.'),
		u8('features', 'What we can do.', {
			bits: {
				1: 'uncompressed',
				2: 'bootable image',
				4: 'boot loader',
				8: 'multi-image',
				16: 'sector addresses',
			},
		}),
	]),
	helloResponse: answers(
		0x02,
		'HELLO_RSP',
		'The loader says which flash memory it has.',
		[
			text('magic', 32, 'The words that begin it.', 'QCOM fast download protocol targ'),
			u8('version', 'The version that it speaks.'),
			u8('version min', 'The oldest version that it accepts.'),
			u32('block size', 'Bytes that it takes at once.'),
			u32('flash base', 'Where the flash memory begins.'),
			u8('flash id length', 'Bytes in the name of the flash memory.'),
		],
		{
			rest: {
				name: 'flash',
				description: 'The name of the flash memory, its sectors and features.',
			},
		},
	),
	read: asks(0x03, 'READ', 'Asks for a piece of the flash memory.', [
		address,
		u16('size', 'How many bytes.'),
	]),
	readData: answers(0x04, 'READ_RSP', 'The piece of flash memory.', [address], data),
	simpleWrite: asks(0x05, 'WRITE', 'Writes to memory.', [address], data),
	writeOk: answers(0x06, 'WRITE_RSP', 'It is written.', [address]),
	streamWrite: asks(0x07, 'STREAM_WRITE', 'Writes a block of the image.', [address], data),
	blockWritten: answers(0x08, 'STREAM_WRITE_RSP', 'The block is written.', [address]),
	nop: asks(0x09, 'NOP', 'Asks for a sign of life.', [u32('identifier', 'Comes back as it is.')]),
	nopResponse: answers(0x0a, 'NOP_RSP', 'The sign of life.', [
		u32('identifier', 'The one that was asked with.'),
	]),
	reset: asks(0x0b, 'RESET', 'Resets the modem.'),
	resetAck: answers(0x0c, 'RESET_RSP', 'The modem resets now.'),
	error: answers(
		0x0d,
		'ERROR',
		'The loader refuses.',
		[u32('error', 'Why.', { codes: qdlErrors })],
		{ rest: { name: 'text', description: 'The reason as text.' } },
	),
	log: answers(0x0e, 'LOG', 'The loader narrates what it does. Nothing to answer.', [], {
		rest: { name: 'text', description: 'What it says.' },
	}),
	unlock: asks(0x0f, 'UNLOCK', 'Gives the security code.', [u64('code', 'The code.')]),
	unlocked: answers(0x10, 'UNLOCK_RSP', 'The code was right.'),
	powerOff: asks(0x11, 'POWER_OFF', 'Switches the modem off.'),
	poweringDown: answers(0x12, 'POWER_OFF_RSP', 'The modem switches off.'),
	open: asks(0x13, 'OPEN', 'Says what kind of image follows.', [
		u8('mode', 'What kind.', {
			values: { 1: 'boot loader', 2: 'bootable image', 3: 'CEFS', 4: 'factory' },
		}),
	]),
	opened: answers(0x14, 'OPEN_RSP', 'The image may come.'),
	close: asks(0x15, 'CLOSE', 'Ends the image.'),
	closed: answers(0x16, 'CLOSE_RSP', 'The image is done with.'),
	securityMode: asks(0x17, 'SECURITY_MODE', 'Says whether images are checked.', [
		u8('mode', 'How.', { values: { 0: 'untrusted', 1: 'trusted' } }),
	]),
	securityModeSet: answers(0x18, 'SECURITY_MODE_RSP', 'The mode is taken.'),
	partitionTable: asks(
		0x19,
		'PARTITION_TABLE',
		'Gives the table of partitions.',
		[u8('override', 'Whether it replaces a different one.', { values: { 0: 'no', 1: 'yes' } })],
		{ rest: { name: 'table', description: 'The table, up to 512 bytes.' } },
	),
	partitionTableSet: answers(0x1a, 'PARTITION_TABLE_RSP', 'What the loader says to the table.', [
		u8('status', '0 is success.', {
			values: {
				0: 'accepted',
				1: 'differs, override accepted',
				2: 'format not recognised',
				3: 'erase failed',
			},
		}),
	]),
	openMulti: asks(
		0x1b,
		'OPEN_MULTI',
		'Says which of several images follows.',
		[u8('type', 'Which image, as QDL counts them.')],
		{ rest: { name: 'payload', description: 'What some images want with it.' } },
	),
	openedMulti: answers(0x1c, 'OPEN_MULTI_RSP', 'Whether that image may come.', [
		u8('status', '0 is success.', {
			values: {
				0: 'success',
				1: 'payload too long',
				2: 'no payload expected',
				3: 'payload required',
				4: 'block 0 is write protected',
			},
		}),
	]),
	eraseFlash: asks(0x1d, 'ERASE_FLASH', 'Erases the whole flash memory: the modem is empty then.'),
	flashErased: answers(0x1e, 'ERASE_FLASH_RSP', 'The flash memory is empty.'),
	getEcc: asks(0x1f, 'GET_ECC', 'Asks whether error correction is on.'),
	ecc: answers(0x20, 'GET_ECC_RSP', 'Whether error correction is on.', [enabled]),
	setEcc: asks(0x21, 'SET_ECC', 'Switches error correction.', [enabled]),
	eccSet: answers(0x22, 'SET_ECC_RSP', 'It is switched.'),
	unframedWrite: asks(
		0x30,
		'UNFRAMED_WRITE',
		'Writes a block of the image.',
		[
			u8('padding 1', 'Not used.'),
			u16('padding 2', 'Not used.'),
			address,
			u32('size', 'How many bytes.'),
		],
		data,
	),
	unframedWritten: answers(0x31, 'UNFRAMED_WRITE_RSP', 'The block is written.', [address]),
	fuseWrite: asks(0x32, 'QFPROM_WRITE', 'Burns fuses: this cannot be undone.', [
		row,
		u32('low', 'The lower half.'),
		u32('high', 'The upper half.'),
	]),
	fuseWritten: answers(0x33, 'QFPROM_WRITE_RSP', 'The fuses are burnt.', [row]),
	fuseRead: asks(0x34, 'QFPROM_READ', 'Reads fuses.', [
		row,
		u32('kind', 'How to read.', { values: { 0: 'corrected', 1: 'raw' } }),
	]),
	fuses: answers(0x35, 'QFPROM_READ_RSP', 'The fuses.', [
		row,
		u32('low', 'The lower half.'),
		u32('high', 'The upper half.'),
	]),
} as const;
