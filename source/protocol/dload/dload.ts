/**
 * DLOAD, the oldest download protocol, and its switch to SDP, the door to QDL. Every message is HDLC
 * framed. Numbers go with their most significant byte first, which docs/protocols.md calls unproven.
 * Sources: libqmi qfu-dload-message.c, openpst dload.h.
 */

import { bytes, encode, u8, u16, u32, u64 } from '../fields.ts';
import { answer, framedTable, type More } from '../framing/framed-table.ts';
import { frame } from '../framing/hdlc.ts';
import { nakReasons } from './codes.ts';
import { diagMessages } from './diag.ts';

const dload = framedTable('DLOAD', 'big');

const data = (description: string): More<'data'> => ({ rest: { name: 'data', description } });

const address = u32('address', 'Where in the memory.');
const size = u16('size', 'How many bytes.');

/** Every message that a host may meet at that door, by command. */
export const dloadMessages = {
	diagBadCommand: diagMessages.badCommand,
	write: dload(
		0x01,
		'WRITE',
		'host',
		'Writes data to the memory, to be run from there.',
		[
			u8('address high', 'The upper byte of the address.'),
			u16('address', 'The lower bytes of it.'),
			size,
		],
		{ ...answer('ACK or NAK'), ...data('What is written.') },
	),
	ack: dload(0x02, 'ACK', 'modem', 'The loader accepts. After SDP, QDL follows.'),
	nak: dload(0x03, 'NAK', 'modem', 'The loader refuses.', [
		u16('reason', 'Why.', { codes: nakReasons }),
	]),
	erase: dload(
		0x04,
		'ERASE',
		'host',
		'Erases a piece of memory.',
		[
			u8('address high', 'The upper byte of the address.'),
			u16('address', 'The lower bytes of it.'),
			u8('size high', 'The upper byte of the size.'),
			size,
		],
		answer('ACK or NAK'),
	),
	go: dload(
		0x05,
		'GO',
		'host',
		'Runs what was written to the memory; the loader ends here.',
		[u16('segment', 'The upper half of the address.'), u16('offset', 'The lower half of it.')],
		answer('ACK or NAK'),
	),
	nop: dload(0x06, 'NOP', 'host', 'Asks for a sign of life.', [], answer('ACK')),
	parameters: dload(
		0x07,
		'PARAM_REQ',
		'host',
		'Asks what the loader can do.',
		[],
		answer('PARAM_RSP'),
	),
	parametersResponse: dload(0x08, 'PARAM_RSP', 'modem', 'The loader says what it can do.', [
		u8('version', 'Its version.'),
		u8('version min', 'The oldest version that it speaks.'),
		u16('max write', 'How many bytes it takes in one WRITE.'),
		u8('model', 'The model of the device.'),
		u8('flash size', 'The size of the flash memory, as a code.'),
		u8('flash type', 'The type of the flash memory, as a code.'),
	]),
	memoryDump: dload(
		0x09,
		'MEMORY_DUMP',
		'host',
		'Asks for a piece of memory (debug loaders).',
		[address, size],
		answer('the memory'),
	),
	reset: dload(0x0a, 'RESET', 'host', 'Resets the modem.', [], answer('ACK')),
	unlock: dload(
		0x0b,
		'UNLOCK',
		'host',
		'Gives the security code.',
		[bytes('code', 8, 'The code.')],
		answer('ACK or NAK'),
	),
	version: dload(
		0x0c,
		'VERSION_REQ',
		'host',
		'Asks for the version of the loader.',
		[],
		answer('VERSION_RSP'),
	),
	versionResponse: dload(
		0x0d,
		'VERSION_RSP',
		'modem',
		'The loader tells its version.',
		[u8('version length', 'Bytes in the version.')],
		data('The version as text.'),
	),
	powerDown: dload(0x0e, 'POWER_DOWN', 'host', 'Switches the modem off.', [], answer('ACK or NAK')),
	write32: dload(
		0x0f,
		'WRITE32',
		'host',
		'Writes data to the memory, with an address of 32 bits.',
		[address, size],
		{ ...answer('ACK or NAK'), ...data('What is written.') },
	),
	memoryDebugQuery: dload(
		0x10,
		'MEMORY_DEBUG_QUERY',
		'host',
		'Asks which memory can be dumped.',
		[],
		answer('MEMORY_DEBUG_INFO'),
	),
	memoryDebugInfo: dload(
		0x11,
		'MEMORY_DEBUG_INFO',
		'modem',
		'The memory that can be dumped.',
		[],
		data('The regions.'),
	),
	memoryRead: dload(
		0x12,
		'MEMORY_READ_REQ',
		'host',
		'Asks for a piece of memory.',
		[address, size],
		answer('MEMORY_READ_RSP'),
	),
	memoryReadResponse: dload(
		0x13,
		'MEMORY_READ_RSP',
		'modem',
		'The piece of memory.',
		[address, size],
		data('What the memory holds.'),
	),
	unframedRead: dload(
		0x14,
		'UNFRAMED_READ',
		'host',
		'Asks for memory without frames; a primary boot loader takes it for a question after the serial number.',
		[],
		{ ...answer('the memory, or the serial number'), ...data('Which memory.') },
	),
	unframedReadResponse: dload(
		0x15,
		'UNFRAMED_READ_RSP',
		'modem',
		'The memory follows without frames.',
		[],
		data('Which memory.'),
	),
	serialNumber: dload(
		0x16,
		'SERIAL_NUMBER',
		'either',
		'Asks for the serial number, or tells it.',
		[],
		data('The serial number.'),
	),
	hardwareIdRequest: dload(
		0x17,
		'HARDWARE_ID',
		'host',
		'Asks which chip this is.',
		[],
		answer('HARDWARE_ID'),
	),
	hardwareId: dload(0x17, 'HARDWARE_ID', 'modem', 'Which chip this is.', [
		u8('id length', 'Bytes in the identifier.'),
		u64('id', 'The identifier of the chip.'),
	]),
	keyHash: dload(
		0x18,
		'PUBLIC_KEY_HASH',
		'either',
		'Asks for the hash of the key that signs images, or tells it.',
		[],
		data('The hash.'),
	),
	cookie: dload(
		0x19,
		'COOKIE_REQ',
		'host',
		'Asks for the cookie that QPST left.',
		[],
		answer('COOKIE_RSP'),
	),
	cookieResponse: dload(
		0x1a,
		'COOKIE_RSP',
		'modem',
		'The cookie that QPST left.',
		[],
		data('The cookie.'),
	),
	switchToDload: dload(
		0x3a,
		'SWITCH_TO_DLOAD',
		'either',
		'Sends a DIAG port into DLOAD mode; it comes back as an echo.',
	),
	switchToSdp: dload(
		0x70,
		'SDP',
		'host',
		'Asks a QDL loader to switch to the simple download protocol. A Sahara loader does not understand it and then refuses Firehose.',
		[u16('reserved', 'Not used.')],
		// Twice the second that libqmi gives it: its next message may come too early otherwise.
		answer('ACK or ERROR 0x16', 1, 2),
	),
} as const;

export const encodeSwitchToSdp = () => frame(encode(dloadMessages.switchToSdp));
