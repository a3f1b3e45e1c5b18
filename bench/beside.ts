/** What a console that looks on costs the flash itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newState, program } from '../test/terminal/screen.ts';
import { median, open, say, sleep } from './measure.ts';

const rounds = 5;
const image = 'RC76xx_rehearsal_GENERIC_7620.spk';

/** Seconds of the write in a flash at 5 MB/s; with the console's hex pane beside it, or without. */
async function writing(isWatched: boolean): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'ms-bench-'));
	const state = newState();
	const start = (...args: string[]): ChildProcess =>
		spawn(process.execPath, [program, ...args], {
			env: { ...process.env, XDG_STATE_HOME: state },
			stdio: 'ignore',
		});
	const modem = start('simulate', 'loader', '--socket', folder, '--speed=8');
	while (!existsSync(join(folder, 'rehearsal.json'))) await sleep(0.05);
	const screen = isWatched ? open(['--rehearsal', folder, '--view=flash'], { state }) : undefined;
	await screen?.shows(/\[4 Flash\]/);
	await sleep(1);
	const flash = start(
		...['flash', resolve(folder, image), '--rehearsal', folder, '--settle', '0'],
		...['--yes-flash', 'RC7620'],
	);
	await once(flash, 'exit');
	// It has looked on, to the end.
	await screen?.shows(/Done: the modem runs/);
	screen?.close();
	modem.kill();
	return phaseOf(join(state, 'modemscope/recordings'));
}

/** Modem seconds of the write, by the recording of the flash. */
function phaseOf(recordings: string): number {
	const lines = readdirSync(recordings).flatMap((name) =>
		readFileSync(join(recordings, name), 'utf8').split('\n'),
	);
	const at = (state: string) => {
		const found = lines.find((line) => line.includes(`"phase":"write","state":"${state}"`));
		return (JSON.parse(found ?? '{}') as { t: number }).t;
	};
	return at('done') - at('running');
}

export async function beside(): Promise<void> {
	const alone: number[] = [];
	const watched: number[] = [];
	for (let round = 0; round < rounds; round++) {
		alone.push(await writing(false));
		watched.push(await writing(true));
	}
	const more = (median(watched) / median(alone) - 1) * 100;
	say('the write at 5 MB/s, longer for a console beside it', `${more.toFixed(1)} %`);
}
