import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareRecordings } from '../../source/commands/recording/compare.ts';
import { exitCode } from '../../source/problem.ts';
import { newFolder } from './program.ts';

const missed = 'recordings/rc7620-missed-hello-2023-06-01.ndjson';
const compared = async (paths: string[], json = false) => {
	const lines: string[] = [];
	const exit = await compareRecordings(paths, {
		json,
		columns: 80,
		out: (line) => lines.push(line),
	});
	return { exit, lines };
};

/** HELLO: command 1, 48 bytes, versions 2 and 1, longest packet 1024, then its mode. */
const helloMode = /(?<="hex":"0100000030000000020000000100000000040000)02/;

test('a HELLO of another mode: which step, which field, and what it was', async () => {
	const text = readFileSync(missed, 'utf8');
	expect(text).toMatch(helloMode);
	const path = join(newFolder(), 'transfer.ndjson');
	writeFileSync(path, text.replace(helloMode, '00'));
	const { exit, lines } = await compared([path, missed]);
	expect(exit).toBe(exitCode.failed);
	expect(lines).toContain('  mode: 0 IMAGE_TX_PENDING, now 2 MEMORY_DEBUG');
	expect(lines.filter((line) => line.includes('≠'))).toHaveLength(1);
	expect(lines.every((line) => line.length <= 80)).toBe(true);
});

test('a recording against itself: every step is equal, exit code 0', async () => {
	const { exit, lines } = await compared([missed, missed]);
	expect(exit).toBe(exitCode.done);
	expect(lines[0]).toMatch(/^\d+ steps are equal/);
});

test('as JSON: one object, and a control character of a recording stays escaped', async () => {
	const folder = newFolder();
	const path = join(folder, 'hostile.ndjson');
	const [header] = readFileSync(missed, 'utf8').split('\n');
	const answered = { t: 1, source: 'at', type: 'at-answered', port: 'p', lines: [], seconds: 0 };
	const hostile = { ...answered, command: 'AT\u001b[2J\u009b', result: 'OK' };
	writeFileSync(path, `${header}\n${JSON.stringify(hostile)}\n`);
	const { lines } = await compared([missed, path], true);
	expect(lines).toHaveLength(1);
	expect(JSON.parse(lines[0]!)).toHaveProperty('first.number');
	expect(lines[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});
