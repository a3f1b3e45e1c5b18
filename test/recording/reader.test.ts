import { truncate } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pcapng } from '../../source/recording/export/pcapng.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import { readRecording } from '../../source/recording/file/reader.ts';
import { importers } from '../../source/recording/import/importers.ts';
import { recordLine } from '../../source/recording/log/record.ts';
import { header, note, temporaryFile, temporaryFolder } from './field.ts';

const events = [note(0, 'one'), note(1, 'zwei: ü'), note(2, 'three')];
const whole = Buffer.from([header, ...events].map(recordLine).join(''));
const read = async (content: string | Uint8Array) => readRecording(await temporaryFile(content));

test('reads what was recorded', async () => {
	expect(await read(whole)).toEqual({ header, events, notes: [] });
});

test('a recording cut at any byte keeps every whole event before the cut', async () => {
	const ends = [...whole.keys()].filter((at) => whole[at] === 0x0a);
	const path = await temporaryFile(whole);
	for (let cut = whole.length; cut >= 0; cut--) {
		await truncate(path, cut);
		const outcome = await readRecording(path).catch((problem) => problem);
		// A line is whole when only its line end is missing.
		const lines = ends.filter((end) => end <= cut).length;
		if (lines === 0) {
			expect(outcome, `cut at ${cut}`).toMatchObject({ name: 'Problem', exit: 5 });
			continue;
		}
		const atBorder = ends.some((end) => cut === end || cut === end + 1);
		expect(outcome.events, `cut at ${cut}`).toEqual(events.slice(0, lines - 1));
		expect(outcome.notes, `cut at ${cut}`).toEqual(
			atBorder
				? []
				: [
						`The recording ends in the middle of line ${lines + 1}: it was cut there; everything before it is here.`,
					],
		);
	}
});

test('skips bad lines with a note each, and bounds the notes', async () => {
	const bad = ['nonsense', '[]', '{"t":"x","source":"log","type":"note","text":"y"}'];
	const found = await read(
		[recordLine(header), `${bad.join('\n')}\n`, recordLine(events[0]!)].join(''),
	);
	expect(found.events).toEqual([events[0]]);
	expect(found.notes).toHaveLength(3);
	expect(found.notes[0]).toBe('Line 2 is not an event and was skipped (it is not JSON).');
	expect(found.notes[2]).toContain('Line 4');

	const many = await read(recordLine(header) + 'x\n'.repeat(1000));
	expect(many.notes).toHaveLength(21);
	expect(many.notes.at(-1)).toContain('980');
});

test('a bad line cannot put controls into its note', async () => {
	const { notes } = await read(
		`${recordLine(header)}${JSON.stringify({ t: '\u001b[2J', source: 'log', type: 'note', text: '' })}\n`,
	);
	expect(notes).toHaveLength(1);
	expect(notes[0]).not.toMatch(/[\u0000-\u001f]/);
});

test('skips a line that is too long to hold', async () => {
	const found = await read(
		`${recordLine(header)}${recordLine(note(0, 'x'.repeat(5_000_000)))}${recordLine(events[0]!)}`,
	);
	expect(found.events).toEqual([events[0]]);
	expect(found.notes).toEqual(['Line 2 is too long to be an event and was skipped.']);
});

test('reads CRLF and a byte order mark, as editors leave them', async () => {
	const text = `\ufeff${whole.toString().replaceAll('\n', '\r\n')}`;
	expect(await read(text)).toEqual({ header, events, notes: [] });
	expect(await openAny(await temporaryFile(text))).toEqual({ header, events, notes: [] });
});

test.each([
	['nothing', ''],
	['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 0xff])],
	['another JSON', '{"name":"modemscope"}\n'],
	['a list', '[1,2]\n'],
	['a shopping list', 'milk\neggs\n'],
])('%s is no recording, in one sentence with the next step', async (_, content) => {
	const path = await temporaryFile(content);
	for (const attempt of [readRecording, openAny]) {
		const problem = await attempt(path).then(
			() => expect.unreachable(),
			(error) => error,
		);
		expect(problem).toMatchObject({ name: 'Problem', exit: 5 });
		expect(problem.next).toMatch(/qmi-firmware-update/);
		expect(problem.sentence).not.toMatch(/[\u0000-\u001f]/);
	}
});

test('says that a recording is from a newer modemscope', async () => {
	await expect(read(recordLine({ ...header, modemscope: 2 as 1 }))).rejects.toThrow(/newer/);
});

test('a missing file and a folder are other failures', async () => {
	await expect(openAny('/nowhere/at/all')).rejects.toMatchObject({ exit: 1 });
	await expect(openAny(await temporaryFolder())).rejects.toMatchObject({ exit: 1 });
});

test('a text that nothing is known of is refused, naming what is known', async () => {
	for (const name of ['README.md', 'docs/flash.md', 'docs/simulator.md', 'docs/at-commands.md']) {
		const path = new URL(`../../${name}`, import.meta.url).pathname;
		const problem = await openAny(path).then(
			() => expect.unreachable(name),
			(error) => error,
		);
		expect(problem).toMatchObject({ exit: 5 });
		for (const { reads } of importers) expect(problem.next).toContain(reads);
	}
});

test('a value outside its range is a note, and what is in range goes into every export', async () => {
	const bytes = (t: number) =>
		`{"t":${t},"source":"port","type":"bytes","port":"/dev/ttyUSB0","dir":"in","hex":"00"}`;
	const payload = (length: number) =>
		`{"t":1,"source":"port","type":"payload","port":"/dev/ttyUSB0","file":"f","offset":0,"length":${length},"sha256":"${'0'.repeat(64)}"}`;
	const bad = [bytes(1e300), bytes(-1e300), payload(2 ** 40), payload(1e300)];
	const good = [bytes(-3.2e9), bytes(3.2e9), bytes(0.1), payload(2 ** 32 - 1)];
	const found = await read(`${[recordLine(header).trim(), ...bad, ...good].join('\n')}\n`);
	expect(found.notes).toHaveLength(bad.length);
	expect(found.events).toHaveLength(good.length);
	expect(Buffer.concat([...pcapng(found)]).length).toBeGreaterThan(0);
});

test('a header whose speed is none is no recording', async () => {
	for (const speed of ['0', '1e300', '-1'])
		await expect(
			read(`${recordLine(header).trim().slice(0, -1)},"speed":${speed}}\n`),
		).rejects.toThrow();
});
