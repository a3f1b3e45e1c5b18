/**
 * Every parser of what comes from outside, on whole inputs that were changed by their grammar: none
 * throws anything but what it says, none takes long, and nothing stays behind. `npm run fuzz` gives
 * each a million.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldsOf } from '../../source/at/answers/read.ts';
import { questionsOf } from '../../source/at/consent.ts';
import { Lines } from '../../source/at/lines.ts';
import { maskSecrets } from '../../source/at/secrets.ts';
import { checkImages } from '../../source/firmware/checks.ts';
import { readImages } from '../../source/firmware/cwe/image-tree.ts';
import { encodeNvUpdate, readNvUpdate } from '../../source/firmware/cwe/nv-update.ts';
import { parseRawProgram } from '../../source/firmware/partitions/raw-program.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { Problem } from '../../source/problem.ts';
import { firehoseDocument, parseFirehose } from '../../source/protocol/firehose/firehose.ts';
import { NotHex, readHexText } from '../../source/protocol/text/hex-text.ts';
import { readText } from '../../source/recording/import/read-text.ts';
import { parseEvent } from '../../source/recording/log/record.ts';
import { Chance } from '../protocol/fuzz.ts';
import { busy, heapUsed } from '../spent.ts';
import { mutateBytes, mutateText } from './mutate.ts';

const inputs = Number(process.env.MODEMSCOPE_FUZZ ?? 2000);
/** Milliseconds of a processor that one input may take. */
const longest = 5000;

const common = { product: '9X07', version: 'SWI9X07H_00.08.24.02', date: '01/01/23' };
const nvUpdate = encodeNvUpdate([
	{ name: '/nv/item_files/x', value: Buffer.from('0102', 'hex') },
	{ id: 10, value: Buffer.alloc(40) },
]);
const cwe = buildImage({
	...common,
	type: 'SPKG',
	children: [
		{ ...common, type: 'BOOT', children: [{ ...common, type: 'SBL1', payload: Buffer.alloc(99) }] },
		{ ...common, type: 'FILE', children: [{ ...common, type: 'NVUP', payload: nvUpdate }] },
	],
});
const field = join(import.meta.dirname, '../field');
const logs = readdirSync(field)
	.filter((name) => /\.(?:txt|log)$/.test(name))
	.map((name) => readFileSync(join(field, name), 'utf8').split('\n').slice(0, 60).join('\n'));
const recordings = join(import.meta.dirname, '../../recordings');
const events = readdirSync(recordings)
	.filter((name) => name.endsWith('.ndjson'))
	.flatMap((name) => readFileSync(join(recordings, name), 'utf8').split('\n').slice(1, 60));
const xml = `<?xml version="1.0"?><data>
<program SECTOR_SIZE_IN_BYTES="4096" num_partition_sectors="9" physical_partition_number="0" start_sector="3" filename="a.bin" label="boot"/>
<erase SECTOR_SIZE_IN_BYTES="4096" num_partition_sectors="9" physical_partition_number="0" start_sector="3"/>
<patch SECTOR_SIZE_IN_BYTES="512" physical_partition_number="0" start_sector="NUM_DISK_SECTORS-1." byte_offset="4" size_in_bytes="4" value="CRC32(1,92)" filename="DISK"/>
</data>`;
const answers = [
	'!GSTATUS: \nCurrent Time:  9\t\tTemperature: 30\nReset Counter: 3\t\tMode:        ONLINE',
	'State: Low Power Mode\nLPM voters - Temp:0, Volt:0, User:0, W_DISABLE:0, IMSWITCH:1\nLPM persistence - None',
	'Src:  FatalError\nFile: swi_power.c\nLine: 1234\nStr:  Assert failed\nTime: 00012345',
	'TYPE SLOT STATUS LRU FAILURES UNIQUE_ID   BUILD_ID\nFW   1    GOOD   1   0 0      ?_?         00.03.03.00_?',
	'00 02 swi_power.c 01234\n01 01 swi_fwupd.c 00321',
];
const asked = [
	'ATI',
	'AT!GSTATUS?',
	'AT!PCINFO?',
	'AT!GCDUMP',
	'AT!IMAGE?',
	'AT!ERR',
	'AT!IMPREF?',
];
const hex = [
	'7e 70 00 00 14 46 7e',
	'00000000: 7e70 0000 1446 7e  ~p...F~',
	'00000000  7e 70 |~p|',
	'>> 7e:70 [2]',
];
const typed = ['AT+CFUN=1,1;!RESET', 'ATS0=0!RMARESET=1', 'AT+CPIN="1234"', 'AT!ENTERCND="A710"'];

async function readCwe(bytes: Buffer) {
	const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
	const row = await readImages(read, 0, bytes.length);
	await checkImages({
		...row,
		size: bytes.length,
		read: async (into, offset) => bytes.copy(into, 0, offset),
	});
}

type Parser = (chance: Chance) => unknown;
const parsers: Readonly<Record<string, Parser>> = {
	'CWE and SPK': (chance) => readCwe(mutateBytes(chance, cwe)),
	NVUP: (chance) => readNvUpdate(mutateBytes(chance, nvUpdate), 0),
	'Firehose XML': (chance) =>
		parseFirehose(
			Buffer.from(mutateText(chance, [xml, firehoseDocument('log', { value: 'a' }).toString()])),
		),
	'rawprogram XML': (chance) => parseRawProgram('x.xml', Buffer.from(mutateText(chance, [xml]))),
	recordings: (chance) => parseEvent(mutateText(chance, events)),
	'pasted logs': (chance) => readText(mutateText(chance, logs), 'fuzz'),
	'hex as text': (chance) => readHexText(mutateText(chance, hex)),
	'AT answers': (chance) => fieldsOf(chance.of(asked), mutateText(chance, answers).split('\n')),
	'AT lines': (chance) => {
		const line = mutateText(chance, typed);
		return [questionsOf(line), maskSecrets(line)];
	},
	'the bytes of an AT port': (chance) => {
		const lines = new Lines();
		lines.add(mutateBytes(chance, Buffer.from(chance.of(answers).replaceAll('\n', '\r\n'))));
		while (lines.next() !== undefined);
		return lines.take();
	},
};

const isSaid = (error: unknown) => error instanceof Problem || error instanceof NotHex;

test.each(Object.entries(parsers))(
	'%s',
	async (name, parse) => {
		const start = busy();
		let slowest = 0;
		let before = 0;
		for (let seed = 0; seed < inputs; seed++) {
			if (seed === Math.ceil(inputs / 10)) before = heapUsed();
			const began = busy();
			try {
				await parse(new Chance(seed));
			} catch (error) {
				if (!isSaid(error)) throw new Error(`seed ${seed} of ${name}`, { cause: error });
			}
			slowest = Math.max(slowest, busy() - began);
		}
		const grown = (heapUsed() - before) / 1e6;
		if (process.env.MODEMSCOPE_FUZZ) {
			const seconds = ((busy() - start) / 1000).toFixed(1);
			console.log(
				`${name}: ${inputs} inputs, ${seconds} s, the slowest ${slowest.toFixed(0)} ms, heap grew by ${grown.toFixed(1)} MB`,
			);
		}
		expect(slowest).toBeLessThan(longest);
		// Only what grows with the inputs would be more.
		expect(grown).toBeLessThan(50);
	},
	3_600_000,
);
