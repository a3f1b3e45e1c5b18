import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import xterm from '@xterm/headless';
import { expect, test } from 'vitest';
import { exportRecording } from '../../source/commands/recording/export.ts';
import { openAny } from '../../source/recording/file/open-any.ts';
import { type ScreencastOptions, screencast } from '../../source/ui/app/screencast.ts';
import { newFolder, run } from './program.ts';

const recording = 'recordings/rc7620-missed-hello-2023-06-01.ndjson';
const usual: ScreencastOptions = { width: 80, height: 24, speed: 1, idle: 2, view: undefined };
type Line = [at: number, kind: string, text: string];

async function filmed(options: Partial<typeof usual>, path = recording) {
	const output = join(newFolder(), 'talk.cast');
	await exportRecording(path, {
		to: 'asciicast',
		output,
		film: { ...usual, ...options },
		out: () => {},
		write: async () => {},
	});
	const [header, ...lines] = readFileSync(output, 'utf8')
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));
	return { header, lines: lines as Line[], end: (lines as Line[]).at(-1)![0] };
}

/** What a terminal shows when it has played so many seconds of the film. */
async function seen(
	lines: readonly Line[],
	seconds: number,
	size: readonly [number, number] = [80, 24],
) {
	const terminal = new xterm.Terminal({ cols: size[0], rows: size[1], allowProposedApi: true });
	for (const [at, kind, text] of lines) {
		if (kind !== 'o' || at > seconds) continue;
		await new Promise<void>((done) => terminal.write(text, done));
	}
	const buffer = terminal.buffer.active;
	const rows = Array.from({ length: size[1] }, (_, row) => buffer.getLine(row)!);
	expect(rows.filter((row) => row.isWrapped)).toEqual([]);
	expect(buffer.baseY).toBe(0);
	return rows.map((row) => row.translateToString(true)).join('\n');
}

test('a film plays the case on the console: nothing at first, the HELLO at the end', async () => {
	const { header, lines, end } = await filmed({});
	expect(header).toMatchObject({ version: 2, width: 80, height: 24 });
	expect(lines[0]?.[0]).toBe(0);
	const start = await seen(lines, 0);
	expect(start).toMatch(/\[\d (USB|Flash)\]/);
	expect(start).toMatch(/replay ▶ ×1 00:00/);
	const times = lines.map(([at]) => at);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	expect(await seen(lines, end)).not.toBe(start);
});

test('the last picture is what the console draws of the end, cell by cell', async () => {
	const size = { width: 140, height: 45 };
	const { lines, end } = await filmed({ ...size, speed: 8 });
	const shots = [...screencast(await openAny(recording), { ...usual, ...size, speed: 8 }).shots];
	const last = await seen(lines, end, [140, 45]);
	expect(last).toMatch(/×8/);
	// A film that jumps to the end at once has nothing left from before.
	const jumped = screencast(await openAny(recording), { ...usual, ...size, speed: 1e6 }).shots;
	const fresh = [...jumped].map(({ at, text }): Line => [at, 'o', text]);
	const clock = / +(?:[EWN]\d+ *)*replay .*/;
	expect((await seen(fresh, 1e9, [140, 45])).replace(clock, '')).toBe(last.replace(clock, ''));
	expect(shots.length).toBeGreaterThan(2);
});

test('speed and idle shorten it, the view can be chosen, and marks are kept', async () => {
	const path = join(newFolder(), 'marked.ndjson');
	const event = (t: number, more: object) => JSON.stringify({ t, ...more });
	const mark = (t: number, text: string) => event(t, { source: 'person', type: 'mark', text });
	const head = {
		modemscope: 1,
		started: '2026-01-01T00:00:00.000Z',
		title: 'a talk',
		origin: 'a test',
		speed: 1,
	};
	writeFileSync(
		path,
		`${[JSON.stringify(head), mark(1, 'here \u001b[2Jit began'), mark(60, 'IMEI 123456789012345')].join('\n')}\n`,
	);
	const { lines, end } = await filmed({ idle: 3 }, path);
	expect(end).toBeCloseTo(4);
	expect(lines.filter(([, kind]) => kind === 'm').map(([at]) => at)).toEqual([1, end]);
	expect(JSON.stringify(lines)).not.toContain('123456789012345');
	const faster = await filmed({ idle: 3, speed: 4 }, path);
	expect(faster.end).toBeCloseTo(0.3 + 3);
});

test('what cannot be filmed is said', () => {
	const output = join(newFolder(), 'talk.cast');
	const bad = (...more: string[]) =>
		run('export', recording, '--to', 'asciicast', '-o', output, ...more).err;
	expect(bad('--size', 'big')).toMatch(/"big" is no size/);
	expect(bad('--view', 'firmware')).toMatch(
		/--view does not know "firmware": name one of usb, at, flash/,
	);
	expect(bad('--speed', '0')).toMatch(/needs a speed/);
	const { out, exit } = run('export', recording, '--to', 'asciicast', '-o', output, '--speed=8');
	expect(out).toMatch(/Next: asciinema play /);
	expect(exit).toBe(0);
});

test('the newest frames are on a film of a flash, however fast it is made', async () => {
	const { lines } = await filmed({ view: 'flash' }, 'recordings/sahara-firehose.ndjson');
	const during = await seen(lines, 9.9);
	const [, total] = /Traffic {2}(\d+) frames/.exec(during) ?? [];
	const shown = [...during.matchAll(/^[ >](\d{4}) /gm)].map(([, number]) => Number(number));
	expect(Number(total)).toBeGreaterThan(20);
	expect(shown.length).toBeGreaterThan(2);
	// A stream that runs fast is held for a second.
	expect(shown.at(-1)).toBeGreaterThan(Number(total) - 20);
});
