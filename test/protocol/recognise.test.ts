import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Conversation } from '../../source/protocol/decode/conversation.ts';
import { recognise } from '../../source/protocol/decode/recognise.ts';
import { explainLine, saySentence } from '../../source/protocol/decode/text-lines.ts';
import { dloadMessages, encodeSwitchToSdp } from '../../source/protocol/dload/dload.ts';
import { streamingMessages } from '../../source/protocol/dload/streaming-dload.ts';
import { encode } from '../../source/protocol/fields.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { frame } from '../../source/protocol/framing/hdlc.ts';
import { encodeWrite, qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { qmiMessage } from '../../source/protocol/qmi/messages.ts';
import { encodeQmi } from '../../source/protocol/qmi/qmi.ts';
import { saharaMessages } from '../../source/protocol/sahara/sahara.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
	[encode(saharaMessages.hello), 'Sahara', 'certain', /^48 bytes, 01 … 30: Sahara HELLO$/],
	[encode(saharaMessages.hello).subarray(0, 30), '?', 'none', /HELLO has 48 bytes, and they end/],
	[encodeSwitchToSdp(), 'DLOAD', 'certain', /framed by 7E flags with the right CRC, command 70/],
	[frame(encode(qdlMessages.hello)), 'QDL', 'certain', /QDL HELLO/],
	[frame(encode(qdlMessages.open)), 'QDL', 'certain', /QDL UFOPEN/],
	[encodeWrite(0, 100), 'QDL', 'certain', /a CRC that is right/],
	[frame(encode(streamingMessages.hello)), 'streaming DLOAD', 'certain', /HELLO/],
	[frame(encode(dloadMessages.memoryDebugQuery)), 'DLOAD', 'likely', /alone it may be/],
	[frame(Buffer.from([0xee, 1])), 'HDLC', 'likely', /which no table has/],
	[Buffer.from('7e70000014477e', 'hex'), 'DLOAD', 'guess', /but the CRC is 4714/],
	[Buffer.from('7eee0000007e', 'hex'), 'HDLC', 'none', /command ee, but the CRC/],
	[Buffer.from('7e0078f07e', 'hex'), 'DIAG', 'certain', /DIAG VERNO/],
	[Buffer.from('7e4b650100540f7e', 'hex'), 'DIAG', 'certain', /SUBSYS_CMD/],
	[firehoseDocument('nop', {}), 'Firehose', 'certain', /begins with <\?xml/],
	[firehoseDocument('dance', {}), 'Firehose', 'likely', /<dance>/],
	[encodeQmi(qmiMessage(0, 0x27)!), 'QMI', 'certain', /QMI CTL SYNC/],
	[bytes('AT!GSTATUS?\r'), 'AT', 'certain', /begins with AT/],
	[bytes('\r\nOK\r\n'), 'AT', 'certain', /"OK"/],
	[bytes('+CREG: 0,1\r\n'), 'AT', 'likely', /answer AT commands/],
	[bytes('U-Boot 2019.01\r\n'), 'AT', 'guess', /a line of text/],
	[bytes(saySentence('GPRMC,,V,,,,,,,,,,N')), 'NMEA', 'certain', /right checksum/],
	[bytes('$GPRMC,,V*00\r\n'), 'NMEA', 'likely', /begins with \$G/],
	[Buffer.alloc(512), '?', 'none', /nothing but zeros/],
	[Buffer.from('a5a5a5', 'hex'), '?', 'none', /no message begins with A5/],
	[Buffer.alloc(0), '?', 'none', /no bytes/],
])('%j', (given, protocol, certainty, because) => {
	expect(recognise(given)).toMatchObject({
		protocol,
		certainty,
		because: expect.stringMatching(because),
	});
});

test('junk before a message does not hide it', () => {
	const junk = Buffer.from('a5ffa50102', 'hex');
	const found = recognise(Buffer.concat([junk, encode(saharaMessages.hello)]));
	expect(found).toMatchObject({ protocol: 'Sahara', certainty: 'certain', at: junk.length });
});

test('a length that lies is why it is none', () => {
	const lie = (length: number) => encode(saharaMessages.hello, { length });
	expect(recognise(lie(0xffffffff).subarray(0, 8)).because).toBe(
		'they begin as Sahara HELLO does, but say a length of 4294967295 where it has 48',
	);
	expect(recognise(lie(0).subarray(0, 8)).because).toContain('a length of 0 where it has 48');
});

test('any bytes at all are told without a throw', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (given) => {
			const { because, at } = recognise(given);
			expect(because).not.toBe('');
			expect(at).toBeLessThanOrEqual(given.length);
		}),
		{ numRuns: 2000 },
	);
});

describe('lines', () => {
	test('+CME ERROR says what to do', () => {
		const found = explainLine('+CME ERROR: 10');
		expect(found.description).toMatch(/SIM not inserted\. There is no SIM\. Next: /);
		expect(found.fields[0]).toMatchObject({ offset: 12, length: 2, shown: '10 SIM not inserted' });
		expect(explainLine('+CMS ERROR: 10').description).toMatch(/not known here/);
	});

	test('NMEA: values, checksum, and what is wrong with it', () => {
		// NMEA 0183's own example.
		const example = '$GPGLL,5300.97914,N,00259.98174,E,125926,A*28';
		expect(explainLine(example)).toMatchObject({ protocol: 'NMEA', certainty: 'certain' });
		const good = explainLine('$GPGGA,1,N*4F');
		expect(good.problem).toMatch(/the checksum is 4F, the text gives [0-9A-F]{2}/);
		const sentence = saySentence('GPGGA,1,,N').trimEnd();
		const { fields, problem, description } = explainLine(sentence);
		expect(problem).toBeUndefined();
		expect(description).toMatch(/how good the fix is/);
		for (const { offset, length, value } of fields) {
			expect(sentence.slice(offset, offset + length)).toBe(value);
		}
		expect(explainLine('$GPGGA,1').problem).toBe('it has no checksum');
		expect(explainLine('$GPS_START')).toMatchObject({ sender: 'host', certainty: 'certain' });
	});

	test.each(['constructor', '__proto__', 'toString'])('%s is text as any other', (text) => {
		expect(explainLine(text).certainty).toBe('guess');
	});
});

test.each([
	['13 70 00 00 6a 9a 7e', 'DIAG BAD_CMD', '0x9a6a'],
	['4b 65 01 00 54 0f 7e', 'SUBSYS_CMD', '0x0f54'],
])('%s is DIAG without its first flag, however it is cut', (hex, name, crc) => {
	const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
	expect(recognise(bytes)).toMatchObject({ protocol: 'DIAG', certainty: 'certain' });
	for (let cut = 0; cut <= bytes.length; cut++) {
		const conversation = new Conversation();
		const frames = [
			...conversation.push(0, 'in', bytes.subarray(0, cut)),
			...conversation.push(0, 'in', bytes.subarray(cut)),
			...conversation.flush(),
		];
		expect(frames.map((frame) => frame.name)).toEqual([name]);
		expect(frames[0]!.fields.at(-1)).toMatchObject({ name: 'CRC', shown: crc });
	}
});

test('a word that begins like DIAG is a word', () => {
	expect(recognise(Buffer.from('KSUP: 1\r\n')).protocol).toBe('AT');
	expect(recognise(Buffer.from('137000006a9b7e', 'hex')).protocol).not.toBe('DIAG');
});
