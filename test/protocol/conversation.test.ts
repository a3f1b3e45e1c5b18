import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Conversation } from '../../source/protocol/decode/conversation.ts';
import type { Direction } from '../../source/protocol/decode/message-match.ts';
import { encodeSwitchToSdp } from '../../source/protocol/dload/dload.ts';
import { encode } from '../../source/protocol/fields.ts';
import { encodeExecuteData, saharaMessages } from '../../source/protocol/sahara/sahara.ts';
import {
	bytesOf,
	everyByte,
	framesOf,
	plain,
	readAsTheyShould,
	shown,
	type Turn,
} from './conversing.ts';
import { badCommand, dialogues, hello, log } from './dialogues.ts';
import { Chance, talks } from './fuzz.ts';

readAsTheyShould(dialogues);

test('every frame says what it is, and where its fields are', () => {
	const [helloFrame] = framesOf([['in', hello(3)]]);
	expect(helloFrame).toMatchObject({ dir: 'in', protocol: 'Sahara', t: 0.01 });
	expect(helloFrame!.fields.find(({ name }) => name === 'mode')).toMatchObject({
		offset: 20,
		value: 3,
	});
	const [sdp] = framesOf([['out', Buffer.concat([Buffer.from([0x7e]), encodeSwitchToSdp()])]]);
	expect(sdp!.fields[0]).toMatchObject({ name: 'command', value: 0x70, offset: 2 });
	expect(sdp!.bytes[2]).toBe(0x70);
	for (const { turns } of Object.values(dialogues)) {
		for (const { description, name } of framesOf(turns)) expect(description, name).toMatch(/\.$/);
	}
});

test('HELLO mode 2 after bytes of the host is no crash, unasked for it is one', () => {
	const crash = /^Mode 2, unasked for.*has crashed/;
	const junk = /does not mean that the modem crashed/;
	expect(framesOf([['in', hello(2)]])[0]!.description).toMatch(crash);
	expect(
		framesOf([
			['out', encodeSwitchToSdp()],
			['in', hello(2)],
		])[1]!.description,
	).toMatch(junk);
	// Half a command is junk too.
	expect(
		framesOf([
			['out', 'A'],
			['in', hello(2)],
		])[0]!.description,
	).toMatch(junk);
	expect(
		framesOf([
			['out', ''],
			['in', hello(2)],
		])[0]!.description,
	).toMatch(crash);
	expect(framesOf([['in', hello(3)]])[0]!.description).toMatch(/introduces itself/);
});

test('a broken CRC is named', () => {
	const broken = Buffer.from(badCommand);
	broken[3]! ^= 1;
	const [found] = framesOf([['in', broken]]);
	expect(found).toMatchObject({
		name: 'DIAG BAD_CMD',
		problem: expect.stringContaining('the CRC is'),
	});
});

test('broken XML is a frame with a problem', () => {
	const [found, next] = framesOf([
		['in', Buffer.concat([bytesOf('<?xml?><a <b></data>'), log('on')])],
	]);
	expect(found!.problem).toBeDefined();
	expect(next!.name).toBe('log "on"');
});

describe('a message that never ends', () => {
	const endless: [string, Buffer, Buffer][] = [
		['a document', bytesOf('<?xml version="1.0"?><data>'), bytesOf('<log value="x"/>\n')],
		['a frame', bytesOf('\x7e\x13'), bytesOf('abc\x00\x01')],
		['a line', bytesOf('AT+'), bytesOf('x')],
		['flags', bytesOf('\x7e'), bytesOf('\x7e')],
		['line ends', bytesOf('\r'), bytesOf('\n')],
		['junk', bytesOf('\xff'), bytesOf('\xfe\x41\x00')],
		['zeros', bytesOf('\x00'), bytesOf('\x00')],
	];
	test.each(endless)('%s is given up, and what follows is read', (_, start, more) => {
		const conversation = new Conversation();
		const frames = conversation.push(0, 'in', start);
		const piece = Buffer.concat(Array.from({ length: Math.ceil(5000 / more.length) }, () => more));
		for (let n = 0; n < 40; n++) frames.push(...conversation.push(0, 'in', piece));
		expect(frames.length).toBeGreaterThan(1);
		expect(Math.max(...frames.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(65_536);
		const [line] = conversation.push(5, 'in', bytesOf('\r\nOK\r\n')).slice(-1);
		expect(line!.name).toBe('OK');
	});

	test.each(endless)('%s is given up at the same byte, however it is cut', (_, start, more) => {
		const bytes = Buffer.concat([
			start,
			...Array.from({ length: Math.ceil(80_000 / more.length) }, () => more),
		]);
		const pieces = (size: number) => (all: Buffer) =>
			Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
				all.subarray(n * size, (n + 1) * size),
			);
		const whole = plain(framesOf([['in', bytes]]));
		expect(plain(framesOf([['in', bytes]], pieces(997)))).toEqual(whole);
	});

	test('an answer of 4 GB is not waited for', () => {
		const frames = framesOf([
			['in', encode(saharaMessages.executeResponse, { 'answer length': 0xffffffff })],
			['out', encodeExecuteData(1)],
			['in', hello(3)],
		]);
		expect(shown(frames).at(-1)).toBe('< HELLO mode 3 command');
	});

	test('an answer that does not come whole is not waited for after a silence', () => {
		const frames = framesOf([
			['in', encode(saharaMessages.executeResponse, { 'answer length': 100 })],
			['out', encodeExecuteData(1)],
			['in', 'half of it'],
			['in', hello(3), 2],
		]);
		expect(shown(frames).slice(-2)).toEqual(['< half of it', '< HELLO mode 3 command']);
	});
});

describe('time', () => {
	test('a frame has the time of its first byte', () => {
		const frames = framesOf([
			['in', hello(3).subarray(0, 10), 1],
			['in', Buffer.concat([hello(3).subarray(10), hello(3).subarray(0, 5)]), 0.5],
			['in', hello(3).subarray(5), 0.5],
			['in', hello(3), 0.5],
		]);
		expect(frames.map(({ t }) => t)).toEqual([1, 1.5, 2.5]);
	});

	test('silence ends what waits for its rest', () => {
		const frames = framesOf([
			['in', hello(3).subarray(0, 20)],
			['in', 'OK\r\n', 1.5],
		]);
		expect(shown(frames)).toEqual(['< 20 bytes', '< OK']);
		expect(frames[0]!.problem).toBe('the rest of this message never came');
	});

	test('a message that comes slowly is waited for', () => {
		const slowly = everyByte(hello(3)).map((byte): Turn => ['in', byte, 0.9]);
		expect(shown(framesOf(slowly))).toEqual(['< HELLO mode 3 command']);
	});

	test('settle ends it too, once the silence is long enough', () => {
		const conversation = new Conversation();
		expect(conversation.push(10, 'in', Buffer.alloc(100))).toEqual([]);
		expect(conversation.settle(10.9)).toEqual([]);
		expect(shown(conversation.settle(11.1))).toEqual(['< 100 zero bytes']);
		expect(conversation.settle(20)).toEqual([]);
	});

	test('what is whole is not waited for when the other side speaks, nor at a pause', () => {
		const conversation = new Conversation();
		expect(conversation.push(0, 'out', bytesOf('ATI\r'))).toEqual([]);
		expect(shown(conversation.push(0, 'in', bytesOf('A')))).toEqual(['> ATI']);
		expect(conversation.push(0, 'out', bytesOf('ATI\r'))).toEqual([]);
		expect(shown(conversation.pause())).toEqual(['> ATI']);
		expect(shown(conversation.push(0, 'in', bytesOf('TI\r\n')))).toEqual(['< ATI']);
	});
});

test('text without a line end is text still', () => {
	const [prompt] = framesOf([['in', '\r\n> ']]).slice(-1);
	expect(prompt).toMatchObject({ protocol: 'AT', name: '> ', problem: 'it has no line end' });
});

const piece: fc.Arbitrary<Buffer> = fc.oneof(
	fc
		.tuple(fc.constantFrom(...Object.values(talks)), fc.nat())
		.map(([say, seed]) => say(new Chance(seed))),
	fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
	fc
		.array(
			fc.constantFrom(0, 1, 2, 8, 0x0a, 0x0d, 0x0e, 0x30, 0x3c, 0x3f, 0x41, 0x54, 0x7d, 0x7e, 0xff),
			{ maxLength: 20 },
		)
		.map((bytes) => Buffer.from(bytes)),
	fc
		.constantFrom(
			...Object.values(dialogues).flatMap(({ turns }) => turns.map(([, bytes]) => bytesOf(bytes))),
		)
		.chain((bytes) =>
			fc
				.tuple(fc.nat(bytes.length), fc.boolean())
				.map(([at, all]) => (all ? bytes : bytes.subarray(0, at))),
		),
	fc.constantFrom('AT\r', '\r\nOK\r\n', '\r\n', '<?xml', '</data>', '<data/>').map(bytesOf),
	fc
		.tuple(
			fc.constantFrom(...Object.values(saharaMessages)),
			fc.array(fc.nat(300), { minLength: 8, maxLength: 8 }),
		)
		.map(([message, values]) =>
			encode(
				message,
				Object.fromEntries(message.fields.slice(2).map(({ name }, at) => [name, values[at] ?? 0])),
			),
		),
);
const turn = fc.tuple(
	fc.constantFrom<Direction>('in', 'out'),
	fc.array(piece, { maxLength: 4 }).map((pieces) => Buffer.concat(pieces)),
	fc.constantFrom(0, 0.01, 0.6, 1.5),
);

/** After an odd flag, a frame of 11 bytes from 0x27 on has the CRC of an UFWRITE without being one. */
const framedLikeWrite: [Direction, Buffer, number][] = [
	['in', Buffer.from([0x7e]), 0],
	['in', Buffer.from([0x00]), 0],
	['in', Buffer.from('7e27e5e74402a1328b33ffa00b6e7e', 'hex'), 0],
];

test('whatever is said: every byte is in one frame, in order, and cuts change nothing', () => {
	fc.assert(
		fc.property(
			fc.array(turn, { maxLength: 8 }),
			fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 }),
			(turns, cuts) => {
				const whole = framesOf(turns);
				for (const dir of ['in', 'out'] as const) {
					const said = Buffer.concat(
						turns.filter(([who]) => who === dir).map(([, bytes]) => bytes),
					);
					const framed = Buffer.concat(
						whole.filter((found) => found.dir === dir).map(({ bytes }) => bytes),
					);
					expect(framed).toEqual(said);
				}
				for (const found of whole) {
					expect(found.bytes.length).toBeGreaterThan(0);
					for (const { offset, length } of found.fields) {
						expect(offset + length).toBeLessThanOrEqual(found.bytes.length);
					}
				}
				expect(plain(framesOf(turns, everyByte))).toEqual(plain(whole));
				const pieces = (bytes: Buffer) => {
					const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
						(a, b) => a - b,
					);
					return at.slice(1).map((end, n) => bytes.subarray(at[n], end));
				};
				expect(plain(framesOf(turns, pieces))).toEqual(plain(whole));
			},
		),
		{ numRuns: 3000, examples: [[framedLikeWrite, [0]]] },
	);
}, 60_000);
