import { describe, expect, test } from 'vitest';
import { Conversation } from '../../source/protocol/decode/conversation.ts';
import { encode } from '../../source/protocol/fields.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { frame } from '../../source/protocol/framing/hdlc.ts';
import { encodeWrite, qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { encodeHelloResponse, saharaMessages } from '../../source/protocol/sahara/sahara.ts';
import { bytesOf, framesOf, readAsTheyShould, shown, type Turn } from './conversing.ts';

const respond = (attributes: Record<string, string | number>) =>
	firehoseDocument('response', attributes);
/** Bytes that look like anything: frames, XML, Sahara packets, zeros. */
const payload = (length: number) => {
	const nasty = Buffer.concat([
		Buffer.from('7e7000001446 7e'.replace(' ', ''), 'hex'),
		Buffer.alloc(40),
		encode(saharaMessages.hello, { mode: 2 }),
		Buffer.from('AT\r\n<?xml?><data></data>\r\nOK\r\n'),
	]);
	return Buffer.alloc(length, Buffer.concat([Buffer.from('SPKG'), nasty]));
};

const program: Turn[] = [
	['in', respond({ value: 'NAK', MaxPayloadSizeToTargetInBytes: 512 })],
	['out', firehoseDocument('program', { SECTOR_SIZE_IN_BYTES: 512, num_partition_sectors: 3 })],
	['in', respond({ value: 'ACK', rawmode: 'true' })],
];
const dialogues: Record<string, { turns: Turn[]; reads: string[] }> = {
	'a piece that the loader writes to us': {
		turns: [
			['in', encode(saharaMessages.writeData, { image: 34, 'data length': 100 })],
			['in', payload(100)],
			['in', encode(saharaMessages.endImage, { image: 34 })],
		],
		reads: ['< WRITE_DATA', '< bytes 0..99 of 100', '< END_IMAGE_TX'],
	},
	'a download: sectors, the zero block, and XML again': {
		turns: [
			...program,
			['out', Buffer.concat([payload(1536), Buffer.alloc(512)])],
			['in', respond({ value: 'ACK', rawmode: 'false' })],
			['out', firehoseDocument('power', { value: 'reset' })],
		],
		reads: [
			'< NAK MaxPayload=512',
			'> <program>',
			'< ACK rawmode=true',
			'> bytes 0..511 of 1536',
			'> bytes 512..1023 of 1536',
			'> bytes 1024..1535 of 1536',
			'> 512 zero bytes',
			'< ACK rawmode=false',
			'> <power>',
		],
	},
	'a download that the modem stops': {
		turns: [
			...program,
			['out', payload(700)],
			['in', firehoseDocument('log', { value: 'ERROR' })],
			['out', payload(100)],
			['in', respond({ value: 'NAK' })],
			['out', firehoseDocument('nop', {})],
		],
		reads: [
			'< NAK MaxPayload=512',
			'> <program>',
			'< ACK rawmode=true',
			'> bytes 0..511 of 1536',
			'> bytes 512..699 of 1536',
			'< log "ERROR"',
			'> bytes 700..799 of 1536',
			'< NAK',
			'> <nop>',
		],
	},
	'XML where sectors are due': {
		turns: [...program, ['out', firehoseDocument('power', { value: 'reset' })]],
		reads: ['< NAK MaxPayload=512', '> <program>', '< ACK rawmode=true', '> <power>'],
	},
	'Sahara sends a programmer, which then speaks Firehose': {
		turns: [
			['in', encode(saharaMessages.hello, { mode: 0 })],
			['out', encodeHelloResponse()],
			['in', encode(saharaMessages.readData, { image: 13, offset: 0, 'data length': 100 })],
			['out', payload(100)],
			['in', encode(saharaMessages.endImage, { image: 13 })],
			['out', encode(saharaMessages.done)],
			['in', encode(saharaMessages.doneResponse, { 'image state': 1 })],
			['in', firehoseDocument('log', { value: 'hi' })],
		],
		reads: [
			'< HELLO mode 0 image_tx_pending',
			'> HELLO_RSP mode 3 command',
			'< READ_DATA',
			'> bytes 0..99 of 100',
			'< END_IMAGE_TX',
			'> DONE',
			'< DONE_RSP',
			'< log "hi"',
		],
	},
	'a host that resets where a piece is due, and a loader that refuses': {
		turns: [
			['in', encode(saharaMessages.readData, { 'data length': 4_000_000_000 })],
			['out', encode(saharaMessages.reset)],
			['in', encode(saharaMessages.resetResponse)],
			['out', encode(saharaMessages.memoryRead, { 'data length': 4096 })],
			['in', encode(saharaMessages.endImage, { status: 0x19 })],
		],
		reads: ['< READ_DATA', '> RESET', '< RESET_RSP', '> MEMORY_READ', '< END_IMAGE_TX'],
	},
	'a memory dump: the table, then memory': {
		turns: [
			['in', encode(saharaMessages.memoryDebug, { 'table address': 0x1000, 'table length': 104 })],
			['out', encode(saharaMessages.memoryRead, { address: 0x1000, 'data length': 104 })],
			['in', payload(104)],
			['out', encode(saharaMessages.memoryRead, { address: 0x2000, 'data length': 50 })],
			['in', payload(50)],
		],
		reads: [
			'< MEMORY_DEBUG',
			'> MEMORY_READ',
			'< bytes 0..103 of 104',
			'> MEMORY_READ',
			'< bytes 0..49 of 50',
		],
	},
	'QDL sends a chunk': {
		turns: [
			['out', frame(encode(qdlMessages.hello))],
			['out', Buffer.concat([encodeWrite(0, 300), payload(300)])],
			['in', frame(encode(qdlMessages.writeResponse))],
			['out', frame(encode(qdlMessages.close))],
		],
		reads: ['> HELLO', '> UFWRITE', '> bytes 0..299 of 300', '< UFWRITE_RSP', '> UFCLOSE'],
	},
};

readAsTheyShould(dialogues);

test('the zero block says what it is, and the table of a dump has its entries', () => {
	const zeros = framesOf(
		dialogues['a download: sectors, the zero block, and XML again']!.turns,
	)[6]!;
	expect(zeros.description).toMatch(/zero block that libqmi sends/);
	const [, , table, , memory] = framesOf(dialogues['a memory dump: the table, then memory']!.turns);
	expect(table!.fields.map(({ name }) => name)).toContain('region 2');
	expect(memory!.fields).toEqual([]);
});

test('a block that comes in one piece is not copied', () => {
	const conversation = new Conversation();
	for (const [dir, bytes] of program) conversation.push(0, dir, bytesOf(bytes));
	const data = Uint8Array.from(payload(1536));
	const frames = [
		...conversation.push(0, 'out', data.subarray(0, 700)),
		...conversation.push(0, 'out', data.subarray(700)),
	];
	const shares = frames
		.slice(-3)
		.map(({ bytes }) => bytes.buffer === data.buffer && bytes.byteOffset >= data.byteOffset);
	expect(shares).toEqual([true, false, true]);
});

test('sectors without a known end go on until the modem says so', () => {
	const frames = framesOf([
		['out', firehoseDocument('program', { filename: 'a.cwe' })],
		['in', respond({ value: 'ACK', rawmode: 'true' })],
		['out', payload(40_000)],
		['in', respond({ value: 'ACK', rawmode: 'false' })],
		['out', Buffer.from('AT\r\n')],
	]);
	expect(shown(frames).slice(2)).toEqual([
		'> bytes 0..16383',
		'> bytes 16384..32767',
		'> bytes 32768..39999',
		'< ACK rawmode=false',
		'> AT',
	]);
});

describe('what is waited for', () => {
	test('an answer, until it comes', () => {
		const conversation = new Conversation();
		conversation.push(1, 'in', encode(saharaMessages.hello, { mode: 3 }));
		expect(conversation.pendingReply).toMatchObject({
			due: { from: 'host', what: 'HELLO_RSP' },
			since: 1,
		});
		conversation.push(2, 'out', encodeHelloResponse());
		expect(conversation.pendingReply).toMatchObject({ due: { from: 'modem' }, since: 2 });
		conversation.push(3, 'in', encode(saharaMessages.resetResponse));
		expect(conversation.pendingReply).toBeUndefined();
	});

	test('while sectors go out, the time counts from the last one', () => {
		const conversation = new Conversation();
		for (const [dir, bytes] of program) conversation.push(1, dir, bytesOf(bytes));
		conversation.push(9, 'out', payload(512));
		expect(conversation.pendingReply).toMatchObject({ due: { from: 'host' }, since: 9 });
	});
});
