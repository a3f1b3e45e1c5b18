import { cpSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { screenSizes } from '../screen-sizes.ts';
import { newState, Screen } from './screen.ts';

/** The program in a folder of its own: marks that keys set are kept beside the recordings that come with it. */
const home = newState();
for (const name of ['dist', 'recordings', 'package.json'])
	cpSync(name, join(home, name), { recursive: true });
symlinkSync(resolve('node_modules'), join(home, 'node_modules'));
const program = join(home, 'dist/cli.js');
const recording = join(home, 'recordings/rc7620-missed-hello-2023-06-01.ndjson');
/** Keys for each of two screens. */
const strokes = 500;
/** Strokes between two looks at the whole screen. */
const batch = 20;

/** Everything that moves, asks, types, zooms, or goes back; what leaves the recording or the program is not among them. */
const keys = [
	...'12345jkgGnNxbiwfmdpsyhtFT0+_-=.,:/?[]{} ',
	'\r',
	'\t',
	'\u001b[Z',
	'\u001b[A',
	'\u001b[B',
	'\u001b[5~',
	'\u001b[6~',
	'\u001b[H',
	'\u001b[F',
	'\u0012',
	'\u007f',
	'\u001b[200~pasted ünïcode 漢字\u001b[201~',
	'\u001b',
	'\u001b',
];

/** Numbers that look random and are the same in each run (mulberry32). */
function numbers(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

/** The screen is what a terminal shows that is drawn anew, cell by cell, and nothing went on in the next row. */
async function expectFresh(screen: Screen, typed: readonly string[]): Promise<void> {
	const after = `after ${JSON.stringify(typed)}`;
	// What a key has started, a file that opens, may end between the two looks, and a busy machine may
	// tell late of a new size: then we look again.
	for (let tries = 5; tries > 0; tries--) {
		await screen.quiet(0.15);
		const { cells, lines, text, wraps, written } = screen;
		screen.kill('SIGWINCH');
		await screen.until(
			() => screen.written > written + cells.length,
			5,
			'a screen that is drawn anew',
		);
		await screen.quiet(0.15);
		const isSame = !wraps && JSON.stringify(screen.cells) === JSON.stringify(cells);
		if (tries > 1 && !isSame) {
			await pauseReplay(screen);
			continue;
		}
		expect(wraps, `a line wraps ${after}\n${text}`).toBe(false);
		expect(screen.lines, after).toEqual(lines);
		expect(screen.cells, after).toEqual(cells);
		return;
	}
}

/** Where keys have started a recording. Out of any dialog and line first: there a space is a letter. */
async function pauseReplay(screen: Screen): Promise<void> {
	if (!screen.text.includes('replay ▶')) return;
	for (const key of ['\u001b', '\u001b', '\u001b', ' ']) {
		screen.type(key);
		await screen.quiet(0.1);
	}
}

/** Presses random keys on a screen of its own, looks at it now and then, and tells which views it saw. */
async function pressKeys(seed: number): Promise<string[]> {
	const random = numbers(seed);
	const screen = new Screen([], newState(), 80, 24, {
		command: [process.execPath, program, '--replay', recording],
	});
	onTestFinished(() => screen.close());
	await screen.shows(/\[1 USB\]/);
	let typed: string[] = [];
	const views: string[] = [];
	for (let stroke = 1; stroke <= strokes; stroke++) {
		const key = keys[random(keys.length)] ?? '';
		screen.type(key);
		typed.push(key);
		// A lone Esc needs a moment to be told from the start of a sequence.
		if (key === '\u001b') await new Promise((wake) => setTimeout(wake, 60));
		if (random(12) === 0) {
			const [columns, rows] = screenSizes[random(screenSizes.length)] ?? [80, 24];
			screen.resize(columns, rows);
			typed.push(`${columns}x${rows}`);
		}
		if (stroke % batch > 0) continue;
		// The times of one that plays would go on between the two looks.
		await pauseReplay(screen);
		await expectFresh(screen, typed);
		views.push(/\[(\d) /.exec(screen.text)?.[1] ?? '');
		typed = [];
		// A replay that plays, or a line that is half typed, would be another screen a moment later.
		screen.type('\u001b');
		await screen.quiet(0.1);
	}
	return views;
}

it('shows after 1,000 random keys and sizes what a fresh screen would show', {
	timeout: 300_000,
}, async () => {
	// Most of the time is waiting for a screen to be quiet: two side by side take half of it.
	const views = await Promise.all([20_230_601, 20_230_602].map(pressKeys));
	expect([...new Set(views.flat())].sort().join('')).toMatch(/12345/);
});
