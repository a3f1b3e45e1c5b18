import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newState, Screen } from './screen.ts';
import { loaderWaits, startFlash } from './start-flash.ts';

const saboteur = resolve(import.meta.dirname, 'saboteur.ts');
const recording = resolve('recordings/rc7620-missed-hello-2023-06-01.ndjson');
/** Bytes a second of a mobile link on a bad day. */
const slow = 3000;

function open(args: readonly string[], state: string, size: [number, number]): Screen {
	const screen = new Screen(args, state, ...size, {
		node: ['--import', saboteur],
		env: { STALLS: join(state, 'stalls') },
	});
	onTestFinished(() => screen.close());
	return screen;
}

/** The longest stall since it was last asked, milliseconds; a program that is held up answers late. */
async function stall(screen: Screen, state: string): Promise<number> {
	const path = join(state, 'stalls');
	rmSync(path, { force: true });
	screen.kill('SIGUSR2');
	await screen.until(() => existsSync(path), 20, 'how long it was held up');
	return Number(readFileSync(path, 'utf8'));
}

/** Bytes that the flash of this state has sent. */
function sent(state: string): number {
	const folder = join(state, 'modemscope/recordings');
	const name = readdirSync(folder).find((file) => file.includes('-flash-'));
	const lines = readFileSync(join(folder, name ?? ''), 'utf8').split('\n');
	const last = lines.findLast((line) => line.includes('"flash-progress"')) ?? '{"sent":0}';
	return JSON.parse(last).sent;
}

const wait = (seconds: number) => new Promise((wake) => setTimeout(wake, seconds * 1000));

// The machine stalls us now and then; a link that does, does it all the time: the best part counts.
describe('behind a reader of 3 KB/s', () => {
	it('a flash goes on as fast as elsewhere, nothing stalls, and the keyboard answers', async () => {
		const states = [newState(), newState()] as const;
		const args = [...loaderWaits, '--speed=1'];
		const [far, near] = states.map((state) => open(args, state, [120, 40])) as [Screen, Screen];
		await Promise.all([startFlash(far), startFlash(near)]);
		far.throttle(slow);
		await wait(2);
		await stall(far, states[0]);
		const before = states.map(sent) as [number, number];
		const stalls: number[] = [];
		for (let part = 0; part < 5; part++) {
			await wait(2);
			stalls.push(await stall(far, states[0]));
		}
		const after = states.map(sent) as [number, number];
		const [farRate, nearRate] = [after[0] - before[0], after[1] - before[1]];
		expect(nearRate).toBeGreaterThan(0);
		expect(farRate).toBeGreaterThan(0.9 * nearRate);
		expect(Math.min(...stalls)).toBeLessThanOrEqual(50);
		far.type('1');
		await far.shows(/\[1 USB\]/, 15);
		far.type('4');
		await far.shows(/\[4 Flash\]/, 15);
		expect(far.wraps).toBe(false);
	});

	it('the last frame is right, after keys and sizes that came faster than it', async () => {
		const state = newState();
		const screen = open(['--replay', recording], state, [120, 40]);
		await screen.shows(/\[1 USB\]/);
		// The first look at a view compiles it, on any link.
		for (const key of '2345?') {
			screen.type(key);
			await screen.quiet(0.3);
		}
		screen.type('\u001b');
		screen.throttle(slow);
		await stall(screen, state);
		const stalls: number[] = [];
		for (let part = 0; part < 5; part++) {
			for (const key of '12345123454?') {
				screen.type(key === '?' ? '?\u001b' : key);
				await wait(0.02);
			}
			stalls.push(await stall(screen, state));
		}
		for (const [columns, rows] of [[80, 24] as const, [140, 45] as const, [100, 30] as const]) {
			screen.resize(columns, rows);
			await wait(0.05);
		}
		screen.type('2');
		await screen.shows(/\[2 AT\]/, 30);
		await screen.quiet(2);
		expect(Math.min(...stalls)).toBeLessThanOrEqual(50);
		screen.throttle(undefined);
		const { cells } = screen;
		screen.kill('SIGWINCH');
		await screen.quiet(0.5);
		expect(screen.cells).toEqual(cells);
		expect(screen.wraps).toBe(false);
	});
});
