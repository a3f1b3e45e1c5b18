import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type DecodeOptions, decodeBytes } from '../../source/commands/decode/decode.ts';
import { exitCode, Problem } from '../../source/problem.ts';
import { encodeSwitchToSdp } from '../../source/protocol/dload/dload.ts';
import { encode } from '../../source/protocol/fields.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { saharaMessages } from '../../source/protocol/sahara/sahara.ts';
import { newFolder, program } from './program.ts';

const fieldLog = 'test/field/rc7620-update-download-2023-06-01.log';
const hello = encode(saharaMessages.hello, { mode: 2 });

async function decoded(input: readonly string[], options: Partial<DecodeOptions> = {}) {
	const lines: string[] = [];
	const exit = await decodeBytes(input, {
		json: false,
		colour: false,
		columns: 80,
		out: (line) => lines.push(line),
		read: async () => Buffer.alloc(0),
		...options,
	});
	return { lines, exit };
}

function fileOf(bytes: Uint8Array | string): string {
	const path = join(newFolder(), 'bytes');
	writeFileSync(path, bytes);
	return path;
}

async function problemOf(input: readonly string[], options: Partial<DecodeOptions> = {}) {
	const error = await decoded(input, options).catch((thrown) => thrown);
	expect(error).toBeInstanceOf(Problem);
	return error as Problem;
}

test('what the bytes are, how sure that is, each field, and the bytes', async () => {
	const { lines, exit } = await decoded(['7e7000001446', '7e']);
	expect(exit).toBe(exitCode.done);
	expect(lines).toEqual([
		'DLOAD SDP (certain): it is framed by 7E flags with the right CRC, command 70:',
		'DLOAD SDP.',
		'',
		'> DLOAD SDP  7 bytes',
		'  Asks a QDL loader to switch to the simple download protocol. A Sahara loader',
		'  does not understand it and then refuses Firehose.',
		'  Expected from the modem: ACK or ERROR 0x16. Up to 1 s of silence is normal.',
		'  0001  command   112 (0x70) SDP  Which message this is.',
		'  0002  reserved  0  Not used.',
		'  0004  CRC       0x4614  CRC-16/X-25 over the payload, as it should be.',
		'  0000  7e 70 00 00 14 46 7e                             |~p...F~|',
	]);
});

test('the HELLO of the field case, with both meanings of its mode', async () => {
	const { lines } = await decoded([hello.toString('hex')]);
	expect(lines[0]).toBe(
		'Sahara HELLO mode 2 memory_debug (certain): 48 bytes, 01 … 30: Sahara HELLO.',
	);
	const text = lines.join(' ').replaceAll(/ +/g, ' ');
	expect(text).toContain('Unasked for it means that the modem has crashed; as the answer to bytes');
	expect(text).toContain('mode 2 MEMORY_DEBUG What the loader wants to do.');
});

describe('the same bytes', () => {
	const dump = '00000000  7e 70 00 00 14 46 7e                              |~p...F~|\n00000007\n';
	test.each([
		['in pieces', ['7e', '70', '00:00', '0x14', '46', '7e'], undefined],
		['in a file of text', () => [fileOf(dump)], undefined],
		['in a file of bytes', () => [fileOf(encodeSwitchToSdp())], undefined],
		['on standard input', ['-'], dump],
	])('%s', async (_, input, read) => {
		const given = typeof input === 'function' ? input() : input;
		const { lines } = await decoded(given, { read: async () => Buffer.from(read ?? '') });
		expect(lines[3]).toBe('> DLOAD SDP  7 bytes');
	});
});

test('a log of qmi-firmware-update: who sent what, and the HELLO is known to be no crash', async () => {
	const { lines, exit } = await decoded([fieldLog]);
	expect(exit).toBe(0);
	expect(lines.filter((line) => /^[<>]/.test(line))).toEqual([
		'> DLOAD SDP  7 bytes',
		'< Sahara HELLO mode 2 memory_debug  48 bytes',
	]);
	expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain(
		'it does not mean that the modem crashed',
	);
});

test('AT and Firehose are text themselves, in a file', async () => {
	const at = await decoded([fileOf('ATI\r\r\nModel: RC7620\r\n\r\nOK\r\n')]);
	expect(at.lines.filter((line) => /^[<>]/.test(line))).toHaveLength(3);
	const { lines } = await decoded([fileOf(firehoseDocument('power', { value: 'reset' }))]);
	expect(lines[0]).toMatch(/^Firehose <power> \(certain\)/);
	expect(lines.join('\n')).toMatch(/0036 {2}value {2}reset {2}/);
});

test('--from says who sent them', async () => {
	const input = ['7e', '0b', '2b', '4e', '7e'];
	const { lines } = await decoded(input, { from: 'modem' });
	expect(lines.some((line) => line.startsWith('< '))).toBe(true);
	expect((await problemOf(input, { from: 'nobody' })).exit).toBe(exitCode.usage);
});

test('--json: what they are, then a frame a line', async () => {
	const { lines } = await decoded([hello.toString('hex')], { json: true });
	const [found, frame] = lines.map((line) => JSON.parse(line));
	expect(found).toMatchObject({ recognised: 'Sahara', certainty: 'certain', bytes: 48, at: 0 });
	expect(frame).toMatchObject({
		dir: 'in',
		protocol: 'Sahara',
		length: 48,
		hex: hello.toString('hex'),
		due: { from: 'host', what: 'HELLO_RSP', within: 5 },
	});
	expect(frame.fields).toContainEqual(
		expect.objectContaining({ name: 'mode', value: 2, offset: 20, shown: '2 MEMORY_DEBUG' }),
	);
});

test('in colour: a field and its bytes have the same one, and only colours are added', async () => {
	const input = [hello.toString('hex')];
	const plain = (await decoded(input)).lines;
	const { lines } = await decoded(input, { colour: true });
	const bare = lines.map((line) => line.replaceAll(/\x1b\[\d+m/g, ''));
	expect(bare).toEqual(plain);
	const row = lines.find((line) => line.includes('MEMORY_DEBUG  What'))!;
	const hue = /^\x1b\[(\d+)m/.exec(row)![1];
	expect(lines.at(-2)).toContain(`\x1b[${hue}m02\x1b[0m`);
});

test.each([
	[['hello'], exitCode.usage, /"hello": neither hex nor the name of a file/],
	[['7e', '123'], exitCode.usage, /odd number of digits/],
	[['\x1b[31m', '\u202e'], exitCode.usage, /^"\.\[31m \."/],
	[['-'], exitCode.usage, /no bytes to decode/],
	[['test'], exitCode.fileRejected, /is not a file/],
])('%j is refused in a sentence', async (input, exit, sentence) => {
	const problem = await problemOf(input);
	expect(problem.exit).toBe(exit);
	expect(problem.sentence).toMatch(sentence);
	expect(problem.next).toBeDefined();
});

test('an empty file is refused', async () => {
	expect((await problemOf([fileOf('')])).exit).toBe(exitCode.fileRejected);
});

test('whatever the bytes: no row is too wide, none drives a terminal, none throws', async () => {
	const bytes = fc.oneof(
		fc.uint8Array({ minLength: 1, maxLength: 120 }),
		fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }).map((text) => {
			const document = firehoseDocument('log', { value: `\x1b[2J\u202e日本語 ${text}` });
			return Uint8Array.from(document);
		}),
		fc.constantFrom(hello, encodeSwitchToSdp()).map((known) => Uint8Array.from(known)),
	);
	await fc.assert(
		fc.asyncProperty(
			bytes,
			fc.constantFrom(20, 33, 80),
			fc.boolean(),
			async (given, columns, json) => {
				const { lines } = await decoded([Buffer.from(given).toString('hex')], { columns, json });
				for (const line of lines) {
					expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
					if (!json) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
				}
			},
		),
		{ numRuns: 300 },
	);
});

test('the built program reads standard input, and a pipe has no colour', () => {
	const { stdout, status } = spawnSync(process.execPath, [program, 'decode', '-'], {
		input: '7e:70:00:00:14:46:7e\n',
		encoding: 'utf8',
		timeout: 30_000,
	});
	expect(status).toBe(0);
	expect(stdout).toMatch(/^DLOAD SDP \(certain\)/);
	expect(stdout).not.toContain('\x1b');
});
