/** What a learner types at the bench: one verb a line. */

import { headerLength } from '../../firmware/cwe/header.ts';
import { exitCode, Problem } from '../../problem.ts';
import { encode } from '../../protocol/fields.ts';
import { firehoseDocument } from '../../protocol/firehose/firehose.ts';
import { crc16, frame } from '../../protocol/framing/hdlc.ts';
import { encodeWrite, qdlMessages } from '../../protocol/qdl/qdl.ts';
import type { Bench } from './bench.ts';

type Verb = {
	/** What stands behind it. */
	readonly usage: string;
	readonly says: string;
	readonly run: (bench: Bench, words: readonly string[], rest: string) => Promise<string> | string;
};

/** Bytes of a sector of Sierra's Firehose. */
const sector = 4096;
/** Seconds after which a wait is too long for a lesson. */
const longestWait = 600;
/** Bytes in one line, at most. */
const longestLine = 4096;

export const verbs: Readonly<Record<string, Verb>> = {
	open: {
		usage: 'PORT',
		says: 'opens a port, and closes the one before',
		run: async (bench, [port = '']) => {
			await bench.open(port);
			return `${bench.openPort} is open.`;
		},
	},
	close: {
		usage: '',
		says: 'closes it',
		run: async (bench) => {
			await bench.close();
			return 'The port is closed.';
		},
	},
	at: {
		usage: '[PORT] COMMAND',
		says: 'sends an AT command; opens PORT first',
		run: async (bench, words) => {
			const port = /^(\/dev\/)?tty/.test(words[0] ?? '') ? words[0] : undefined;
			if (port !== undefined) await bench.open(port);
			const command = words.slice(port === undefined ? 0 : 1).join(' ');
			if (!/^AT/i.test(command)) throw wrong(`"${command}" does not begin with AT.`);
			await bench.send(Buffer.from(`${command}\r`, 'latin1'));
			return `${command} was sent.`;
		},
	},
	arm: {
		usage: 'COMMAND',
		says: 'sends an AT command when the AT port comes',
		run: (bench, words) => {
			const command = words.join(' ');
			if (!/^AT/i.test(command)) throw wrong(`"${command}" does not begin with AT.`);
			fireNext(bench, command);
			return `${command} is armed.`;
		},
	},
	after: {
		usage: 'came|went SEC VERB…',
		says: 'does VERB SEC seconds after it next comes or goes',
		run: (bench, [what, seconds = '', ...then]) => {
			if (what !== 'came' && what !== 'went') throw wrong('Say after came, or after went.');
			const wait = secondsIn(seconds);
			if (then.length === 0 || then[0] === 'after') throw wrong('Say what is to be done then.');
			if (!Object.hasOwn(verbs, then[0]!)) throw unknown(then[0]!);
			bench.next(what, async () => {
				await bench.clock.sleep(wait);
				// Nobody waits for it: a port that is not there is the answer.
				await doVerb(bench, then.join(' ')).catch((error: unknown) => {
					if (!(error instanceof Problem)) throw error;
					bench.did(`failed ${then[0]}`);
				});
			});
			return `Ready for when it next ${what === 'came' ? 'comes' : 'goes'}. wait 30 lets time pass.`;
		},
	},
	wait: {
		usage: 'SECONDS',
		says: 'lets time pass, ten times as fast',
		run: async (bench, [seconds = '']) => {
			const wait = secondsIn(seconds);
			bench.hurryUntil = bench.clock.now() + wait;
			await bench.clock.sleep(wait);
			return `${wait} s passed.`;
		},
	},
	power: {
		usage: '',
		says: 'takes the power away for a moment',
		run: (bench) => {
			bench.modem.powerCycle({ strapLow: false });
			return 'The power was away.';
		},
	},
	send: {
		usage: 'HEX…',
		says: 'sends bytes as they are',
		run: async (bench, _, rest) => sent(bench, bytesIn(rest)),
	},
	words: {
		usage: 'N…',
		says: 'sends 32-bit numbers, low byte first; 0*6 is six 0',
		run: async (bench, words) => sent(bench, numbersIn(words)),
	},
	crc: {
		usage: 'HEX…',
		says: 'computes the CRC-16 of bytes; sends nothing',
		run: (_, __, rest) => {
			const crc = crc16(bytesIn(rest));
			const low = (crc & 0xff).toString(16).padStart(2, '0');
			return `The CRC is ${low} ${(crc >> 8).toString(16).padStart(2, '0')}, low byte first.`;
		},
	},
	frame: {
		usage: 'HEX…',
		says: 'sends bytes in an HDLC frame, with their CRC',
		run: async (bench, _, rest) => sent(bench, frame(bytesIn(rest))),
	},
	xml: {
		usage: 'VERB NAME=VALUE…',
		says: 'sends a Firehose document',
		run: async (bench, [verb = '', ...pairs]) => {
			if (!/^[a-z]+$/i.test(verb)) throw wrong('Name the verb: configure, program, power.');
			const attributes = pairs
				.map((pair) => pair.split('='))
				.map(([name = '', value]) => {
					if (!/^\w+$/.test(name) || value === undefined) throw wrong(`${name} has no value.`);
					return [name, value] as const;
				});
			return sent(bench, firehoseDocument(verb, Object.fromEntries(attributes)));
		},
	},
	sectors: {
		usage: 'N',
		says: 'sends the first N sectors of the firmware file, raw',
		run: async (bench, [count = '']) => {
			const sectors = Number(count);
			if (!Number.isSafeInteger(sectors) || sectors < 1 || sectors > 4096) {
				throw wrong(`${count} is no number of sectors.`);
			}
			await bench.sendFile(0, sectors * sector);
			return `${sectors} sectors were sent.`;
		},
	},
	write: {
		usage: '',
		says: 'configure, program and sectors, as in lesson 6',
		run: async (bench) => {
			const count = Math.ceil(bench.firmware.length / sector);
			const shared = { SECTOR_SIZE_IN_BYTES: sector, num_partition_sectors: count };
			await bench.send(firehoseDocument('configure', { MemoryName: 'NAND' }));
			await bench.clock.sleep(1);
			await bench.send(firehoseDocument('program', shared));
			await bench.clock.sleep(1);
			await bench.sendFile(0, count * sector);
			return `${count} sectors were sent.`;
		},
	},
	ufopen: {
		usage: '',
		says: 'QDL: announces the image and shows its header',
		run: async (bench) => {
			const { length } = bench.firmware;
			const open = encode(qdlMessages.open, {
				'image length': length,
				'chunk size': length - headerLength,
			});
			const header = bench.firmware.subarray(0, headerLength);
			return sent(bench, frame(Buffer.concat([open, header])));
		},
	},
	ufwrite: {
		usage: '',
		says: 'QDL: sends the image in one chunk',
		run: async (bench) => {
			const length = bench.firmware.length - headerLength;
			await bench.sendFile(headerLength, length, encodeWrite(0, length));
			return `${length} bytes were sent.`;
		},
	},
	ufclose: {
		usage: '',
		says: 'QDL: ends the image',
		run: async (bench) => sent(bench, frame(encode(qdlMessages.close))),
	},
	cite: {
		usage: 'FRAME…',
		says: 'names frames as evidence, by number',
		run: (bench, words) => {
			const numbers = words.map(Number);
			if (numbers.length === 0 || !numbers.every((n) => Number.isSafeInteger(n) && n > 0)) {
				throw wrong('Give the numbers of frames: cite 3 8 12.');
			}
			const last = bench.traffic.total;
			const late = numbers.find((number) => number > last);
			if (late !== undefined) throw wrong(`There is no frame ${late}; the last one is ${last}.`);
			bench.cite(numbers);
			return `Cited: ${numbers.join(', ')}.`;
		},
	},
};

/** Does what a line says and returns what came of it. Throws a Problem when it cannot. */
export async function doVerb(bench: Bench, line: string): Promise<string> {
	const [name = '', ...words] = line.trim().split(/\s+/);
	const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
	if (!verb) throw unknown(name);
	bench.did(name);
	return verb.run(bench, words, line.trim().slice(name.length).trim());
}

function fireNext(bench: Bench, command: string): void {
	bench.next('came', async () => {
		const port = bench.atPort;
		// A loader has none; the next coming may be the application's.
		if (port === undefined) return fireNext(bench, command);
		await bench.open(port);
		await bench.send(Buffer.from(`${command}\r`, 'latin1'));
	});
}

async function sent(bench: Bench, bytes: Uint8Array): Promise<string> {
	await bench.send(bytes);
	return `${bytes.length} bytes were sent.`;
}

const wrong = (says: string) => new Problem(exitCode.usage, says);
const unknown = (name: string) => wrong(`There is no "${name}" here. help lists what there is.`);

function secondsIn(text: string): number {
	const seconds = Number(text.replace(/s$/, ''));
	if (text === '' || !Number.isFinite(seconds) || seconds < 0 || seconds > longestWait) {
		throw wrong(`"${text}" is no time in seconds, at most ${longestWait}.`);
	}
	return seconds;
}

/** `7e 01 "text" 0*4`: bytes in hexadecimal, text in quotes, and so many zeros. */
function bytesIn(text: string): Buffer {
	const pieces = text.match(/"[^"]*"|\S+/g) ?? [];
	const bytes = Buffer.concat(
		pieces.map((piece) => {
			const zeros = /^0\*(\d{1,4})$/.exec(piece);
			if (zeros) return Buffer.alloc(Number(zeros[1]));
			if (piece.startsWith('"')) return Buffer.from(piece.slice(1, -1), 'latin1');
			if (/^([0-9a-f]{2})+$/i.test(piece)) return Buffer.from(piece, 'hex');
			throw wrong(`"${piece}" is no byte: two hexadecimal digits each.`);
		}),
	);
	return checked(bytes);
}

function numbersIn(words: readonly string[]): Buffer {
	const numbers = words.flatMap((word) => {
		const zeros = /^0\*(\d{1,3})$/.exec(word);
		if (zeros) return Array.from({ length: Number(zeros[1]) }, () => 0);
		const number = Number(word);
		if (word === '' || !Number.isInteger(number) || number < 0 || number > 0xffff_ffff) {
			throw wrong(`"${word}" is no 32-bit number.`);
		}
		return [number];
	});
	const bytes = Buffer.alloc(numbers.length * 4);
	numbers.forEach((number, index) => {
		bytes.writeUInt32LE(number, index * 4);
	});
	return checked(bytes);
}

function checked(bytes: Buffer): Buffer {
	if (bytes.length === 0) throw wrong('There are no bytes.');
	if (bytes.length > longestLine) throw wrong(`A line has ${longestLine} bytes at most.`);
	return bytes;
}
