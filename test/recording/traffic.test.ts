import { expect, test } from 'vitest';
import type { Event, Fact } from '../../source/events.ts';
import { models } from '../../source/modems/simulated.ts';
import { encode } from '../../source/protocol/fields.ts';
import { firehoseDocument } from '../../source/protocol/firehose/firehose.ts';
import { saharaMessages } from '../../source/protocol/sahara/sahara.ts';
import { Traffic } from '../../source/recording/log/traffic.ts';
import { applicationDevice, loaderDevice } from '../../source/simulator/device/devices.ts';

const port = '/dev/ttyUSB0';
const at = (t: number, fact: Fact): Event => ({ t, source: 'port', ...fact });
const bytes = (t: number, dir: 'in' | 'out', what: Uint8Array | string, on = port): Event =>
	at(t, { type: 'bytes', port: on, dir, hex: Buffer.from(what).toString('hex') });
const hello = encode(saharaMessages.hello, { mode: 2 });
const payload = (t: number, offset: number): Event =>
	at(t, {
		type: 'payload',
		port,
		file: 'a.spk',
		offset,
		length: 4096,
		sha256: '0'.repeat(64),
	});
const names = (frames: readonly { name: string }[]) => frames.map(({ name }) => name);
const crashed = /has crashed/;

test('frames are made as their bytes come, and numbered over all ports', () => {
	const traffic = new Traffic();
	expect(traffic.add(bytes(0, 'in', hello.subarray(0, 20)))).toEqual([]);
	const other = traffic.add(bytes(0.1, 'in', 'OK\r\n', '/dev/ttyUSB2'));
	expect(other).toMatchObject([{ name: 'OK', number: 1, port: '/dev/ttyUSB2' }]);
	const found = traffic.add(bytes(0.2, 'in', hello.subarray(20)));
	expect(found).toMatchObject([{ name: 'HELLO mode 2 memory_debug', number: 2, port, t: 0 }]);
	expect(traffic.frames).toEqual([...other, ...found]);
	expect(traffic.total).toBe(2);
});

test('payload is a frame that says where its bytes stand, after what was said before it', () => {
	const traffic = new Traffic();
	traffic.add(bytes(0, 'in', '<?xml?><data><response value="ACK" rawmode="true"/></data>'));
	const [answer, frame] = traffic.add(payload(0.1, 8192));
	expect(answer!.name).toBe('ACK rawmode=true');
	expect(frame).toMatchObject({ dir: 'out', name: 'bytes 8192..12287 of a.spk', t: 0.1 });
	expect(frame!.bytes).toHaveLength(0);
	expect(frame!.payload).toMatchObject({ offset: 8192, length: 4096 });
});

test('the end of a port gives out what still waits', () => {
	for (const type of ['port-closed', 'port-lost'] as const) {
		const traffic = new Traffic();
		traffic.add(bytes(0, 'in', hello.subarray(0, 8)));
		const end = type === 'port-lost' ? { type, port, why: 'unplugged' } : { type, port };
		expect(names(traffic.add(at(0.1, end)))).toEqual(['8 bytes']);
		// The rest belongs to nothing any more.
		expect(names(traffic.add(bytes(0.2, 'in', hello.subarray(8))))).not.toContain('HELLO');
	}
});

test('flush gives out what still waits, once', () => {
	const traffic = new Traffic();
	traffic.add(bytes(0, 'in', 'no end'));
	expect(names(traffic.flush())).toEqual(['no end']);
	expect(traffic.flush()).toEqual([]);
	expect(traffic.total).toBe(1);
});

test('what waits too long is given out with the next event, or when time passes', () => {
	const traffic = new Traffic();
	traffic.add(bytes(0, 'in', Buffer.alloc(100)));
	expect(traffic.add(at(0.5, { type: 'note', text: 'early' }))).toEqual([]);
	expect(names(traffic.add(at(2, { type: 'note', text: 'late' })))).toEqual(['100 zero bytes']);
	traffic.add(bytes(3, 'out', 'AT\r'));
	expect(names(traffic.settle(5))).toEqual(['AT']);
	expect(traffic.total).toBe(2);
});

test('a modem remembers what it was sent until it is another', () => {
	const sdp = bytes(0, 'out', Buffer.from('7e70000014467e', 'hex'));
	const helloSays = (...between: Event[]) => {
		const traffic = new Traffic();
		for (const event of [sdp, ...between]) traffic.add(event);
		return traffic.add(bytes(9, 'in', hello))[0]!.description;
	};
	expect(helloSays()).not.toMatch(crashed);
	expect(helloSays(at(1, { type: 'port-closed', port }))).not.toMatch(crashed);
	expect(helloSays(at(1, { type: 'port-lost', port, why: 'unplugged' }))).toMatch(crashed);
	const closed = at(1, { type: 'port-closed', port });
	const came = at(2, { type: 'usb-came', device: loaderDevice(models.RC7620, 60) });
	expect(helloSays(closed, came)).toMatch(crashed);
	const elsewhere = { ...applicationDevice(models.RC7620, 7), path: '1-1', interfaces: [] };
	expect(helloSays(closed, at(2, { type: 'usb-came', device: elsewhere }))).not.toMatch(crashed);
});

test('only the last frames are held, but all are counted', () => {
	const traffic = new Traffic(10);
	const document = firehoseDocument('log', { value: 'x' });
	for (let n = 0; n < 500; n++) {
		traffic.add(bytes(n / 100, 'in', document));
		expect(traffic.frames.length).toBeLessThanOrEqual(11);
		expect(traffic.frames.length).toBeGreaterThanOrEqual(Math.min(n + 1, 10));
	}
	expect(traffic.total).toBe(500);
	expect(traffic.frames.at(-1)!.number).toBe(500);
	const numbers = traffic.frames.map(({ number }) => number);
	expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
});

test('what is waited for is that of the port that was spoken over last', () => {
	const traffic = new Traffic();
	expect(traffic.waits).toBeUndefined();
	traffic.add(bytes(0, 'out', encode(saharaMessages.reset)));
	expect(traffic.waits).toMatchObject({ since: 0, due: { from: 'modem', what: 'RESET_RSP' } });
	traffic.add(bytes(1, 'in', 'RING\r\n', '/dev/ttyUSB2'));
	expect(traffic.waits).toBeUndefined();
	traffic.add(bytes(2, 'in', encode(saharaMessages.resetResponse)));
	expect(traffic.waits).toBeUndefined();
});
