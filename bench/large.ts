/** What a large recording and a message without an end take, in processes of their own. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { recordLine } from '../source/recording/log/record.ts';
import { peakOf } from './inspect.ts';

const megabytes = 100;
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

export function readingLarge(program: string, say: (what: string, figure: string) => void): void {
	const folder = mkdtempSync(join(tmpdir(), 'modemscope-bench-'));
	const path = join(folder, 'large.ndjson');
	const measure = (what: string, size: number, args: readonly string[]) => {
		const start = performance.now();
		const peak = peakOf(args);
		const rate = size / ((performance.now() - start) / 1000);
		say(what, `${(peak / 1e6).toFixed(0)} MB, ${rate.toFixed(1)} MB/s`);
	};
	try {
		const started = '2026-01-01T00:00:00.000Z';
		const header = { modemscope: 1, started, title: 'AT', origin: 'bench', speed: 1 } as const;
		appendFileSync(path, recordLine(header));
		for (let size = 0; size < megabytes * 1e6; size += 100 * line.length)
			appendFileSync(path, line.repeat(100));
		const small = ['--max-old-space-size=256', program];
		measure('replay --json of 100 MB', megabytes, [...small, 'replay', path, '--json']);
		const pcapng = ['export', path, '--to', 'pcapng', '-o', join(folder, 'large.pcapng')];
		measure('export of it to pcapng, masked', megabytes, [...small, ...pcapng]);
		measure('40 MB of HDLC without an end', 40, ['--input-type=module', '-e', endless]);
	} finally {
		rmSync(folder, { recursive: true });
	}
}
