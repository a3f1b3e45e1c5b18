/** A recording that is larger than the heap goes through every command that streams it. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { recordLine } from '../../source/recording/log/record.ts';
import { newFolder, program } from '../commands/program.ts';
import { header } from '../recording/field.ts';

const folder = newFolder();
const path = join(folder, 'large.ndjson');
/** Megabytes that Node may fill, a third of the recording. */
const heap = 32;
const most = 150_000;
const peak =
	'import { readFileSync } from "node:fs"; process.on("exit", () => process.stderr.write(readFileSync("/proc/self/status")))';

beforeAll(() => {
	writeFileSync(path, recordLine(header));
	for (let t = 0; t < 96; t++) {
		const noise = Buffer.alloc(4096, `+CREG: ${t}\r\n`).toString('hex');
		const line = recordLine({
			t,
			source: 'port',
			type: 'bytes',
			port: '/dev/ttyUSB2',
			dir: 'in',
			hex: noise,
		});
		appendFileSync(path, line.repeat(125));
	}
	expect(statSync(path).size).toBeGreaterThan(heap * 3e6);
});

it.each([
	['replay', path, '--json'],
	['export', path, '--to', 'pcapng', '-o', '-'],
	['compare', path, path],
])('%s', (...args) => {
	const { status, stderr } = spawnSync(
		process.execPath,
		[
			`--max-old-space-size=${heap}`,
			'--import',
			`data:text/javascript,${encodeURIComponent(peak)}`,
			program,
			...args,
		],
		{ encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 },
	);
	expect(stderr.replace(/^Name:[\s\S]*/m, '')).toBe('');
	expect(status).toBe(0);
	expect(Number(/VmHWM:\s+(\d+) kB/.exec(stderr)?.[1])).toBeLessThan(most);
});
