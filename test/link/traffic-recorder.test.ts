import { createHash } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { createClock } from '../../source/clock.ts';
import type { Emit, Fact } from '../../source/events.ts';
import { streamLink } from '../../source/link/link.ts';
import { recordTraffic } from '../../source/link/traffic-recorder.ts';

function tapped() {
	const said: Fact[] = [];
	const emit: Emit = (source, fact) => {
		expect(source).toBe('port');
		said.push(fact);
	};
	const [ours, theirs] = duplexPair();
	const link = recordTraffic(streamLink(ours, 'ttyUSB0', createClock(200)), emit);
	return { link, ours, theirs, said };
}
const bytes = (dir: 'in' | 'out', text: string): Fact => ({
	type: 'bytes',
	port: 'ttyUSB0',
	dir,
	hex: Buffer.from(text).toString('hex'),
});
const opened: Fact = { type: 'port-opened', port: 'ttyUSB0' };

test('every byte is said, both ways, between opening and closing', async () => {
	const { link, theirs, said } = tapped();
	theirs.resume();
	await link.write(Buffer.from('AT\r'));
	theirs.write('OK');
	expect(await link.read(100)).toEqual(Buffer.from('OK'));
	expect(await link.read(1)).toBeUndefined();
	await link.close();
	await link.ended;
	const closed: Fact = { type: 'port-closed', port: 'ttyUSB0' };
	expect(said).toEqual([opened, bytes('out', 'AT\r'), bytes('in', 'OK'), closed]);
});

test('a port that is lost is said with the reason', async () => {
	const { link, ours, said } = tapped();
	ours.destroy(new Error('EIO'));
	await link.ended;
	expect(said).toEqual([opened, { type: 'port-lost', port: 'ttyUSB0', why: 'EIO' }]);
});

test('payload is noted by its place and its sum, never by its bytes', async () => {
	const { link, theirs, said } = tapped();
	theirs.resume();
	const payload = Buffer.from('firmware');
	const note = { file: 'a.spk', offset: 400, length: payload.length, padding: 4 };
	await link.writePayload(Buffer.concat([payload, Buffer.alloc(4)]), note);
	expect(said.slice(1)).toEqual([
		{
			type: 'payload',
			port: 'ttyUSB0',
			...note,
			sha256: createHash('sha256').update(payload).digest('hex'),
		},
	]);
});

test('what is put back is said once', async () => {
	const { link, theirs, said } = tapped();
	theirs.write('hello');
	const hello = (await link.read(100))!;
	link.unread(hello.subarray(3));
	link.unread(hello.subarray(1, 3));
	expect(await link.read(100)).toEqual(Buffer.from('ello'));
	link.unread(Buffer.from('lo'));
	theirs.write(' world');
	await new Promise((resolve) => setImmediate(resolve));
	expect(await link.read(100)).toEqual(Buffer.from('lo world'));
	expect(said.slice(1)).toEqual([bytes('in', 'hello'), bytes('in', ' world')]);
});
