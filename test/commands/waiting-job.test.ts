/** The process of a flash is started before its request is known: what becomes of it where none comes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exitCode } from '../../source/problem.ts';
import { newFolder, program } from './program.ts';
import { ended, pidOfFlash, rehearse, until } from './rehearse.ts';

/** The processes of flashes that were started with this folder for their state. */
const jobsOf = (state: string): number[] =>
	readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.filter((pid) => {
			const read = (name: string) => {
				try {
					return readFileSync(`/proc/${pid}/${name}`, 'latin1');
				} catch {
					return '';
				}
			};
			const isJob = read('cmdline').split(/[\0 ]/).includes('--job');
			return isJob && read('environ').split('\0').includes(`XDG_STATE_HOME=${state}`);
		})
		.map(Number);

const waitingJob = (): ChildProcess =>
	spawn(process.execPath, [program, 'flash', '--job', '--json'], {
		env: { ...process.env, XDG_STATE_HOME: newFolder() },
		stdio: ['pipe', 'pipe', 'pipe'],
	});

describe('the process of a flash that waits for its request', () => {
	it.each([
		['none', ''],
		['the beginning of one', '{"path":"3-1","model":"RC7620"'],
	])('ends without a word where there comes %s', async (_, text) => {
		const job = waitingJob();
		job.stdin!.end(text);
		expect(await ended(job)).toEqual({ exit: exitCode.done, out: '', err: '' });
	});

	it('waits as long as its input does, and is seen by its arguments', async () => {
		const job = waitingJob();
		onTestFinished(() => void job.kill('SIGKILL'));
		const words = () => readFileSync(`/proc/${job.pid}/cmdline`, 'latin1').split('\0');
		// So long after its start it has read them.
		await new Promise((wake) => setTimeout(wake, 1000));
		expect(words().slice(2, 5)).toEqual(['flash', '--job', '--json']);
		job.stdin!.end();
		expect((await ended(job)).exit).toBe(exitCode.done);
	});

	it('writes over its arguments which modem it flashes, however far down the hubs', async () => {
		const module = resolve(import.meta.dirname, '../../source/flash/job/waiting-job.ts');
		const script = `import { announce } from '${module}'; announce('10-1.2.3.4.5.6'); console.log('done'); setInterval(() => {}, 1000)`;
		const folder = newFolder();
		writeFileSync(join(folder, 'x.mjs'), script);
		const job = spawn(process.execPath, [join(folder, 'x.mjs'), ...' '.repeat(40).split('')]);
		onTestFinished(() => void job.kill('SIGKILL'));
		await once(job.stdout, 'data');
		const words = readFileSync(`/proc/${job.pid}/cmdline`, 'latin1').split(/[\0 ]+/);
		expect(words.filter(Boolean)).toEqual([
			...['modemscope', 'flash', '--job', '--device=10-1.2.3.4.5.6'],
		]);
	});

	it('says what is no request, and that nothing was written', async () => {
		const job = waitingJob();
		job.stdin!.end('{"path":"3-1"}\n');
		const { exit, err } = await ended(job);
		expect(exit).toBe(exitCode.usage);
		expect(JSON.parse(err)).toMatchObject({
			message: 'What came is no request for a flash.',
			modem: 'Nothing was written.',
		});
	});

	it('is gone soon after a flash that is refused, which does not wait for it', async () => {
		const { run, state } = await rehearse('loader');
		const { exit, err } = await run('flash', '/no/such.spk', '--yes-flash', 'RC7620');
		expect(exit).not.toBe(exitCode.done);
		expect(err).toContain('no/such.spk');
		await until(() => jobsOf(state).length === 0);
	});

	it('is not started where the arguments are wrong, or only the plan is wanted, for long', async () => {
		const { run, state, image } = await rehearse('loader');
		const wrong = await run('flash', image, '--yes-flash', 'RC7620', '--no-such-option');
		expect(wrong.exit).toBe(exitCode.usage);
		expect((await run('flash', image, '--yes-flash', 'RC7620', '--dry-run')).exit).toBe(
			exitCode.done,
		);
		await until(() => jobsOf(state).length === 0);
	});

	it('ends when who started it is killed before the request', async () => {
		const { start, state, folder, image } = await rehearse('loader');
		const front = start('flash', image, '--yes-flash', 'RC7620', '--rehearsal', folder);
		onTestFinished(() => void front.kill('SIGKILL'));
		const over = ended(front);
		await until(() => jobsOf(state).length === 1);
		front.kill('SIGKILL');
		await over;
		const locks = join(state, 'modemscope/locks');
		await until(() => jobsOf(state).length === 0);
		expect(() => readdirSync(locks)).toThrow('ENOENT');
	});

	it('is replaced by another where it died before the request', async () => {
		const { start, state, folder, image } = await rehearse('loader', 60);
		const asked = ['flash', image, '--yes-flash', 'RC7620', '--settle', '0'];
		const flash = ended(start(...asked, '--rehearsal', folder));
		await until(() => jobsOf(state).length === 1);
		const [first] = jobsOf(state);
		process.kill(first!, 'SIGKILL');
		await until(() => {
			try {
				return pidOfFlash(state) !== first;
			} catch {
				return false;
			}
		});
		expect((await flash).exit).toBe(exitCode.done);
	});
});
