import { expect, test } from 'vitest';
import type { Event } from '../../source/events.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import { Traffic } from '../../source/recording/log/traffic.ts';
import { modeOf } from '../../source/usb/device/modes.ts';
import { temporaryFile } from './field.ts';

type Sent = { at: number; kind: 2 | 3; endpoint: number; data: Buffer };

const descriptor = Buffer.from('12010002000000409911709006000102' + '0301', 'hex');
const configuration = Buffer.from(
	'09022000010100a0fa' + '0904000002ffffff00' + '0705810200020' + '0' + '0705020200020' + '0',
	'hex',
);
const sdp = Buffer.from('7e70000014467e', 'hex');
const hello = Buffer.from(
	`010000003000000002000000010000000004000002000000${'00'.repeat(24)}`,
	'hex',
);
const story: Sent[] = [
	{ at: 0, kind: 2, endpoint: 0x80, data: descriptor },
	{ at: 0.1, kind: 2, endpoint: 0x80, data: configuration },
	{ at: 2, kind: 3, endpoint: 0x02, data: sdp },
	{ at: 2.5, kind: 3, endpoint: 0x81, data: hello },
];
const begun = 1_709_802_902;

function linuxHeader({ kind, endpoint, data }: Sent, length: 48 | 64): Buffer {
	const head = Buffer.alloc(length);
	head.write(endpoint & 0x80 ? 'C' : 'S', 8, 'latin1');
	head[9] = kind;
	head[10] = endpoint;
	head[11] = 7;
	head.writeUInt16LE(3, 12);
	head.writeUInt32LE(data.length, 36);
	return Buffer.concat([head, data]);
}

function usbPcapHeader({ kind, endpoint, data }: Sent): Buffer {
	const head = Buffer.alloc(27);
	head.writeUInt16LE(27, 0);
	head[16] = endpoint & 0x80 ? 1 : 0;
	head.writeUInt16LE(3, 17);
	head.writeUInt16LE(7, 19);
	head[21] = endpoint;
	head[22] = kind;
	head.writeUInt32LE(data.length, 23);
	return Buffer.concat([head, data]);
}

function pcap(linkType: number, packet: (sent: Sent) => Buffer): Buffer {
	const head = Buffer.alloc(24);
	head.writeUInt32LE(0xa1b2c3d4, 0);
	head.writeUInt32LE(linkType, 20);
	const records = story.map((sent) => {
		const data = packet(sent);
		const record = Buffer.alloc(16);
		record.writeUInt32LE(begun + Math.floor(sent.at), 0);
		record.writeUInt32LE(Math.round((sent.at % 1) * 1e6), 4);
		record.writeUInt32LE(data.length, 8);
		record.writeUInt32LE(data.length, 12);
		return Buffer.concat([record, data]);
	});
	return Buffer.concat([head, ...records]);
}

function block(type: number, body: Buffer): Buffer {
	const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
	const edge = Buffer.alloc(8);
	edge.writeUInt32LE(type, 0);
	edge.writeUInt32LE(padded.length + 12, 4);
	return Buffer.concat([edge, padded, edge.subarray(4)]);
}

function pcapng(linkType: number, packet: (sent: Sent) => Buffer): Buffer {
	const section = Buffer.from('4d3c2b1a01000000ffffffffffffffff', 'hex');
	const link = Buffer.alloc(8);
	link.writeUInt16LE(linkType, 0);
	const packets = story.map((sent) => {
		const data = packet(sent);
		const head = Buffer.alloc(20);
		const ticks = BigInt(Math.round((begun + sent.at) * 1e6));
		head.writeUInt32LE(Number(ticks >> 32n), 4);
		head.writeUInt32LE(Number(ticks & 0xffffffffn), 8);
		head.writeUInt32LE(data.length, 12);
		head.writeUInt32LE(data.length, 16);
		return block(6, Buffer.concat([head, data]));
	});
	return Buffer.concat([block(0x0a0d0d0a, section), block(1, link), ...packets]);
}

const framesOf = (events: readonly Event[]) => {
	const traffic = new Traffic();
	for (const event of events) traffic.add(event);
	return traffic.frames.map(({ t, dir, name }) => `${t.toFixed(1)} ${dir} ${name}`);
};

test.each([
	['usbmon in pcap', pcap(189, (sent) => linuxHeader(sent, 48))],
	['mapped usbmon in pcap', pcap(220, (sent) => linuxHeader(sent, 64))],
	['USBPcap in pcap', pcap(249, usbPcapHeader)],
	['mapped usbmon in pcapng', pcapng(220, (sent) => linuxHeader(sent, 64))],
	['USBPcap in pcapng', pcapng(249, usbPcapHeader)],
])('%s: who came, in which mode, and what was said', async (_, bytes) => {
	const { header, events } = await openAny(await temporaryFile(bytes));
	expect(header.started).toBe('2024-03-07T09:15:02.000Z');
	const [came] = events;
	if (came?.type !== 'usb-came') return expect.unreachable();
	expect(came.device).toMatchObject({ path: '3-? (device 7)', vid: '1199', pid: '9070' });
	expect(modeOf(came.device)).toBe('loader');
	expect(framesOf(events)).toEqual(['2.0 out SDP', '2.5 in HELLO mode 2 memory_debug']);
	for (let cut = 24; cut < bytes.length; cut += 7) {
		await openAny(await temporaryFile(bytes.subarray(0, cut))).catch((error) =>
			expect(error).toMatchObject({ name: 'Problem', exit: 5 }),
		);
	}
});

test('a capture of something else is refused, by its link type', async () => {
	const ethernet = pcap(1, ({ data }) => data);
	await expect(openAny(await temporaryFile(ethernet))).rejects.toThrow(/link type 1\b/);
});
