import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Event, Fact } from '../../source/events.ts';
import { dissector } from '../../source/protocol/dissector/dissector.ts';
import { encode } from '../../source/protocol/fields.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { frame } from '../../source/protocol/framing/hdlc.ts';
import { encodeWrite, qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { saharaMessages } from '../../source/protocol/sahara/sahara.ts';
import { pcapng } from '../../source/recording/export/pcapng.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import type { Recording } from '../../source/recording/log/record.ts';
import { newFolder } from '../commands/program.ts';

const root = resolve(import.meta.dirname, '../..');
const script = join(root, 'modemscope.lua');
const fieldLog = join(root, 'test/field/rc7620-update-download-2023-06-01.log');
const header = {
	modemscope: 1 as const,
	started: '2026-01-02T03:04:05.000Z',
	title: 'a test',
	origin: 'a test',
	speed: 1,
};
const recordingOf = (...facts: Fact[]): Recording => ({
	header,
	events: facts.map((fact, at): Event => ({ t: at / 8, source: 'port', ...fact })),
	notes: [],
});
const said = (dir: 'in' | 'out', bytes: Uint8Array, port = '/dev/ttyUSB0'): Fact => ({
	type: 'bytes',
	port,
	dir,
	hex: Buffer.from(bytes).toString('hex'),
});
const captureOf = (recording: Recording): Buffer => Buffer.concat([...pcapng(recording)]);

/** The blocks of a capture, checked for their two lengths. */
function blocksOf(capture: Buffer): { type: number; body: Buffer }[] {
	const blocks: { type: number; body: Buffer }[] = [];
	for (let at = 0; at < capture.length; ) {
		const length = capture.readUInt32LE(at + 4);
		expect(length % 4).toBe(0);
		expect(capture.readUInt32LE(at + length - 4)).toBe(length);
		blocks.push({
			type: capture.readUInt32LE(at),
			body: capture.subarray(at + 8, at + length - 4),
		});
		at += length;
	}
	return blocks;
}

test('bytes are bulk transfers with their time, direction and data', () => {
	const hello = encode(saharaMessages.hello, { mode: 2 });
	const blocks = blocksOf(
		captureOf(recordingOf(said('out', Buffer.from('AT\r')), said('in', hello))),
	);
	expect(blocks.map(({ type }) => type)).toEqual([0x0a0d0d0a, 1, 6, 6]);
	expect(blocks[1]!.body.readUInt16LE(0)).toBe(220);
	const [out, into] = blocks.slice(2).map(({ body }) => body);
	expect(out!.readUInt32LE(12)).toBe(64 + 3);
	expect(String.fromCharCode(out![20 + 8]!)).toBe('S');
	expect(out![20 + 10]).toBe(0x01);
	expect(into![20 + 10]).toBe(0x81);
	expect(String.fromCharCode(into![20 + 8]!)).toBe('C');
	expect(into!.subarray(20 + 64, 20 + 64 + 48)).toEqual(hello);
	const micros = (BigInt(into!.readUInt32LE(4)) << 32n) | BigInt(into!.readUInt32LE(8));
	expect(Number(micros / 1000n)).toBe(Date.parse(header.started) + 125);
});

test('payload has its length, and no data that the recording does not have', () => {
	const payload: Fact = {
		type: 'payload',
		port: '/dev/ttyUSB0',
		file: 'a.spk',
		offset: 0,
		length: 8192,
		padding: 512,
		sha256: '0'.repeat(64),
	};
	const { body } = blocksOf(captureOf(recordingOf(payload))).at(-1)!;
	expect([body.readUInt32LE(12), body.readUInt32LE(16)]).toEqual([64, 64 + 8704]);
	expect([body.readUInt32LE(20 + 32), body.readUInt32LE(20 + 36)]).toEqual([8704, 0]);
});

test('ports are the endpoints of the device that has them', () => {
	const device = {
		path: '3-1',
		vid: '1199',
		pid: '68c0',
		number: 59,
		interfaces: [{ number: 3, class: 'ff/00/00', endpoints: 3, nodes: ['ttyUSB2'] }],
	};
	const facts: Fact[] = [
		{ type: 'usb-came', device },
		said('in', Buffer.from('OK'), '/dev/ttyUSB2'),
		said('in', Buffer.from('OK'), 'elsewhere'),
	];
	const [known, other] = blocksOf(captureOf(recordingOf(...facts))).slice(2);
	expect([known!.body.readUInt16LE(32), known!.body[31], known!.body[30]]).toEqual([3, 59, 0x84]);
	expect(other!.body[30]).toBe(0x81);
});

test('modemscope.lua is the one that npm run build:lua writes', () => {
	expect(readFileSync(script, 'utf8') === dissector(), 'run npm run build:lua').toBe(true);
});

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
if (!hasTshark) console.warn('tshark is not installed: the Wireshark dissector is not tried.');

function tshark(recording: Recording, filter: string, ...shown: string[]): string[][] {
	const capture = join(newFolder(), 'test.pcapng');
	writeFileSync(capture, captureOf(recording));
	const fields = shown.flatMap((name) => ['-e', name]);
	const args = ['-r', capture, '-X', `lua_script:${script}`, '-Y', filter, '-T', 'fields'];
	const { stdout, stderr, status } = spawnSync(
		'tshark',
		[...args, '-E', 'separator=|', ...fields],
		{
			encoding: 'utf8',
		},
	);
	expect(stderr).not.toMatch(/lua|error/i);
	expect(status).toBe(0);
	return stdout
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => line.split('|'));
}

test.runIf(hasTshark)('the field log, filtered for mode 2, with our explanation', async () => {
	const found = tshark(
		await openAny(fieldLog),
		'sahara.mode == 2',
		'frame.number',
		'modemscope.name',
		'modemscope.description',
	);
	expect(found).toEqual([['2', 'Sahara HELLO', saharaMessages.hello.when!.description]]);
});

test.runIf(hasTshark)('QDL frames, escapes and codes, as the tables have them', () => {
	const open = encode(qdlMessages.open, { 'chunk size': 0x7d7e7d, header: '7e'.repeat(400) });
	const refusal = frame(encode(qdlMessages.error, { error: 0x1a }));
	const recording = recordingOf(
		said('out', frame(encode(qdlMessages.hello, { 'version max': 5 }))),
		said('out', frame(open)),
		said('out', encodeWrite(7, 1024)),
		said(
			'in',
			Buffer.concat([refusal, frame(encode(qdlMessages.closeResponse, { status: 0x89 }))]),
		),
	);
	expect(tshark(recording, 'modemscope.name', 'frame.number', 'modemscope.name')).toEqual([
		['1', 'QDL HELLO'],
		['2', 'QDL UFOPEN'],
		['3', 'QDL UFWRITE'],
		['4', 'QDL ERROR,QDL UFCLOSE_RSP'],
	]);
	expect(tshark(recording, 'qdl.chunk_size == 0x7d7e7d', 'frame.number')).toEqual([['2']]);
	expect(tshark(recording, 'qdl.sequence == 7', 'qdl.chunk_size')).toEqual([['1024']]);
	const [[description]] = tshark(recording, 'qdl.error == 0x1a', 'modemscope.description') as [
		[string],
	];
	expect(description).toContain(
		'Image authentication error: The signature of the image is not accepted.',
	);
	expect(description).toContain('CRC32: The CRC of the image is wrong.');
});

test.runIf(hasTshark)(
	'Firehose, several documents in one transfer, and Sahara packets in a row',
	() => {
		const recording = recordingOf(
			said('out', firehoseDocument('configure', { MemoryName: 'eMMC' })),
			said(
				'in',
				Buffer.concat([
					firehoseDocument('log', { value: 'a < b' }),
					firehoseDocument('response', { value: 'NAK', MaxPayloadSizeToTargetInBytes: 8192 }),
				]),
			),
			said('in', firehoseDocument('response', { value: 'ACK', rawmode: 'true' })),
			said(
				'in',
				Buffer.concat([encode(saharaMessages.commandReady), encode(saharaMessages.resetResponse)]),
			),
			said('in', Buffer.from('01000000ffffffff', 'hex')),
		);
		expect(
			tshark(
				recording,
				'firehose.MaxPayloadSizeToTargetInBytes == "8192"',
				'modemscope.description',
			),
		).toEqual([
			[
				'The modem narrates what it does. Nothing to answer.,Not an error: the loader proposes blocks of 8192 bytes, and we take them.',
			],
		]);
		expect(tshark(recording, 'firehose.rawmode == "true"', 'frame.number')).toEqual([['3']]);
		expect(tshark(recording, 'firehose.MemoryName', 'firehose.verb')).toEqual([['configure']]);
		expect(tshark(recording, 'sahara.command == 8', 'modemscope.name')).toEqual([
			['Sahara CMD_READY,Sahara RESET_RSP'],
		]);
		expect(tshark(recording, 'frame.number == 5', 'modemscope.name')).toEqual([]);
	},
);
