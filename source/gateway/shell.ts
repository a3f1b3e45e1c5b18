/** A POSIX shell on another machine, reached by this machine's own ssh. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { exitCode, Problem } from '../problem.ts';
import { sanitize } from '../protocol/text/sanitize.ts';

/** A gateway that sends a longer line than this is not running our script. Bytes. */
const longestLine = 64 * 1024;
/** The script says this first: a greeting of the login shell may come before it. */
const hello = 'modemscope 1';

/** A gateway that vanishes is missed after a quarter of a minute. */
const alive = ['-o', 'ServerAliveInterval=5', '-o', 'ServerAliveCountMax=3'];

/** What one gives to ssh: `root@gw`, or options before it. */
export const wordsOf = (target: string): string[] => target.trim().split(/\s+/);

/** The machine among them, as it is shown. */
export const nameOf = (target: string): string => sanitize(wordsOf(target).at(-1) ?? '');

/** Quoted for a POSIX shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Runs `command` there; `ended` is its exit code, 255 for ssh's own failure, and what was said last. */
function start(target: string, command: string) {
	const ssh = spawn('ssh', ['-T', ...alive, ...wordsOf(target), command]);
	let said = '';
	ssh.stderr.on('data', (bytes: Buffer) => {
		said = (said + bytes.toString('utf8')).slice(-2000);
	});
	ssh.stdin.on('error', () => {});
	const lastLine = () => sanitize(said.trim().split(/\r?\n/).at(-1) ?? '');
	const ended = new Promise<Pick<Ran, 'code' | 'said'>>((resolve) => {
		ssh.once('error', ({ message }) => resolve({ code: 255, said: message }));
		ssh.once('close', (code) => resolve({ code, said: lastLine() }));
	});
	return { ssh, ended };
}

export class GatewayShell {
	/** What the person named, as it is shown. */
	readonly name: string;
	/** Resolves when it has ended, with what it or ssh said last. */
	readonly ended: Promise<string>;
	readonly #ssh: ChildProcessWithoutNullStreams;
	#heard = Buffer.alloc(0);
	#greeted = false;
	#onLine: ((line: string) => void) | undefined;
	#onBytes: ((bytes: Buffer) => void) | undefined;

	/**
	 * Runs `script` there. It is read whole before it begins, so that what follows is its standard input.
	 */
	constructor(target: string, script: string) {
		this.name = nameOf(target);
		const { ssh, ended } = start(target, 'exec sh -s');
		this.#ssh = ssh;
		ssh.stdout.on('data', (bytes: Buffer) => this.#hear(bytes));
		this.ended = ended.then(({ code, said }) =>
			said === '' && code === 255 ? 'ssh gave no reason' : said,
		);
		ssh.stdin.write(`{ echo ${quoted(hello)}\n${script}\n}; exit\n`);
	}

	/** Calls `hear` with each line that follows. */
	lines(hear: (line: string) => void): void {
		this.#onLine = hear;
		this.#hear(Buffer.alloc(0));
	}

	/** Calls `hear` with each byte from now on; what came already first. */
	bytes(hear: (bytes: Buffer) => void): void {
		this.#onBytes = hear;
	}

	/** Ends its standard input, which ends a script that reads it. */
	close(): void {
		this.#ssh.stdin.end();
	}

	kill(): void {
		this.#ssh.kill();
	}

	#hear(bytes: Buffer): void {
		this.#heard = Buffer.concat([this.#heard, bytes]);
		while (!this.#onBytes && this.#onLine) {
			const end = this.#heard.indexOf(0x0a);
			if (end < 0) break;
			const line = this.#heard.toString('utf8', 0, end).replace(/\r$/, '');
			this.#heard = this.#heard.subarray(end + 1);
			if (this.#greeted) this.#onLine(line);
			else this.#greeted = line === hello;
		}
		if (this.#onBytes && this.#heard.length > 0) {
			this.#onBytes(this.#heard);
			this.#heard = Buffer.alloc(0);
		}
		if (this.#heard.length > longestLine) this.kill();
	}
}

export type Ran = {
	/** What it printed; at most a megabyte. */
	readonly out: string;
	/** What it or ssh said last. */
	readonly said: string;
	/** 255 is ssh's own failure. */
	readonly code: number | null;
};

/** Runs one command of a POSIX shell there, with `input` as its standard input, and waits for its end. */
export async function runOnGateway(
	target: string,
	command: string,
	input?: Readable,
): Promise<Ran> {
	const { ssh, ended } = start(target, `exec sh -c ${quoted(command)}`);
	let out = '';
	ssh.stdout.on('data', (bytes: Buffer) => {
		out = (out + bytes.toString('utf8')).slice(0, 1_000_000);
	});
	if (input) {
		input.on('error', () => ssh.kill());
		input.pipe(ssh.stdin);
	} else ssh.stdin.end();
	const { code, said } = await ended;
	return { out, said, code };
}

/** Why nothing comes from there any more. */
export const gatewayGone = (name: string, said: string): Problem =>
	new Problem(exitCode.noAccess, `The connection to ${name} ended${said && `: ${said}`}.`, {
		next: `see whether "ssh ${name}" works, and try again.`,
	});

export const noUsbThere = (name: string): Problem =>
	new Problem(exitCode.noDevice, `${name} shows no USB: /sys/bus/usb is not there.`, {
		next: 'name the machine that the modem is plugged into.',
	});
