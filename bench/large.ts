/** What a large recording and a message without an end take, in processes of their own. */
import { appendFileSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEvent, recordLine } from '../source/recording/log/record.ts';
import { usedBy } from './inspect.ts';

/** What somebody has who records for weeks. */
const megabytes = 500;
const manyEvents = 1_000_000;
const started = '2026-01-01T00:00:00.000Z';
const header = { modemscope: 1, started, title: 'AT', origin: 'bench', speed: 1 } as const;
const line = recordLine({
	t: 0,
	source: 'port',
	type: 'bytes',
	port: '/dev/ttyUSB2',
	dir: 'in',
	hex: Buffer.alloc(4096, '+CREG: 0,1\r\n').toString('hex'),
});
const conversation = resolve(import.meta.dirname, '../source/protocol/decode/conversation.ts');
const endless = `
	import { Conversation } from ${JSON.stringify(conversation)};
	const conversation = new Conversation();
	conversation.push(0, 'in', Buffer.from([0x7e]));
	for (let sent = 0; sent < 40e6; sent += 65536) conversation.push(0, 'in', Buffer.alloc(65536, 0x41));
`;

/** The recordings that are shipped, again and again, until there are so many events or a few more. */
export function writeRecordings(path: string, most: number): void {
	const parts = globSync('recordings/*.ndjson').map((name) =>
		readFileSync(name, 'utf8').trim().split('\n').slice(1).map(parseEvent),
	);
	appendFileSync(path, recordLine(header));
	let begun = 0;
	for (let count = 0; count < most; ) {
		let text = '';
		for (const events of parts) {
			let t = begun;
			for (const parsed of events) {
				if (!('value' in parsed) || parsed.value.type === 'finding') continue;
				t = begun + Math.max(0, parsed.value.t);
				text += recordLine({ ...parsed.value, t });
				count++;
			}
			begun = t + 10;
		}
		appendFileSync(path, text);
	}
}

/** Blocks of 4 KiB of AT answers. */
export function writeBytes(path: string, megabytes: number): void {
	appendFileSync(path, recordLine(header));
	for (let size = 0; size < megabytes * 1e6; size += 100 * line.length)
		appendFileSync(path, line.repeat(100));
}

export function readingLarge(program: string, say: (what: string, figure: string) => void): void {
	const folder = mkdtempSync(join(tmpdir(), 'modemscope-bench-'));
	const path = join(folder, 'large.ndjson');
	const measure = (what: string, size: number, args: readonly string[]) => {
		const began = performance.now();
		const { peak, seconds } = usedBy(args);
		const took = ((performance.now() - began) / 1000).toFixed(1);
		const rate = (size / seconds).toFixed(1);
		say(what, `${took} s, ${(peak / 1e6).toFixed(0)} MB, ${rate} MB/s of a processor`);
	};
	try {
		writeBytes(path, megabytes);
		const mixed = join(folder, 'mixed.ndjson');
		writeRecordings(mixed, manyEvents);
		const small = ['--max-old-space-size=256', program];
		measure(`replay --json of ${megabytes} MB of AT answers`, megabytes, [
			...small,
			'replay',
			path,
			'--json',
		]);
		measure('the same of 1,000,000 events of recordings', statSync(mixed).size / 1e6, [
			...small,
			...['replay', mixed, '--json'],
		]);
		const pcapng = ['export', path, '--to', 'pcapng', '-o', join(folder, 'large.pcapng')];
		measure('export of it to pcapng, masked', megabytes, [...small, ...pcapng]);
		measure('40 MB of HDLC without an end', 40, ['--input-type=module', '-e', endless]);
	} finally {
		rmSync(folder, { recursive: true });
	}
}
