import { Duplex, duplexPair } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '../../source/clock.ts';
import { LinkLost, streamLink } from '../../source/link/link.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function pair() {
	const [ours, theirs] = duplexPair();
	theirs.on('error', () => {});
	return { ours, theirs, link: streamLink(ours, '/dev/ttyUSB0', createClock()) };
}
/** Lets streams do what they put off. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('what one side writes the other reads', async () => {
	const { link, theirs } = pair();
	theirs.on('data', (bytes: Buffer) => theirs.write(Buffer.concat([bytes, bytes])));
	await link.write(Buffer.from('AT\r'));
	expect(await link.read(1)).toEqual(Buffer.from('AT\rAT\r'));
});

test('silence is undefined, exactly when its seconds have passed', async () => {
	const { link } = pair();
	const answer = vi.fn();
	void link.read(3).then(answer);
	await vi.advanceTimersByTimeAsync(2999);
	expect(answer).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(1);
	expect(answer).toHaveBeenCalledExactlyOnceWith(undefined);
	expect(vi.getTimerCount()).toBe(0);
});

test('a read of 0 seconds takes what is there and does not wait', async () => {
	const { link, theirs } = pair();
	expect(await link.read(0)).toBeUndefined();
	theirs.write('a');
	theirs.write('b');
	await turn();
	expect(await link.read(0)).toEqual(Buffer.from('ab'));
	expect(await link.read(0)).toBeUndefined();
	expect(vi.getTimerCount()).toBe(0);
});

test('bytes end the wait and its timer', async () => {
	const { link, theirs } = pair();
	const reading = link.read(1000);
	theirs.write('x');
	expect(await reading).toEqual(Buffer.from('x'));
	expect(vi.getTimerCount()).toBe(0);
});

test('an aborted read ends early, and loses no byte', async () => {
	const { link, theirs } = pair();
	const stop = new AbortController();
	const reading = link.read(1000, stop.signal);
	stop.abort();
	expect(await reading).toBeUndefined();
	theirs.write('later');
	await turn();
	expect(await link.read(1, stop.signal)).toEqual(Buffer.from('later'));
});

test('what was put back is read first', async () => {
	const { link, theirs } = pair();
	theirs.write('cd');
	await turn();
	link.unread(Buffer.from('b'));
	link.unread(Buffer.from(''));
	link.unread(Buffer.from('a'));
	expect(await link.read(1)).toEqual(Buffer.from('abcd'));
});

test('a caller may use its buffer again after putting it back', async () => {
	const { link } = pair();
	const bytes = Buffer.from('abc');
	link.unread(bytes);
	bytes.fill(0);
	expect(await link.read(0)).toEqual(Buffer.from('abc'));
});

test('bytes that came before the end are read, then it is lost', async () => {
	const { link, theirs } = pair();
	theirs.end('last words');
	expect(await link.ended).toBe('the other side ended it');
	expect(await link.read(1)).toEqual(Buffer.from('last words'));
	await expect(link.read(1)).rejects.toThrow(LinkLost);
	await expect(link.read(0)).rejects.toThrow('/dev/ttyUSB0 went away (the other side ended it)');
	await expect(link.write(Buffer.from('x'))).rejects.toThrow(LinkLost);
});

test('a read that waits learns of the end at once', async () => {
	const { link, ours } = pair();
	const reading = link.read(1000);
	ours.destroy();
	await expect(reading).rejects.toThrow('went away (unplugged)');
	expect(await link.ended).toBe('unplugged');
	expect(vi.getTimerCount()).toBe(0);
});

test('an error of the stream is the reason', async () => {
	const { link, ours } = pair();
	ours.destroy(new Error('EIO: i/o error, read'));
	expect(await link.ended).toBe('EIO: i/o error, read');
	await expect(link.write(Buffer.from('x'))).rejects.toThrow('EIO');
});

test('writes that nobody took are rejected at the end', async () => {
	const { link, ours } = pair();
	const writes = [1, 2, 3].map(() => link.write(Buffer.alloc(100_000)));
	const results = Promise.allSettled(writes);
	await turn();
	ours.destroy();
	const settled = await results;
	expect(settled.map(({ status }) => status)).toContain('rejected');
	for (const result of settled) {
		if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(LinkLost);
	}
	expect(settled.at(-1)!.status).toBe('rejected');
});

test('a write that fails alone is lost too', async () => {
	const broken = new Duplex({
		read() {},
		write: (_bytes, _encoding, done) => done(new Error('EPROTO')),
	});
	const link = streamLink(broken, 'p', createClock());
	await expect(link.write(Buffer.from('x'))).rejects.toThrow(new LinkLost('p', 'EPROTO'));
	expect(await link.ended).toBe('EPROTO');
});

test('closing has no reason, and may be done twice', async () => {
	const { link, ours } = pair();
	const reading = link.read(1000);
	const closed = link.close();
	await expect(reading).rejects.toThrow('closed by us');
	await closed;
	await link.close();
	expect(await link.ended).toBeUndefined();
	expect(ours.destroyed).toBe(true);
	await expect(link.write(Buffer.from('x'))).rejects.toThrow(LinkLost);
});

test('a close is over when the stream has closed, so that the port can be opened again', async () => {
	let released = false;
	const slow = new Duplex({
		read() {},
		destroy: (_error, done) => {
			setImmediate(() => {
				released = true;
				done(null);
			});
		},
	});
	const link = streamLink(slow, 'p', createClock());
	await link.close();
	expect(released).toBe(true);
});

test('a pipe that the other side has ended is still released by close', async () => {
	const { link, ours, theirs } = pair();
	theirs.end();
	await link.ended;
	await link.close();
	expect(ours.destroyed).toBe(true);
});

test('many writes and reads leave no listener and no timer behind', async () => {
	const { link, ours, theirs } = pair();
	theirs.pipe(theirs);
	const listeners = () => ours.eventNames().map((name) => [name, ours.listenerCount(name)]);
	const stop = new AbortController();
	const adding = vi.spyOn(stop.signal, 'addEventListener');
	const removing = vi.spyOn(stop.signal, 'removeEventListener');
	const before = listeners();
	for (let n = 0; n < 10_000; n++) {
		await link.write(Buffer.from([n & 0xff]));
		expect(await link.read(1, stop.signal)).toHaveLength(1);
	}
	expect(listeners()).toEqual(before);
	expect(vi.getTimerCount()).toBe(0);
	expect(adding.mock.calls.length).toBe(removing.mock.calls.length);
});
