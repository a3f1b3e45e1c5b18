/** What hosts and modems say to each other, and how it reads. */

import { saySentence } from '../../source/protocol/decode/text-lines.ts';
import { dloadMessages, encodeSwitchToSdp } from '../../source/protocol/dload/dload.ts';
import { encode } from '../../source/protocol/fields.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { frame } from '../../source/protocol/framing/hdlc.ts';
import { qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { qmiMessage } from '../../source/protocol/qmi/messages.ts';
import { encodeQmi } from '../../source/protocol/qmi/qmi.ts';
import {
	encodeExecute,
	encodeExecuteData,
	encodeHelloResponse,
	saharaMessages,
} from '../../source/protocol/sahara/sahara.ts';
import { bytesOf, type Turn } from './conversing.ts';

export const hello = (mode: number) => encode(saharaMessages.hello, { mode });
export const log = (value: string) => firehoseDocument('log', { value });
export const configureNak = firehoseDocument('response', {
	value: 'NAK',
	MaxPayloadSizeToTargetInBytes: 8192,
});

export const toFirehose: Turn[] = [
	['in', hello(3)],
	['out', encodeHelloResponse()],
	['in', encode(saharaMessages.commandReady)],
	['out', encodeExecute(0xff00)],
	['in', encode(saharaMessages.executeResponse, { execute: 0xff00, 'answer length': 9 })],
	['out', encodeExecuteData(0xff00)],
	['in', 'confirmed'],
	['out', firehoseDocument('configure', { MemoryName: 'eMMC' })],
	['in', configureNak],
	['out', firehoseDocument('getStorageInfo', { physical_partition_number: 0 })],
	['in', Buffer.concat([log('pages_in_block=64'), log('SWI supported functions: CWE')])],
	['in', firehoseDocument('response', { value: 'ACK' })],
];
export const atDialogue: Turn[] = [
	['out', 'ATI\r'],
	['in', 'ATI\r\r\nManufacturer: Sierra Wireless, Incorporated\r\nModel: RC7620\r\n\r\nOK\r\n'],
	['in', '\r\n+CREG: 1\r\n'],
	['out', 'AT!BOOTHOLD\r\n'],
	['in', '\r\n+CME ERROR: 3\r\n'],
];
export const badCommand = frame(
	Buffer.concat([encode(dloadMessages.diagBadCommand), encode(dloadMessages.switchToSdp)]),
);
export const dialogues: Record<string, { turns: Turn[]; reads: string[] }> = {
	'Sahara to Firehose': {
		turns: toFirehose,
		reads: [
			'< HELLO mode 3 command',
			'> HELLO_RSP mode 3 command',
			'< CMD_READY',
			'> EXECUTE',
			'< EXECUTE_RSP',
			'> EXECUTE_DATA',
			'< "confirmed"',
			'> <configure>',
			'< NAK MaxPayload=8192',
			'> <getStorageInfo>',
			'< log "pages_in_block=64"',
			'< log "SWI supported functions: CWE"',
			'< ACK',
		],
	},
	'AT with echo': {
		turns: atDialogue,
		reads: [
			'> ATI',
			'< ATI',
			'< Manufacturer: Sierra Wireless, Incorporated',
			'< Model: RC7620',
			'< OK',
			'< +CREG: 1',
			'> AT!BOOTHOLD',
			'< +CME ERROR: 3',
		],
	},
	'SDP on a DIAG port': {
		turns: [
			['out', encodeSwitchToSdp()],
			['in', badCommand],
		],
		reads: ['> SDP', '< DIAG BAD_CMD'],
	},
	'SDP on a Sahara port': {
		turns: [
			['out', encodeSwitchToSdp()],
			['in', hello(2)],
		],
		reads: ['> SDP', '< HELLO mode 2 memory_debug'],
	},
	'zeros for an answer': {
		turns: [
			['out', 'AT\r'],
			['in', Buffer.alloc(512)],
			['out', 'ATI\r'],
			['in', Buffer.alloc(64)],
		],
		reads: ['> AT', '< 512 zero bytes', '> ATI', '< 64 zero bytes'],
	},
	'zeros before a document': {
		turns: [['in', Buffer.concat([Buffer.alloc(512), log('hi'), Buffer.alloc(3)])]],
		reads: ['< 512 zero bytes', '< log "hi"', '< 3 bytes'],
	},
	'junk around everything': {
		turns: [
			[
				'in',
				Buffer.concat([bytesOf('\xff\xfe\x01\x00\x02'), hello(3), bytesOf('\xa5\xa5\x01\x00')]),
			],
			[
				'out',
				Buffer.concat([
					bytesOf('\x80\x81'),
					encodeSwitchToSdp(),
					bytesOf('\x90'),
					encodeSwitchToSdp(),
				]),
			],
			['in', Buffer.concat([bytesOf('\xa5'), log('hi'), bytesOf('\xa5\r\nOK\r\n\xa5\r\x01')])],
		],
		reads: [
			'< 5 bytes',
			'< HELLO mode 3 command',
			// The host speaks: what may have begun is still waited for.
			'< 2 bytes',
			'> 2 bytes',
			'> SDP',
			'> 1 bytes',
			'> SDP',
			'< 3 bytes',
			'< log "hi"',
			'< 1 bytes',
			'< OK',
			'< 2 bytes',
			// What may have begun with the last byte never came.
			'< 1 bytes',
		],
	},
	'commands that begin as line ends do': {
		// CR is EXECUTE, LF is MEMORY_READ.
		turns: [
			[
				'out',
				Buffer.concat([bytesOf('AT\r\n\n'), encodeExecute(1), encode(saharaMessages.memoryRead)]),
			],
		],
		reads: ['> AT', '> line end', '> EXECUTE', '> MEMORY_READ'],
	},
	'a refusal where an answer is due': {
		turns: [
			...toFirehose.slice(0, 6),
			['in', encode(saharaMessages.endImage, { status: 0x20 })],
			['in', hello(2)],
		],
		reads: [
			...['< HELLO mode 3 command', '> HELLO_RSP mode 3 command', '< CMD_READY', '> EXECUTE'],
			...['< EXECUTE_RSP', '> EXECUTE_DATA', '< END_IMAGE_TX', '< HELLO mode 2 memory_debug'],
		],
	},
	'QDL, with escapes in its frames': {
		turns: [
			['out', encodeSwitchToSdp()],
			['in', frame(encode(dloadMessages.ack))],
			['out', frame(encode(qdlMessages.hello, { 'version max': 5 }))],
			['in', frame(encode(qdlMessages.helloResponse))],
			[
				'out',
				frame(encode(qdlMessages.open, { 'chunk size': 0x7d7e, header: '7e7d'.repeat(200) })),
			],
			['in', frame(encode(qdlMessages.openResponse, { status: 0x89 }))],
			['in', frame(encode(qdlMessages.error, { error: 0x0f }))],
		],
		reads: ['> SDP', '< ACK', '> HELLO', '< HELLO_RSP', '> UFOPEN', '< UFOPEN_RSP', '< ERROR'],
	},
	'QMI, several messages in one read, junk before': {
		turns: [
			['out', encodeQmi(qmiMessage(0, 0x27)!)],
			[
				'in',
				Buffer.concat([
					bytesOf('\xff\x01\x02'),
					encodeQmi(qmiMessage(0, 0x27)!, { answer: true, tlvs: { 2: { result: 0, error: 0 } } }),
					encodeQmi(qmiMessage(2, 0x23)!, { answer: true, tlvs: { 1: { revision: 'SWI9X07' } } }),
				]),
			],
		],
		reads: ['> CTL SYNC', '< 3 bytes', '< CTL SYNC answer', '< DMS GetRevision answer'],
	},
	'NMEA between answers': {
		turns: [
			['in', saySentence('GPGGA,1,2')],
			['in', `\r\nOK\r\n${saySentence('GPRMC,,V')}$GPGGA,1*00\r\n`],
		],
		reads: ['< $GPGGA,1,2*55', '< OK', '< $GPRMC,,V*1D', '< $GPGGA,1*00'],
	},
	'lengths that lie': {
		turns: [
			['in', encode(saharaMessages.hello, { length: 0 })],
			['in', encode(saharaMessages.hello, { length: 0xffffffff }), 2],
			['in', bytesOf('\x01\xff\xff\x80\x02'), 2],
			['in', hello(3)],
		],
		reads: ['< 48 bytes', '< 48 bytes', '< 5 bytes', '< HELLO mode 3 command'],
	},
	'frames that share flags': {
		turns: [['in', Buffer.concat([bytesOf('\x7e\x7e'), badCommand, badCommand])]],
		reads: ['< DIAG BAD_CMD', '< DIAG BAD_CMD'],
	},
};
