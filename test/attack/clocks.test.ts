/** A wall clock that is set back, and a process that stands still for a while: nothing hangs, no time goes back. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { readRecording } from '../../source/recording/file/reader.ts';
import { LiveSession } from '../../source/session/kinds/live.ts';
import { newFolder, program } from '../commands/program.ts';
import { ended, rehearse } from '../commands/rehearse.ts';
import { meetInFolder } from '../flash/rehearse.ts';

/** Each look at the clock of the wall finds it set back by another minute. */
const setBack =
	'let back = 0; const { now } = Date; Date.now = () => now() - 60_000 * ++back; globalThis.Date = class extends Date { constructor(...given) { super(...(given.length === 0 ? [Date.now()] : given)); } };';

async function under(args: readonly string[], whenSaid?: (pid: number) => void) {
	const child = spawn(
		process.execPath,
		['--import', `data:text/javascript,${encodeURIComponent(setBack)}`, program, ...args],
		{ env: { ...process.env, XDG_STATE_HOME: newFolder() }, stdio: ['ignore', 'pipe', 'pipe'] },
	);
	if (whenSaid) child.stdout.once('data', () => whenSaid(child.pid!));
	return ended(child);
}

const linesOf = (out: string) =>
	out
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { t: number; up?: number; down?: number });

function expectForward(out: string): void {
	const lines = linesOf(out);
	expect(lines.length).toBeGreaterThan(3);
	let last = Number.NEGATIVE_INFINITY;
	for (const { t, up = 0, down = 0 } of lines) {
		expect(t).toBeGreaterThanOrEqual(last);
		expect(Math.min(up, down)).toBeGreaterThanOrEqual(0);
		last = t;
	}
}

it('watch ends on time and tells no negative times when the clock is set back', async () => {
	const { folder } = await rehearse('boot-loop');
	const args = ['watch', '--json', '--until-loop', '--for', '120', '--rehearsal', folder];
	const { exit, out, err } = await under(args);
	expect(err).toBe('');
	expect(exit).toBe(exitCode.loopSeen);
	expectForward(out);
});

it('watch goes on after it stood still', async () => {
	const { folder } = await rehearse('boot-loop');
	const args = ['watch', '--json', '--until-loop', '--for', '600', '--rehearsal', folder];
	const { exit, out } = await under(args, (pid) => {
		process.kill(pid, 'SIGSTOP');
		// The modem starts a few times meanwhile: its speed is 20.
		setTimeout(() => process.kill(pid, 'SIGCONT'), 2000);
	});
	expect(exit).toBe(exitCode.loopSeen);
	expectForward(out);
});

it('a recording has times that only go on', async () => {
	const { folder } = await rehearse('healthy');
	const recording = join(newFolder(), 'recording.ndjson');
	const { exit } = await under(['at', 'ATI', '-o', recording, '--rehearsal', folder]);
	expect(exit).toBe(exitCode.done);
	const { events, notes } = await readRecording(recording);
	expect(notes).toEqual([]);
	const answered = events.filter((event) => event.type === 'at-answered');
	expect(answered).toHaveLength(1);
	expect(answered[0]!.seconds).toBeGreaterThanOrEqual(0);
	const times = events.map(({ t }) => t);
	expect(times).toEqual(times.toSorted((a, b) => a - b));
});

it('the console goes on when the clock is set back while it runs', async () => {
	process.env.XDG_STATE_HOME = newFolder();
	const { host } = await meetInFolder('healthy');
	const session = await LiveSession.open(host, 'a test');
	onTestFinished(async () => {
		vi.useRealTimers();
		await session.end();
	});
	vi.useFakeTimers({ toFake: ['Date'], now: 0 });
	const before = session.now();
	await session.modem.at.send('ATI', []);
	expect(session.now()).toBeGreaterThan(before);
	const times = session.log.events().map(({ t }) => t);
	expect(times.at(-1)).toBeGreaterThan(before);
	expect(times).toEqual(times.toSorted((a, b) => a - b));
});
