import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { importLog } from '../../source/commands/recording/import.ts';
import { replay } from '../../source/commands/recording/replay.ts';
import type { Event } from '../../source/events.ts';
import { parseEvent, parseHeader, recordLine } from '../../source/recording/log/record.ts';
import {
	fieldPath,
	goodModuleLog,
	header,
	missedHelloLog,
	note,
	temporaryFile,
	temporaryFolder,
} from '../recording/field.ts';

async function linesOf(path: string, columns = 80, json = false): Promise<string[]> {
	let text = '';
	const write = async (piece: string | Uint8Array) => {
		text += piece;
	};
	expect(await replay(path, { json, columns, write })).toBe(0);
	return text.split('\n').slice(0, -1);
}
const shipped = new URL('../../recordings/rc7620-missed-hello-2023-06-01.ndjson', import.meta.url)
	.pathname;

test('--summary is what it means and what to do, and no event', async () => {
	let text = '';
	const write = async (piece: string | Uint8Array) => {
		text += piece;
	};
	expect(await replay(shipped, { json: false, summary: true, columns: 80, write })).toBe(0);
	expect(text).toContain('Finding (proven): HELLO was missed');
	expect(text).toMatch(/ {2}1\. /);
	expect(text).not.toMatch(/> SDP|7e 70 00 00|^ +\d+\.\d{3} /m);
});

test('the missed HELLO as text: tree, frames field by field, bytes, finding, next steps', async () => {
	const text = (await linesOf(shipped)).join('\n');
	expect(text).toContain('started 2023-06-01 17:56:42');
	expect(text).toContain('0x0000000  34 879 232 bytes');
	expect(text).toContain('              0x0000190     425 684 bytes');
	expect(text).not.toContain('image offset range');
	expect(text).not.toContain('is valid');
	expect(text).toContain('7e 70 00 00 14 46 7e');
	expect(text).toContain('> SDP  DLOAD, 7 bytes, /dev/ttyUSB0');
	expect(text).toContain('0014  mode          2 MEMORY_DEBUG   What the loader wants to do.');
	expect(text).toContain(
		'0010  00 04 00 00 02 00 00 00 00 00 00 00 00 00 00 00  |................|',
	);
	expect(text).toContain('Finding (proven): HELLO was missed');
	expect(text).toMatch(
		/1\. Start its loader afresh[\s\S]*2\. Open the port[\s\S]*3\. Run modemscope flash/,
	);
});

test('a log is replayed as its recording is', async () => {
	const [, ...fromLog] = await linesOf(fieldPath(missedHelloLog));
	const [, ...fromRecording] = await linesOf(shipped);
	expect(fromLog).toEqual(fromRecording);
});

test.each([20, 40, 79, 80, 132])('no line is wider than %i columns', async (columns) => {
	const wide = await temporaryFile(
		[
			header,
			note(0, '漢字'.repeat(200)),
			note(1, 'x'.repeat(3000)),
			note(2, `${' '.repeat(300)}y ${'z '.repeat(200)}`),
			{
				t: 3,
				source: 'log',
				type: 'images',
				file: 'f',
				images: [{ start: 0, end: 9, depth: 1e9 }],
			},
		]
			.map((record) => recordLine(record as Event))
			.join(''),
	);
	for (const path of [shipped, fieldPath(goodModuleLog), wide]) {
		for (const line of await linesOf(path, columns)) {
			expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
		}
	}
});

test('the longest note is wrapped in no time', async () => {
	const path = await temporaryFile(recordLine(header) + recordLine(note(0, 'a'.repeat(65_000))));
	const lines = await linesOf(path);
	expect(lines.join('').match(/a/g)!.length).toBeGreaterThanOrEqual(65_000);
});

test('hostile text drives no terminal, as text and as JSON', async () => {
	const evil = '\u001b]52;c;cm0=\u0007 \u009b2J \u202egnp.exe \u2028';
	const records = [
		{ ...header, title: evil, origin: evil },
		note(0, evil),
		{ t: 0, source: 'port', type: 'port-opened', port: evil },
		{ t: 0, source: 'port', type: 'bytes', port: evil, dir: 'in', hex: '1b5b324a0d0a' },
	];
	const path = await temporaryFile(records.map((record) => recordLine(record as Event)).join(''));
	const controls = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/;
	for (const line of await linesOf(path)) expect(line).not.toMatch(controls);
	const json = await linesOf(path, 80, true);
	for (const line of json) expect(line).not.toMatch(controls);
	expect(JSON.parse(json[1]!).text).toBe(evil);
});

test('--json gives the header, every event, and the finding behind its cause', async () => {
	const [first, ...rest] = await linesOf(shipped, 80, true);
	expect(parseHeader(first!)).toMatchObject({ value: { modemscope: 1 } });
	const events = rest.map((line) => {
		const parsed = parseEvent(line);
		return 'value' in parsed ? parsed.value : expect.unreachable(line);
	});
	const at = events.findIndex(({ type }) => type === 'finding');
	expect(events[at]).toMatchObject({ source: 'diagnosis', rule: 'missed-hello', t: 5 });
	expect(events[at - 1]).toMatchObject({ type: 'bytes', dir: 'in' });
	const original = (await readFile(shipped, 'utf8')).trimEnd().split('\n').slice(1);
	expect(rest.filter((_, index) => index !== at)).toEqual(original);
});

test('findings that were recorded are not found a second time', async () => {
	const once = await linesOf(shipped, 80, true);
	const path = await temporaryFile(`${once.join('\n')}\n`);
	expect(await linesOf(path, 80, true)).toEqual(once);
});

test('import writes a recording that replays the same, and never over a file', async () => {
	const output = join(await temporaryFolder(), 'out.ndjson');
	const said: string[] = [];
	const out = (line: string) => said.push(line);
	expect(await importLog(fieldPath(missedHelloLog), output, { out })).toBe(0);
	expect(said.at(-1)).toContain('60 events');
	expect(await readFile(output, 'utf8')).toBe(await readFile(shipped, 'utf8'));
	await expect(importLog(fieldPath(missedHelloLog), output, { out })).rejects.toMatchObject({
		exit: 1,
	});
	const readme = new URL('../../README.md', import.meta.url).pathname;
	await expect(importLog(readme, `${output}2`, { out })).rejects.toMatchObject({ exit: 5 });
});

test('the findings come first, and of them what blocks', async () => {
	const path = new URL('../recording/field/31-sparse-words.txt', import.meta.url).pathname;
	const lines = await linesOf(path);
	const at = (text: string) => lines.findIndex((line) => line.includes(text));
	expect(at('No driver took')).toBeGreaterThan(0);
	expect(at('is normal here')).toBeGreaterThan(at('No driver took'));
	expect(at('    0.000 ')).toBeGreaterThan(at('is normal here'));
	expect(at('Seen in line 2: usb 1-1.5: New USB device')).toBeGreaterThan(0);
});
