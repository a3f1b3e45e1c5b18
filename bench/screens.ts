/** What the console costs on the screen, beside other programs that draw on theirs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Screen } from '../test/terminal/screen.ts';
import { loaderWaits, startFlash } from '../test/terminal/start-flash.ts';
import { writeBytes, writeRecordings } from './large.ts';
import { load, median, memoryOf, open, say, sleep } from './measure.ts';

const replay = ['--replay', 'recordings/rc7620-missed-hello-2023-06-01.ndjson'];

async function timeTo(args: readonly string[], wanted: RegExp): Promise<number> {
	const start = performance.now();
	const screen = open(args);
	while (!wanted.test(screen.text)) await sleep(0.002);
	const taken = performance.now() - start;
	screen.close();
	return taken;
}

/** The first start compiles, and keeps that after two seconds for the next ones. */
async function compiled(args: readonly string[]): Promise<void> {
	const screen = open(args);
	await screen.shows(/\[1 USB\]/);
	await sleep(3);
	screen.close();
}

export async function firstFrames(rounds: number): Promise<void> {
	const figures: [what: string, args: readonly string[]][] = [
		['first frame, a replay', replay],
		['first frame, live', []],
	];
	for (const [what, args] of figures) {
		await compiled(args);
		const taken: number[] = [];
		for (let round = 0; round < rounds; round++) taken.push(await timeTo(args, /\[1 USB\]/));
		say(what, `${median(taken).toFixed(0)} ms`);
	}
}

/** Long recordings: the first screen, memory once all is read, and the way to 40 places of it. */
export async function longRecordings(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'modemscope-bench-'));
	const events = join(folder, 'events.ndjson');
	writeRecordings(events, 1_000_000);
	await aLongRecording('1,000,000 events, 224 MB', events);
	const bytes = join(folder, 'bytes.ndjson');
	writeBytes(bytes, 200);
	await aLongRecording('200 MB of AT answers', bytes);
	rmSync(folder, { recursive: true });
}

async function aLongRecording(what: string, path: string): Promise<void> {
	const screen = open(['--replay', path]);
	const start = performance.now();
	await screen.shows(/\[1 USB\]/);
	say(`first screen of ${what}`, `${(performance.now() - start).toFixed(0)} ms`);
	await sleep(30);
	say('  memory half a minute later, when all is read', memoryOf(screen.pid));
	const taken: number[] = [];
	for (let place = 1; place <= 40; place++) taken.push(await seekTo(screen, placeOf(place)));
	const worst = Math.max(...taken).toFixed(0);
	say('  key to screen, 40 places', `${median(taken).toFixed(0)} ms, ${worst} ms at most`);
	say('  memory after that', memoryOf(screen.pid));
	await sleep(5);
	say('  and five seconds later', memoryOf(screen.pid));
	screen.close();
}

/** Places all over a recording, in no order that a cache could use: parts of it. */
const placeOf = (place: number): number => (place * 0.618034) % 1;

/** Milliseconds from the key to the screen that shows the place. */
async function seekTo(screen: Screen, part: number): Promise<number> {
	screen.type('J');
	await screen.shows(/Go to:/);
	const [, hours = '0', minutes, seconds] = /\/(?:(\d+):)?(\d+):(\d+)/.exec(screen.text) ?? [];
	const end = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
	screen.type((part * end).toFixed(1));
	await screen.shows(/Go to [\d:.]+ of/);
	const start = performance.now();
	screen.type('\r');
	while (!/: here/.test(screen.text)) await sleep(0.001);
	return performance.now() - start;
}

export async function watching(): Promise<void> {
	const idle = open(replay);
	await idle.shows(/\[1 USB\]/);
	// The note with which a replay opens stays for eight.
	await sleep(9);
	say('idle, a paused replay', await load(idle, 10));
	const alone = open([]);
	await alone.shows(/\[1 USB\]/);
	await sleep(2);
	say('idle, no modem', await load(alone, 10));
	const loop = open(['--demo', '--speed=1']);
	await loop.shows(/3-1 RC7620/);
	say('a boot loop at its own speed', await load(loop, 60));
}

export async function flashing(): Promise<void> {
	const screen = open([...loaderWaits, '--speed=1']);
	await startFlash(screen);
	say('a flash with the hex pane, 0.64 MB/s', await load(screen, 20));
	say('memory in that flash', memoryOf(screen.pid));
}

/** From a key to the screen that it asks for, while as much traffic flows as the simulator gives. */
export async function typing(): Promise<void> {
	const screen = open([...loaderWaits, '--speed=8']);
	await startFlash(screen);
	const taken: number[] = [];
	const views = [
		['1', /\[1 USB\]/],
		['4', /\[4 Flash\]/],
	] as const;
	while (/FLASHING/.test(screen.text) && taken.length < 40) {
		const [key, wanted] = views[taken.length % 2]!;
		const start = performance.now();
		screen.type(key);
		while (!wanted.test(screen.text)) await sleep(0.001);
		taken.push(performance.now() - start);
		await sleep(0.05);
	}
	const worst = Math.max(...taken).toFixed(0);
	say(
		'key to screen, while 5 MB/s flow',
		`${median(taken).toFixed(0)} ms median of ${taken.length}, ${worst} ms at most`,
	);
}

/** A boot loop of an hour, in a minute. */
export async function anHour(): Promise<void> {
	const screen = open(['--demo', '--speed=60']);
	await screen.shows(/BOOT LOOP/);
	say('memory at the start of a loop', memoryOf(screen.pid));
	await sleep(60);
	say('memory after an hour of the loop', memoryOf(screen.pid));
}

export async function neighbours(): Promise<void> {
	for (const name of ['htop', 'btop']) {
		if (spawnSync('which', [name]).status !== 0) {
			say(name, 'not installed here');
			continue;
		}
		const start = performance.now();
		const screen = open([], { command: [name] });
		while (screen.text.trim().length < 500) await sleep(0.002);
		say(`first frame, ${name}`, `${(performance.now() - start).toFixed(0)} ms`);
		await sleep(3);
		say(`${name}, as it comes`, await load(screen, 20));
		say(`memory of ${name}`, memoryOf(screen.pid));
		screen.close();
	}
}
