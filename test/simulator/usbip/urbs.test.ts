import { type Duplex, PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { models } from '../../../source/modems/simulated.ts';
import { loaderDevice } from '../../../source/simulator/device/devices.ts';
import { ByteQueue } from '../../../source/simulator/usbip/byte-queue.ts';
import { Gadget } from '../../../source/simulator/usbip/gadget.ts';
import { BrokenProtocol } from '../../../source/simulator/usbip/protocol.ts';
import { UrbStream } from '../../../source/simulator/usbip/urb-stream.ts';
import { setup, submitBytes, unlinkBytes } from './client.ts';
import { configured, status } from './plugged.ts';

const turns = async (count: number) => {
	for (let n = 0; n < count; n++) await turn();
};

test('IN waits for the modem, one message a transfer', async () => {
	const { kernel, end } = await configured();
	const [first, second] = [kernel.in(0x81), kernel.in(0x81)];
	end().write('HELLO');
	expect((await first).data.toString()).toBe('HELLO');
	end().write('again');
	expect((await second).data.toString()).toBe('again');
});

test('what the modem said before anybody read waits, and is cut by packets', async () => {
	const { kernel, end } = await configured();
	end().write(Buffer.alloc(1300, 'x'));
	end().write('next');
	expect(await kernel.in(0x81, 512)).toMatchObject({ status: 0, length: 512 });
	expect(await kernel.in(0x81, 512)).toMatchObject({ status: 0, length: 512 });
	expect(await kernel.in(0x81, 512)).toMatchObject({ status: 0, length: 276 });
	expect((await kernel.in(0x81, 512)).data.toString()).toBe('next');
});

test('a message of whole packets ends its transfer, and leaves no empty one behind', async () => {
	const { kernel, end } = await configured();
	end().write(Buffer.alloc(1024));
	expect(await kernel.in(0x81, 4096)).toMatchObject({ status: 0, length: 1024 });
	end().write(Buffer.alloc(512));
	expect(await kernel.in(0x81, 512)).toMatchObject({ status: 0, length: 512 });
	end().write('x');
	expect(await kernel.in(0x81, 512)).toMatchObject({ length: 1 });
});

test('a packet that is longer than the room for it overflows, and its rest is lost', async () => {
	const { kernel, end } = await configured();
	end().write(Buffer.concat([Buffer.alloc(512, 'a'), Buffer.alloc(88, 'b')]));
	const babbled = await kernel.in(0x81, 48);
	expect([babbled.status, babbled.data.toString()]).toEqual([status.overflow, 'a'.repeat(48)]);
	expect((await kernel.in(0x81, 512)).data.toString()).toBe('b'.repeat(88));
});

test('a short packet is an error to who said so', async () => {
	const { kernel, end } = await configured();
	end().write('short');
	const { ended } = kernel.submit({ address: 0x81, length: 512, flags: 1 });
	expect(await ended).toMatchObject({ status: status.short, length: 5 });
});

test('OUT ends when the modem took it, and not before', async () => {
	const { kernel, end } = await configured();
	const writes = Array.from({ length: 8 }, (_, n) => kernel.out(0x01, Buffer.alloc(4096, n)));
	let done = 0;
	for (const write of writes) void write.then(() => done++);
	await turns(20);
	expect(done).toBeLessThanOrEqual(1);
	const taken: number[] = [];
	end().on('data', (bytes: Buffer) => taken.push(bytes[0]!));
	await Promise.all(writes);
	expect(taken).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
	expect(await kernel.out(0x01, Buffer.alloc(0))).toMatchObject({ status: 0, length: 0 });
});

test('a modem that pauses makes the host wait', async () => {
	const { kernel, end } = await configured();
	let taken = 0;
	end().on('data', (bytes: Buffer) => {
		taken += bytes.length;
		end().pause();
	});
	let done = 0;
	for (let n = 0; n < 10; n++) void kernel.out(0x01, Buffer.alloc(512)).then(() => done++);
	await turns(20);
	expect(done).toBeLessThanOrEqual(taken / 512 + 1);
	while (taken < 10 * 512) {
		end().resume();
		await turn();
	}
	await turns(5);
	expect(done).toBe(10);
});

test('an IN that was unlinked in time is not answered, and takes nothing with it', async () => {
	const { kernel, end } = await configured();
	const { seqnum } = kernel.submit({ address: 0x81, length: 512 });
	expect(await kernel.unlink(seqnum)).toBe(status.unlinked);
	end().write('for the next opener');
	expect((await kernel.in(0x81)).data.toString()).toBe('for the next opener');
	expect(kernel.heard).not.toContain(`submitted ${seqnum}`);
});

test('an unlink that comes too late says so, behind the answer', async () => {
	const { kernel, end } = await configured();
	const { seqnum, ended } = kernel.submit({ address: 0x81, length: 512 });
	end().write('first');
	expect(await kernel.unlink(seqnum)).toBe(0);
	expect((await ended).data.toString()).toBe('first');
	expect(kernel.heard.slice(-2)).toEqual([`submitted ${seqnum}`, `unlinked ${seqnum + 1}`]);
	expect(await kernel.unlink(12345)).toBe(0);
});

test('an OUT that the modem has not taken can be unlinked, and never arrives', async () => {
	const { kernel, end } = await configured();
	const submit = (text: string) => kernel.submit({ address: 0x01, data: Buffer.from(text) });
	const [first, second, third] = [submit('one'), submit('two'), submit('three')];
	await turns(10);
	expect(await kernel.unlink(second.seqnum)).toBe(status.unlinked);
	const heard = end().pipe(new PassThrough());
	await Promise.all([first.ended, third.ended]);
	await turn();
	expect(String(heard.read())).toBe('onethree');
});

test('wherever the stream is cut, the answers are the same', async () => {
	const asked = Buffer.concat([
		submitBytes(1, { address: 0x80, setup: setup.device, length: 18 }),
		submitBytes(2, { address: 0, setup: setup.configure }),
		submitBytes(3, { address: 0x81, length: 512 }),
		submitBytes(4, { address: 0x01, data: Buffer.from('some bytes') }),
		unlinkBytes(5, 3),
		submitBytes(6, { address: 0x02, data: Buffer.from('nowhere') }),
		submitBytes(7, { address: 0x80, setup: setup.configuration, length: 255 }),
	]);
	const answersTo = async (pieces: readonly Buffer[]) => {
		const sent: Buffer[] = [];
		const heard: Buffer[] = [];
		const take = (end: Duplex) => void end.on('data', (piece: Buffer) => heard.push(piece));
		const bytes = new ByteQueue();
		const gadget = new Gadget(loaderDevice(models.RC7620, 59), new Map([[0, take]]));
		const stream = new UrbStream(bytes, gadget, (...answer) =>
			sent.push(...answer.filter((one) => one !== undefined)),
		);
		for (const piece of pieces) {
			bytes.push(piece);
			stream.read();
		}
		await turns(3);
		expect(Buffer.concat(heard).toString()).toBe('some bytes');
		expect(Buffer.concat(sent)).toHaveLength(6 * 48 + 18 + 32);
		// One endpoint does not wait for another: only what was answered is certain, not when.
		return sent.map((piece) => piece.toString('hex')).sort();
	};
	const whole = await answersTo([asked]);
	for (let cut = 1; cut < asked.length; cut++) {
		expect(await answersTo([asked.subarray(0, cut), asked.subarray(cut)])).toEqual(whole);
	}
	const single = Array.from(asked, (_, at) => asked.subarray(at, at + 1));
	expect(await answersTo(single)).toEqual(whole);
});

const lie = (offset: number, value: number) => {
	const bytes = submitBytes(1, { address: 0x81, length: 64 });
	bytes.writeUInt32BE(value, offset);
	return bytes;
};

test.each([
	['a command that is none', lie(0, 9)],
	['an answer instead of a question', lie(0, 3)],
	['an endpoint that cannot be', lie(16, 16)],
	['a direction that cannot be', lie(12, 2)],
	['four gigabytes', lie(24, 0xffffffff)],
	['isochronous packets', lie(32, 8)],
	['zeros', Buffer.alloc(48)],
	['text', Buffer.from('GET / HTTP/1.1\r\nHost: modem\r\n\r\n'.repeat(2))],
])('%s breaks the protocol', async (_, bytes) => {
	const { feed } = await configured();
	expect(() => feed(bytes)).toThrow(BrokenProtocol);
});

test('a number that is in use breaks the protocol, and so does a flood', async () => {
	const { feed } = await configured();
	feed(submitBytes(1000, { address: 0x81, length: 64 }));
	expect(() => feed(submitBytes(1000, { address: 0x81, length: 64 }))).toThrow(/came twice/);
	const flooded = await configured();
	expect(() => {
		for (let n = 0; n < 5000; n++) flooded.kernel.submit({ address: 0x81, length: 64 });
	}).toThrow(/more transfers at once/);
});

test('after the host is gone nothing is answered', async () => {
	const { kernel, stream, sent, end } = await configured();
	kernel.submit({ address: 0x81, length: 64 });
	stream.end();
	const before = sent.length;
	end().write('to nobody');
	await turn();
	expect(sent).toHaveLength(before);
});
