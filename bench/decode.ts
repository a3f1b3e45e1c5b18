/** How fast the stream decoder takes raw Firehose payload, as a host writes it and as reads may cut it. */
import { Conversation } from '../source/protocol/decode/conversation.ts';
import { firehoseDocument } from '../source/protocol/firehose/firehose.ts';

const sector = 4096;
const block = 8192;
const length = 256 * 1024 * 1024;

/** Megabytes a second, and the share of the bytes that were copied. */
function rate(piece: number): string {
	const conversation = new Conversation();
	const say = (dir: 'in' | 'out', name: string, attributes: Record<string, string | number>) =>
		conversation.push(0, dir, firehoseDocument(name, attributes));
	say('in', 'response', { value: 'NAK', MaxPayloadSizeToTargetInBytes: block });
	const sectors = { SECTOR_SIZE_IN_BYTES: sector, num_partition_sectors: length / sector };
	say('out', 'program', sectors);
	say('in', 'response', { value: 'ACK', rawmode: 'true' });
	const data = new Uint8Array(piece).fill(0x7e);
	let [framed, copied] = [0, 0];
	const start = performance.now();
	for (let sent = 0; sent < length; sent += piece) {
		for (const { bytes } of conversation.push(0, 'out', data.subarray(0, length - sent))) {
			framed += bytes.length;
			if (bytes.buffer !== data.buffer) copied += bytes.length;
		}
	}
	const seconds = (performance.now() - start) / 1000;
	if (framed < length - block) throw new Error('payload was lost');
	const share = ((100 * copied) / length).toFixed(0);
	return `${(length / seconds / 1e6).toFixed(0).padStart(7)} MB/s, ${share} % copied`;
}

export function decoding(say: (what: string, figure: string) => void): void {
	say('decode 268 MB of payload, written in blocks of 8 KiB', rate(block));
	say('the same, read in pieces of 1 MiB', rate(1024 * 1024));
	say('the same, cut every 1000 bytes', rate(1000));
}
