import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { buildImage } from '../../source/firmware/rehearsal/build-image.ts';
import { smallRehearsalImage } from '../../source/firmware/rehearsal/image.ts';
import type { Link } from '../../source/link/link.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import {
	encodeExecute,
	encodeExecuteData,
	encodeHelloResponse,
} from '../../source/protocol/sahara/sahara.ts';
import type { Scenario } from '../../source/simulator/modem/scenarios.ts';
import { hearUntil, meet } from './host.ts';

const toFirehose = 0xff00;
const sector = 4096;
const closingBlock = Buffer.alloc(512);
const response = '<response';

let folder: string;
let good: Buffer;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'modemscope-'));
	await smallRehearsalImage(join(folder, 'small.spk'));
	good = await readFile(join(folder, 'small.spk'));
});
afterAll(() => rm(folder, { recursive: true }));

const ask = async (link: Link, verb: string, attributes: Record<string, string | number> = {}) => {
	await link.write(firehoseDocument(verb, attributes));
	return hearResponse(link);
};
const hearResponse = async (link: Link) => {
	const heard = await hearUntil(link, response);
	return heard + (heard.endsWith('</data>\n\n') ? '' : await hearUntil(link, '</data>'));
};

/** A modem in Firehose. */
async function inFirehose(but: Partial<Scenario> = {}, speed = 200) {
	const met = await meet('stuck', { clock: createClock(speed), but });
	const link = met.backend.open('ttyUSB0');
	await met.clock.sleep(met.clock.speed > 1 ? 3 : 0);
	await link.write(encodeHelloResponse());
	await hearUntil(link, '\x0b');
	await link.write(encodeExecute(toFirehose));
	await hearUntil(link, '\x0e');
	await link.write(encodeExecuteData(toFirehose));
	await hearUntil(link, 'confirmed');
	return { ...met, link };
}

async function program(link: Link, image: Buffer) {
	const sectors = Math.ceil(image.length / sector);
	const opened = await ask(link, 'program', {
		SECTOR_SIZE_IN_BYTES: sector,
		filename: 'spkg.cwe',
		num_partition_sectors: sectors,
		start_sector: -1,
	});
	expect(opened).toContain('rawmode="true"');
	await link.write(Buffer.concat([image, Buffer.alloc(sectors * sector - image.length)]));
	await link.write(closingBlock);
	return hearResponse(link);
}

test('too large a block is refused with the one that the loader takes', async () => {
	const { link, modem } = await inFirehose();
	const refusal = await ask(link, 'configure', { MaxPayloadSizeToTargetInBytes: 1_048_576 });
	expect(refusal).toContain(
		'<response value="NAK" MemoryName="NAND" MaxPayloadSizeFromTargetInBytes="2048" MaxPayloadSizeToTargetInBytes="8192" MaxPayloadSizeToTargetInBytesSupported="8192" TargetName="9x55"',
	);
	expect(await ask(link, 'configure', { MaxPayloadSizeToTargetInBytes: 8192 })).toContain('"ACK"');
	await modem.stop();
});

test('storage information comes as log lines, whatever the case of the verb', async () => {
	const { link, modem } = await inFirehose();
	for (const verb of ['getStorageInfo', 'getstorageinfo']) {
		const answer = await ask(link, verb, { physical_partition_number: 0 });
		expect(answer).toMatch(/SECTOR_SIZE_IN_BYTES=4096.*pages_in_block=64.*functions: CWE/s);
		expect(answer).toContain('"ACK"');
	}
	await modem.stop();
});

test('an unknown verb and a document that is none are refused with a reason', async () => {
	const { link, modem } = await inFirehose();
	expect(await ask(link, 'peek')).toMatch(/ERROR: peek is not a known command.*"NAK"/s);
	await link.write(Buffer.from('<?xml version="1.0" ?><data><nop</data>'));
	expect(await hearResponse(link)).toMatch(/XML not formed correctly.*"NAK"/s);
	expect(await ask(link, 'nop', { value: 'ping' })).toContain('"ACK"');
	await modem.stop();
});

test('a whole flash: written, committed, one stray refusal, and the new version runs', async () => {
	const { link, modem, until, backend, clock, life } = await inFirehose();
	const began = clock.now();
	expect(await program(link, good)).toMatch(/"ACK" rawmode="false"/);
	const took = clock.now() - began;
	expect(took).toBeGreaterThan(40 + good.length / 640_000);
	expect(await ask(link, 'power', { value: 'reset' })).toMatch(/XML not formed correctly.*"NAK"/s);
	expect(await ask(link, 'power', { value: 'reset' })).toContain('"ACK"');
	await until(0);
	await until(4);
	const at = backend.open('ttyUSB2');
	await at.write(Buffer.from('ATI\r'));
	const answer = await hearUntil(at, 'OK');
	expect(answer).toContain('Revision: SWI9X07H_00.08.24.02 f90cbd jenkins 2022/03/21 03:47:54');
	await clock.sleep(60);
	expect(backend.device?.interfaces).toHaveLength(4);
	expect(life.map(({ device }) => device?.interfaces.length)).toEqual([1, undefined, 4]);
	await modem.stop();
});

test.each([
	['one bit of it flipped', () => flipped(good), 'damaged'],
	['another product', () => imageFor('9X50'), 'image is for 9X50, not 9X07'],
	['no image at all', () => Buffer.alloc(5000, 'x'), 'ERROR'],
])('%s: refused, and the old version stays', async (_, image, why) => {
	const { link, modem, until, backend } = await inFirehose({
		strapLow: false,
		application: 'stays',
	});
	const answer = await program(link, image());
	expect(answer).toContain(why);
	expect(answer).toContain('"NAK"');
	await ask(link, 'power', { value: 'reset' });
	expect(await ask(link, 'power', { value: 'reset' })).toContain('"ACK"');
	await until(0);
	await until(4);
	const at = backend.open('ttyUSB2');
	await at.write(Buffer.from('ATI\r'));
	expect(await hearUntil(at, 'OK')).toContain('SWI9X07H_00.03.03.00');
	await modem.stop();
});

test('a reset before any image leaves the strap low and the loader holding', async () => {
	const { link, modem, until, life } = await inFirehose();
	expect(await ask(link, 'power', { value: 'reset' })).toContain('"ACK"');
	await until(0);
	await until(1);
	expect(life).toHaveLength(3);
	await modem.stop();
});

test('the line ends of <program> may come late', async () => {
	const { link, modem } = await inFirehose();
	const image = imageFor('9X07');
	const document = firehoseDocument('program', { num_partition_sectors: 1 });
	await link.write(document.subarray(0, -2));
	await link.write(document.subarray(-2));
	expect(await hearResponse(link)).toContain('rawmode="true"');
	await link.write(Buffer.concat([image, Buffer.alloc(sector - image.length)]));
	expect(await hearResponse(link)).toContain('"ACK" rawmode="false"');
	await modem.stop();
});

test('the loader takes no more than the flash memory does', async () => {
	const { link, modem, clock } = await inFirehose({ bytesPerSecond: 100_000 }, 100);
	const opened = await ask(link, 'program', { num_partition_sectors: 256 });
	expect(opened).toContain('rawmode="true"');
	const began = clock.now();
	for (let sent = 0; sent < 256 * sector; sent += 8192) await link.write(Buffer.alloc(8192));
	// What may lie in buffers on the way is not written yet.
	expect(clock.now() - began).toBeGreaterThan((256 * sector - 262_144) / 100_000);
	await modem.stop();
});

test('who comes back during the commit still hears its end', async () => {
	const { link, modem, backend, told } = await inFirehose({ commitSeconds: 200 });
	const image = imageFor('9X07');
	await ask(link, 'program', { num_partition_sectors: 1 });
	await link.write(Buffer.concat([image, Buffer.alloc(sector - image.length)]));
	await vi.waitFor(() => expect(told.at(-1)).toContain('200 s of silence'));
	await link.close();
	expect(await hearResponse(backend.open('ttyUSB0'))).toContain('rawmode="false"');
	await modem.stop();
});

function flipped(image: Buffer) {
	const copy = Buffer.from(image);
	copy[copy.length >> 1]! ^= 1;
	return copy;
}

const imageFor = (product: string) =>
	buildImage({
		type: 'APPS',
		product,
		version: '9999999_9909667_SWI9X07H_00.08.24.02_00_GENERIC_001.110_000',
		payload: Buffer.alloc(1000, 'a'),
	});
