/** What input takes that is made to be slow, and what a full folder of recordings costs to clear. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Conversation } from '../source/protocol/decode/conversation.ts';
import { removeOldest } from '../source/recording/file/retention.ts';
import { recordLine } from '../source/recording/log/record.ts';

type Say = (what: string, figure: string) => void;

const length = 200_000;

/** Milliseconds that the decoder takes for bytes that come one at a time. */
function byBytes(bytes: Buffer): string {
	const conversation = new Conversation();
	const start = performance.now();
	for (let at = 0; at < bytes.length; at++)
		conversation.push(at * 1e-6, 'in', bytes.subarray(at, at + 1));
	conversation.flush();
	return `${(performance.now() - start).toFixed(0)} ms`;
}

/** 400 recordings of 1 MB, all holes, of a day each; what is kept of them, and how long that took. */
function clearing(folder: string): string {
	mkdirSync(folder);
	for (let day = 0; day < 400; day++) {
		const time = new Date(Date.UTC(2025, 0, 1 + day));
		const stamp = time.toISOString().slice(0, 23).replace(/[:.]/g, '-');
		const path = join(folder, `${stamp}-3-1.ndjson`);
		writeFileSync(path, '');
		truncateSync(path, 1024 * 1024);
		utimesSync(path, time, time);
	}
	const start = performance.now();
	const removed = removeOldest(folder, new Set());
	return `${(performance.now() - start).toFixed(0)} ms, ${400 - removed.length} MB kept`;
}

export function hostile(program: string, say: Say): void {
	const folder = mkdtempSync(join(tmpdir(), 'modemscope-bench-'));
	const run = (...args: string[]) => {
		const start = performance.now();
		const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'ignore' });
		return `${(performance.now() - start).toFixed(0)} ms, exit ${status}`;
	};
	try {
		const pasted = join(folder, 'pasted.txt');
		writeFileSync(pasted, `0000: ${'ab'.repeat(27)}!\n`);
		say('decode of a line of 60 characters that is nearly hex', run('decode', pasted));
		say(`${length} bytes of text, one at a time`, byBytes(Buffer.alloc(length, 'x')));
		const xml = Buffer.from(`<?xml version="1.0"?><data>${'a'.repeat(length)}`);
		say('the same behind the beginning of an XML document', byBytes(xml));
		const odd = join(folder, 'odd.ndjson');
		const header = { modemscope: 1, started: '2026-01-01T00:00:00.000Z' } as const;
		const bytes = '"source":"port","type":"bytes","port":"/dev/ttyUSB2","dir":"in","hex":"41"';
		const times = ['1e300', '-1e300', '0.5'].map((t) => `{"t":${t},${bytes}}\n`);
		writeFileSync(odd, recordLine({ ...header, title: '', origin: '', speed: 1 }) + times.join(''));
		const pcapng = ['--to', 'pcapng', '-o', join(folder, 'odd.pcapng')];
		say('export of times such as 1e300', run('export', odd, ...pcapng));
		say('clearing 400 recordings of 1 MB each', clearing(join(folder, 'recordings')));
	} finally {
		rmSync(folder, { recursive: true });
	}
}
