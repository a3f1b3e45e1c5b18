/**
 * Random talk in one protocol: whole messages with random values, cut, bent, repeated, with junk
 * between, and plain random bytes. Fast enough for a million; the seed of each is its number.
 */
import { Conversation, type Frame } from '../../source/protocol/decode/conversation.ts';
import type { Direction } from '../../source/protocol/decode/message-match.ts';
import { saySentence } from '../../source/protocol/decode/text-lines.ts';
import { diagMessages } from '../../source/protocol/dload/diag.ts';
import { dloadMessages } from '../../source/protocol/dload/dload.ts';
import { streamingMessages } from '../../source/protocol/dload/streaming-dload.ts';
import { encode, type Message } from '../../source/protocol/fields.ts';
import { attributes, verbs } from '../../source/protocol/firehose/elements.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { frame } from '../../source/protocol/framing/hdlc.ts';
import { encodeWrite, qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { qmiMessages } from '../../source/protocol/qmi/messages.ts';
import { encodeQmi } from '../../source/protocol/qmi/qmi.ts';
import { saharaMessages } from '../../source/protocol/sahara/sahara.ts';

/** Marsaglia's xorshift: numbers from 0 up to `below`, the same for the same seed. */
export class Chance {
	#state: number;

	constructor(seed: number) {
		this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) | 1;
	}

	below(limit: number): number {
		this.#state ^= this.#state << 13;
		this.#state ^= this.#state >>> 17;
		this.#state ^= this.#state << 5;
		return (this.#state >>> 0) % limit;
	}

	of<T>(list: readonly T[]): T {
		return list[this.below(list.length)]!;
	}

	bytes(length: number): Buffer {
		const bytes = Buffer.alloc(length);
		for (let at = 0; at < length; at++) bytes[at] = this.below(256);
		return bytes;
	}
}

/** Small numbers mostly: they are lengths and codes; big ones are lies. */
const number = (chance: Chance): number =>
	chance.of([0, 1, 2, chance.below(16), chance.below(300), chance.below(65_536), 0xffff_ffff]);

function filled(chance: Chance, message: Message): Buffer {
	const values: Record<string, number | bigint | string> = {};
	for (const { name, type, length, preset } of message.fields) {
		if (preset !== undefined && chance.below(8) > 0) continue;
		if (type === 'text') values[name] = chance.bytes(chance.below(length + 1)).toString('latin1');
		else if (type === 'bytes') values[name] = chance.bytes(length).toString('hex');
		else values[name] = number(chance) % 2 ** (8 * Math.min(length, 4));
	}
	if (message.rest) values[message.rest.name] = chance.bytes(chance.below(20)).toString('hex');
	return encode(message, values);
}

const some = (messages: Readonly<Record<string, Message>>) => {
	const list = Object.values(messages);
	return (chance: Chance) => filled(chance, chance.of(list));
};
const framed = (messages: Readonly<Record<string, Message>>) => {
	const say = some(messages);
	return (chance: Chance) => frame(say(chance));
};

function document(chance: Chance): Buffer {
	const verb = chance.of([...verbs.keys(), 'response', 'log', 'log', 'response', 'x']);
	const chosen = Array.from({ length: chance.below(4) }, () => [
		chance.of(Object.keys(attributes)),
		chance.of([
			'ACK',
			'NAK',
			'true',
			'false',
			'512',
			'8192',
			'-1',
			'99999999999',
			'a<b>"&',
			'\0\x1b',
		]),
	]);
	return firehoseDocument(verb, Object.fromEntries(chosen));
}

function qmi(chance: Chance): Buffer {
	const asked = chance.of(qmiMessages);
	const answer = chance.below(2) === 0;
	const types = Object.keys(answer ? asked.answer : asked.request);
	const tlvs = Object.fromEntries(types.map((type) => [type, { result: number(chance) % 2 }]));
	return encodeQmi(asked, { tlvs, answer, client: chance.below(256) });
}

const lines = [
	'AT\r',
	'ATI\r\n',
	'\r\nOK\r\n',
	'\r\n+CME ERROR: 10\r\n',
	'+CREG: 1\r',
	'RING',
	'\n',
	'> ',
];
const sentences = ['GPGGA,1,2,N', 'GPRMC,,V', 'GLGSV,', 'GPS_START'];

const ufwrite = (chance: Chance) => {
	const size = chance.below(400);
	return Buffer.concat([encodeWrite(chance.below(9), size), chance.bytes(chance.below(size + 1))]);
};
const qdlFrame = framed(qdlMessages);

export const talks: Readonly<Record<string, (chance: Chance) => Buffer>> = {
	HDLC: (chance) => frame(chance.bytes(1 + chance.below(30))),
	DLOAD: framed(dloadMessages),
	QDL: (chance) => (chance.below(6) === 0 ? ufwrite(chance) : qdlFrame(chance)),
	'streaming DLOAD': framed(streamingMessages),
	DIAG: framed(diagMessages),
	Sahara: some(saharaMessages),
	Firehose: document,
	QMI: qmi,
	NMEA: (chance) => Buffer.from(saySentence(chance.of(sentences)), 'latin1'),
	AT: (chance) => Buffer.from(chance.of(lines), 'latin1'),
	random: (chance) => chance.bytes(chance.below(40)),
};

function bent(chance: Chance, bytes: Buffer): Buffer {
	switch (chance.below(8)) {
		case 0:
			return bytes.subarray(0, chance.below(bytes.length + 1));
		case 1: {
			const copy = Buffer.from(bytes);
			if (copy.length > 0) copy[chance.below(copy.length)]! ^= 1 << chance.below(8);
			return copy;
		}
		case 2:
			return Buffer.concat([chance.bytes(chance.below(9)), bytes]);
		case 3:
			return Buffer.concat([bytes, Buffer.alloc(chance.below(70))]);
		default:
			return bytes;
	}
}

/** One talk through a decoder. Throws when a byte is lost, comes twice, or a field leaves its frame. */
export function fuzzOnce(say: (chance: Chance) => Buffer, seed: number): number {
	const chance = new Chance(seed);
	const conversation = new Conversation({ fromTheStart: chance.below(2) === 0 });
	const said: Record<Direction, Buffer[]> = { in: [], out: [] };
	const framesOf: Record<Direction, Frame[]> = { in: [], out: [] };
	const keep = (frames: readonly Frame[]) => {
		for (const found of frames) framesOf[found.dir].push(found);
	};
	let t = 0;
	for (let turns = 1 + chance.below(4); turns > 0; turns--) {
		const dir: Direction = chance.below(2) === 0 ? 'in' : 'out';
		const bytes = bent(chance, say(chance));
		said[dir].push(bytes);
		t += chance.of([0, 0.01, 0.01, 1.5]);
		const cut = chance.below(bytes.length + 1);
		keep(conversation.push(t, dir, bytes.subarray(0, cut)));
		keep(conversation.push(t, dir, bytes.subarray(cut)));
	}
	keep(conversation.flush());
	let length = 0;
	for (const dir of ['in', 'out'] as const) {
		const wanted = Buffer.concat(said[dir]);
		length += wanted.length;
		if (!Buffer.concat(framesOf[dir].map(({ bytes }) => bytes)).equals(wanted)) {
			throw new Error(`seed ${seed}: bytes that went ${dir} are not those of the frames`);
		}
		for (const { bytes, fields, description, because } of framesOf[dir]) {
			const out = fields.find((field) => field.offset + field.length > bytes.length);
			if (out || bytes.length === 0 || description === '' || because === '') {
				throw new Error(
					`seed ${seed}: a frame is not as it should be (${out?.name ?? description})`,
				);
			}
		}
	}
	return length;
}
