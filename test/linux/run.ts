import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished } from 'vitest';

/** modemscope: what was built for Node.js, or the single file that `MODEMSCOPE_EXE` names. */
const [self, ...first] = process.env.MODEMSCOPE_EXE
	? [resolve(process.env.MODEMSCOPE_EXE)]
	: [process.execPath, resolve('dist/cli.js')];

/** A program that runs in the guest, and what it has said; it is ended with its test. */
export class Run {
	/** Lines of stdout, and of both as they came. */
	readonly lines: string[] = [];
	readonly said: string[] = [];
	/** When each of `said` came, seconds of the wall clock. */
	readonly arrived: number[] = [];
	/** The exit code; undefined when a signal ended it. */
	readonly exit: Promise<number | undefined>;
	readonly #child: ChildProcess;
	readonly #waiting = new Set<() => void>();

	constructor(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
		const child = spawn(command, args, {
			env: { ...process.env, NO_COLOR: '1', ...environment },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		this.#child = child;
		createInterface(child.stdout!).on('line', (line) => this.#take(line, this.lines));
		createInterface(child.stderr!).on('line', (line) => this.#take(line));
		this.exit = new Promise((done) => {
			child.once('error', (error) => {
				this.#take(String(error));
				done(undefined);
			});
			child.once('close', (code) => done(code ?? undefined));
		});
		onTestFinished(() => this.stop());
	}

	get pid(): number {
		return this.#child.pid!;
	}

	/** The first line that `wanted` accepts, of those that were said and of those to come. */
	async line(wanted: RegExp | ((line: string) => boolean), seconds = 60): Promise<string> {
		const fits = (line: string) =>
			typeof wanted === 'function' ? wanted(line) : wanted.test(line);
		let timer: NodeJS.Timeout | undefined;
		let look: (() => void) | undefined;
		try {
			return await new Promise((found, fail) => {
				look = () => {
					const line = this.said.find(fits);
					if (line !== undefined) found(line);
				};
				this.#waiting.add(look);
				timer = setTimeout(
					() => fail(new Error(`no ${wanted} in ${seconds} s of:\n${this.said.join('\n')}`)),
					seconds * 1000,
				);
				look();
			});
		} finally {
			clearTimeout(timer);
			if (look) this.#waiting.delete(look);
		}
	}

	/** The JSON objects that were said until now. */
	get events(): Record<string, unknown>[] {
		return this.lines.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
	}

	async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
		if (this.#child.exitCode === null) this.#child.kill(signal);
		await this.exit;
	}

	#take(line: string, also?: string[]) {
		this.said.push(line);
		this.arrived.push(Date.now() / 1000);
		also?.push(line);
		for (const look of this.#waiting) look();
	}
}

/** modemscope with these arguments. */
export const modemscope = (...args: string[]): Run => new Run(self!, [...first, ...args]);
/**
 * The same by a user who is a member of the group that may open ttys, at home in `home`. The guest
 * forgets him.
 */
export function byMember(home: string, ...args: string[]): Run {
	const user = 'member';
	const groups = ['--user-group', '--groups', 'dialout'];
	execFileSync('/usr/sbin/useradd', ['--system', '--home-dir', home, ...groups, user]);
	execFileSync('chown', ['-R', user, home]);
	const as = [`--reuid=${user}`, `--regid=${user}`, '--init-groups'];
	return new Run('setpriv', [...as, self!, ...first, ...args], { HOME: home });
}
export const program = (command: string, ...args: string[]): Run => new Run(command, args);

/** Runs a program to its end; throws what it said when it did not end with 0. */
export async function output(command: string, ...args: string[]): Promise<string> {
	const run = program(command, ...args);
	const code = await run.exit;
	if (code !== 0) throw new Error(`${command} ended with ${code}:\n${run.said.join('\n')}`);
	return run.lines.join('\n');
}

/** The run ends well; what it said is shown when it does not. */
export async function succeeds(run: Run): Promise<void> {
	const code = await run.exit;
	if (code !== 0) console.log(run.said.join('\n'));
	expect(code).toBe(0);
}
