import { duplexPair } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { PlainFile } from '../../source/firmware/partitions/plain-file.ts';
import { downloadPartitions } from '../../source/flash/download/partitions.ts';
import { sendProgrammer } from '../../source/flash/loader/programmer.ts';
import { streamLink } from '../../source/link/link.ts';
import { recordTraffic } from '../../source/link/traffic-recorder.ts';
import { exitCode } from '../../source/problem.ts';
import { encode } from '../../source/protocol/fields.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { saharaMessages } from '../../source/protocol/sahara/sahara.ts';
import { meet } from '../simulator/host.ts';
import { steppingClock } from '../simulator/stepping-clock.ts';
import { listen } from './rehearse.ts';

const bytes = Buffer.from(Array.from({ length: 3000 }, (_, n) => n % 251));
const programmer: PlainFile = {
	path: '/p/prog.mbn',
	name: 'prog.mbn',
	size: bytes.length,
	readBytes: async (at, length) => bytes.subarray(at, at + length),
	close: async () => {},
};
const { hello, readData, readData64, endImage, doneResponse, reset } = saharaMessages;
const image = 13;
const pieceOf = (offset: number, length: number) =>
	encode(readData, { image, offset, 'data length': length });
const started = [
	encode(endImage, { image }),
	encode(doneResponse, { 'image state': 1 }),
	firehoseDocument('log', { value: 'ready' }),
];

/** A loader that says all of this, in pieces that end at `cuts`, and hears what it is told. */
function loaderThatSays(says: readonly Buffer[], cut?: number) {
	const clock = steppingClock();
	const [ours, theirs] = duplexPair();
	const heard: Buffer[] = [];
	theirs.on('data', (chunk: Buffer) => heard.push(chunk));
	const all = Buffer.concat(says);
	const said = listen(clock);
	const link = recordTraffic(streamLink(ours, 'hand', clock), said.context.emit);
	theirs.write(all.subarray(0, cut));
	const rest = all.subarray(cut ?? all.length);
	if (rest.length > 0) void clock.sleep(0.01).then(() => theirs.write(rest));
	const ended = sendProgrammer(link, programmer, said.context);
	return { ended, heard: () => Buffer.concat(heard).toString('hex'), said, link, theirs };
}

describe('sending a programmer', () => {
	const answers = Buffer.concat([
		encode(saharaMessages.helloResponse, { 'version min': 1, mode: 0 }),
		bytes.subarray(0, 64),
		bytes.subarray(1000, 3000),
		encode(saharaMessages.done),
	]).toString('hex');
	const whole = [
		encode(hello, { mode: 0 }),
		pieceOf(0, 64),
		encode(readData64, { image: 13n, offset: 1000n, 'data length': 2000n }),
		...started,
	];

	it('answers the same, wherever what the loader says is cut', async () => {
		const length = Buffer.concat(whole).length;
		for (let cut = 1; cut < length; cut++) {
			const { ended, heard } = loaderThatSays(whole, cut);
			expect(await ended, `cut at ${cut}`).toBe('here');
			expect(heard(), `cut at ${cut}`).toBe(answers);
		}
	});

	it('leaves what the programmer says to be read', async () => {
		const { ended, link } = loaderThatSays(whole);
		await ended;
		expect((await link.read(0))?.toString()).toContain('ready');
	});

	it.each([
		[
			'one byte more than there is',
			pieceOf(2990, 11),
			'bytes 2990 to 3000 of prog.mbn, which has 3000',
		],
		['the byte behind the end', pieceOf(3001, 0), 'which has 3000'],
		['4 GB', pieceOf(0xffffffff, 0xffffffff), 'which has 3000'],
		[
			'more than a number holds',
			encode(readData64, { image: 13n, offset: 2n ** 64n - 1n, 'data length': 2n ** 64n - 1n }),
			'which has 3000',
		],
		[
			'another image',
			encode(readData, { image: 34, 'data length': 8 }),
			'image 34, which is no programmer',
		],
	])('resets a loader that asks for %s', async (_, asked, says) => {
		const { ended, heard } = loaderThatSays([encode(hello, { mode: 0 }), asked]);
		await expect(ended).rejects.toMatchObject({
			exit: exitCode.refusedBeforeWrite,
			message: expect.stringContaining(says),
			modem: 'Nothing was written.',
		});
		expect(heard().slice(96)).toBe(encode(reset).toString('hex'));
	});

	it('takes no memory dump for a loader that wants a programmer', async () => {
		const { ended, heard } = loaderThatSays([encode(hello, { mode: 2 })]);
		await expect(ended).rejects.toMatchObject({ message: expect.stringContaining('MEMORY_DEBUG') });
		expect(heard()).toBe('');
	});

	it('finds a programmer that runs already, and sends none', async () => {
		const { ended, heard } = loaderThatSays(started.slice(2));
		expect(await ended).toBe('here');
		expect(heard()).toBe('');
	});

	it('sends its own probes on a mute port, and says what to do', async () => {
		const { ended, said } = loaderThatSays([]);
		await expect(ended).rejects.toMatchObject({
			message: 'The chip’s emergency loader does not answer.',
			next: expect.stringContaining('05c6:9008'),
		});
		const sent = said.of('bytes').map(({ hex }) => hex.slice(0, 10));
		expect(sent).toEqual(['0200000030', '3c3f786d6c']);
	});

	it('follows a port that goes with the loader', async () => {
		const { ended, theirs } = loaderThatSays([encode(hello, { mode: 0 }), started[0]!]);
		theirs.on('data', (chunk: Buffer) => {
			if (chunk.equals(encode(saharaMessages.done))) theirs.destroy();
		});
		expect(await ended).toBe('gone');
	});
});

it('writes no partition over Sierra’s own Firehose', async () => {
	const { backend, clock } = await meet('loader', { but: { loader: 'firehose' } });
	const said = listen(clock);
	const set = { paths: [], steps: [], size: 0, storage: 'nand', close: async () => {} } as const;
	const link = recordTraffic(backend.open('ttyUSB0'), said.context.emit);
	await expect(downloadPartitions(link, set, said.context)).rejects.toMatchObject({
		exit: exitCode.fileRejected,
		message: expect.stringContaining('Sierra’s own Firehose answers'),
	});
	const sent = said.of('bytes').filter(({ dir }) => dir === 'out');
	expect(
		sent.map(({ hex }) => /<(\w+)(?= )/.exec(Buffer.from(hex, 'hex').toString().slice(20))?.[1]),
	).toEqual(['configure', 'configure', 'getStorageInfo']);
});
