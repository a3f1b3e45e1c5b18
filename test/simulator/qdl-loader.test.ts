import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { headerLength } from '../../source/firmware/cwe/header.ts';
import { atMost, rehearsalPair } from '../../source/firmware/rehearsal/pair.ts';
import type { Link } from '../../source/link/link.ts';
import { dloadMessages, encodeSwitchToSdp } from '../../source/protocol/dload/dload.ts';
import { encode, type Message } from '../../source/protocol/fields.ts';
import { frame, unframe } from '../../source/protocol/framing/hdlc.ts';
import { encodeWrite, qdlMessages } from '../../source/protocol/qdl/qdl.ts';
import { encodeHelloResponse } from '../../source/protocol/sahara/sahara.ts';
import { findScenario, type Scenario } from '../../source/simulator/modem/scenarios.ts';
import { hear, hearUntil, hex, meet } from './host.ts';

let folder: string;
let firmware: Buffer;
let settings: Buffer;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'modemscope-'));
	const paths = { firmware: join(folder, 'a.cwe'), settings: join(folder, 'a.nvu') };
	await rehearsalPair(paths, atMost(900_000));
	firmware = await readFile(paths.firmware);
	settings = await readFile(paths.settings);
});
afterAll(() => rm(folder, { recursive: true }));

const { qdl: sound } = findScenario('loader-qdl');
const quick: Partial<Scenario> = { commitSeconds: 20, bytesPerSecond: 100e6 };

async function inQdl(but: Partial<Scenario> = {}) {
	const met = await meet('loader-qdl', { clock: createClock(100), but: { ...quick, ...but } });
	return { ...met, link: met.backend.open('ttyUSB0') };
}

/** Sends a framed message and gives the payload of the answer. */
async function ask(link: Link, message: Message, values: Parameters<typeof encode>[1] = {}) {
	await link.write(frame(encode(message, values)));
	return heard(link);
}
/** One answer comes in one read: libqmi looks for its last flag nowhere else. */
async function heard(link: Link) {
	const bytes = await link.read(200);
	const { payload, problem } = unframe(bytes ?? Buffer.alloc(0));
	expect(problem).toBeUndefined();
	return hex(payload);
}

const versions = (version: number) => ({ 'version max': version, 'version min': version });
const hello = (link: Link, version = 6) => ask(link, qdlMessages.hello, versions(version));
const error = (code: number) => `0d${hex(Buffer.of(code))}00000000`;
const open = (link: Link, image: Buffer, more: Parameters<typeof encode>[1] = {}) =>
	ask(link, qdlMessages.open, {
		'image length': image.length,
		'chunk size': image.length - headerLength,
		header: hex(image.subarray(0, headerLength)),
		...more,
	});
const opened = '2600000100001000';
const written = (sequence: number, status = 0) => `28${word(sequence)}00000000${word(status)}`;
const word = (value: number) => hex(Buffer.of(value & 0xff, value >> 8));

/** UFWRITEs in chunks of 1 MiB, each answered; the answer to the last one. */
async function write(link: Link, image: Buffer, longest = 1 << 20) {
	let answer = '';
	for (let at = headerLength, sequence = 0; at < image.length; at += longest, sequence++) {
		const chunk = image.subarray(at, at + longest);
		await link.write(Buffer.concat([encodeWrite(sequence, chunk.length), chunk]));
		answer = await heard(link);
		if (answer !== written(sequence)) return answer;
	}
	return answer;
}

test('SDP is acknowledged byte for byte, or refused with the error that libqmi ignores', async () => {
	const first = await inQdl();
	await first.link.write(encodeSwitchToSdp());
	expect(hex((await first.link.read(20))!)).toBe('7e026ad37e');
	await first.modem.stop();
	const second = await inQdl({ qdl: { ...sound, answersSdp: 'ERROR 0x16' } });
	expect(await ask(second.link, dloadMessages.switchToSdp)).toBe(error(0x16));
	await second.modem.stop();
});

test.each([4, 5, 6])('a loader of version %i refuses every other one', async (version) => {
	const { link, modem } = await inQdl({ qdl: { ...sound, versions: [version] } });
	for (const asked of [4, 5, 6]) {
		const answer = await hello(link, asked);
		if (asked !== version) expect(answer).toBe(error(0x07));
		else expect(answer).toMatch(/^0251434f4d2068696768.*74677400+0/);
	}
	await modem.stop();
});

test('firmware and settings in one session: each is committed, and both run after RESET', async () => {
	const { link, modem, until, backend, clock } = await inQdl();
	await hello(link);
	expect(await open(link, firmware)).toBe(opened);
	const began = clock.now();
	expect(await write(link, firmware)).toBe(written(2));
	expect(clock.now() - began).toBeGreaterThan(20);
	expect(await ask(link, qdlMessages.close)).toBe('2a00008000');
	await hello(link);
	expect(await open(link, settings)).toBe(opened);
	expect(await write(link, settings)).toBe(written(0));
	expect(await ask(link, qdlMessages.close)).toBe('2a00008000');
	await link.write(frame(encode(qdlMessages.reset)));
	await until(0);
	expect((await until(4))?.pid).toBe('9071');
	const at = backend.open('ttyUSB2');
	await at.write(Buffer.from('ATI\r'));
	expect(await hearUntil(at, 'OK')).toContain('Revision: SWI9X30C_02.33.03.00 r8209');
	await at.write(Buffer.from('AT!PRIID?\r'));
	expect(await hearUntil(at, 'OK')).toContain('02.33.03.00_00_GENERIC_002.072_000');
	await modem.stop();
});

test.each([
	['another product', 0x81, (image: Buffer) => image.write('9X07', 0x110, 'latin1')],
	['a wrong size', 0x82, (image: Buffer) => image.writeUInt32BE(5, 0x114)],
])('a header with %s is refused before any data', async (_, status, spoil) => {
	const { link, modem } = await inQdl();
	await hello(link);
	const image = Buffer.from(firmware);
	spoil(image);
	expect((await open(link, image)).slice(0, 6)).toBe(`26${word(status)}`);
	expect(await ask(link, qdlMessages.close)).toBe(error(0x18));
	await modem.stop();
});

test('a flipped bit is found when the image is whole; the old firmware stays', async () => {
	const { link, modem } = await inQdl();
	await hello(link);
	await open(link, firmware);
	const image = Buffer.from(firmware);
	image[image.length >> 1]! ^= 1;
	expect(await write(link, image)).toBe(written(2, 0x89));
	expect(await ask(link, qdlMessages.close)).toBe('2a89008000');
	expect(modem.starts).toBe(true);
	await modem.stop();
});

test('UFWRITE out of sequence, with a wrong CRC, cut short: each has its error, and HELLO begins anew', async () => {
	const { link, modem } = await inQdl();
	const begin = async () => {
		await hello(link);
		await open(link, firmware);
	};
	await begin();
	await link.write(Buffer.concat([encodeWrite(1, 100), Buffer.alloc(100)]));
	expect(await heard(link)).toBe(error(0x0f));
	await begin();
	const wrong = encodeWrite(0, 100);
	wrong[12]! ^= 1;
	await link.write(Buffer.concat([wrong, Buffer.alloc(100)]));
	expect(await heard(link)).toBe(error(0x17));
	await begin();
	await link.write(Buffer.concat([encodeWrite(0, 100), Buffer.alloc(99)]));
	expect(await heard(link)).toBe(error(0x19));
	expect(await open(link, firmware)).toBe(error(0x18));
	await begin();
	await modem.stop();
});

test('the head of UFWRITE alone is a transfer without data', async () => {
	const { link, modem } = await inQdl();
	await hello(link);
	await open(link, firmware);
	await link.write(encodeWrite(0, 1 << 20));
	expect(await heard(link)).toBe(error(0x04));
	await modem.stop();
});

test('a chunk that ends in a full packet waits for a short one', async () => {
	const { link, modem } = await inQdl();
	await hello(link);
	await open(link, firmware);
	const full = 512 - 13;
	await link.write(
		Buffer.concat([encodeWrite(0, full), firmware.subarray(headerLength, headerLength + full)]),
	);
	expect(await link.read(100)).toBeUndefined();
	await modem.stop();
});

test('who begins anew in the middle of an image gives it up', async () => {
	const { link, modem } = await inQdl();
	await hello(link);
	await open(link, firmware);
	expect((await hello(link)).slice(0, 2)).toBe('02');
	expect(await open(link, firmware)).toBe(opened);
	await modem.stop();
});

test('NOP, image preference, unknown commands and bad frames have their answers', async () => {
	const { link, modem } = await inQdl();
	expect(await ask(link, dloadMessages.nop)).toBe('02');
	expect(await ask(link, qdlMessages.imagePreference)).toBe('2f00');
	expect(await ask(link, qdlMessages.download)).toBe(error(0x05));
	await link.write(encodeHelloResponse());
	expect(await hear(link)).toHaveLength(0);
	const broken = encodeSwitchToSdp();
	broken[4]! ^= 1;
	await link.write(broken);
	expect(await heard(link)).toBe(error(0x17));
	expect(await ask(link, dloadMessages.reset)).toBe('02');
	await modem.stop();
});

test('a power cut in the commit leaves a modem that does not start until it is flashed again', async () => {
	const { link, modem, until, told } = await inQdl();
	await hello(link);
	await open(link, firmware);
	const writing = write(link, firmware).catch(() => 'lost');
	await vi.waitFor(() => expect(told.at(-1)).toContain('silence follow'));
	modem.powerCycle({ strapLow: true });
	expect(await writing).toBe('lost');
	expect(modem.starts).toBe(false);
	await until(0);
	await until(1);
	await modem.stop();
});
