/**
 * The process of a flash, as long as it waits for its request. It is started before that is known where it
 * can: Node takes as long to start as it takes to read the arguments and to find the modem. Its request comes
 * by its input; when that ends without one it ends too, without a word.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { self } from '../../self.ts';

export type WaitingJob = ChildProcessByStdio<Writable, Readable, Readable>;

/** What a flash is given that asks nothing, and begins at once. */
const begins = /^--yes-flash(?:=|$)/;
const waits = /^(?:-h|--(?:help|dry-run|rehearse|catch|continue|status|follow|job)(?:=.*)?)$/;

/** Where a modem is goes there later: others look for it among the arguments (foreign-flash.ts). */
const room = ' '.repeat(40);

/** Starts it where these arguments, as they were typed, will want it. */
export function startEarly([command, ...words]: readonly string[]): WaitingJob | undefined {
	const isWanted =
		words.some((word) => begins.test(word)) && !words.some((word) => waits.test(word));
	return command === 'flash' && isWanted ? startWaiting() : undefined;
}

/** In its own session, which no closing terminal reaches. */
function startWaiting(): WaitingJob {
	const [command, ...first] = self();
	const child = spawn(command, [...first, 'flash', '--job', '--json', `--device=${room}`], {
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	// One that does not start, or has ended, takes no request: whoever waits for it sees that by its end.
	child.on('error', () => {});
	child.stdin.on('error', () => {});
	return child;
}

let early: WaitingJob | undefined;

/** Keeps the one that was started early, until it is taken or dropped. */
export function keepEarly(job: WaitingJob | undefined): void {
	early = job;
}

/** The one that was started early, or another where there is none, or that one has died. */
export function takeWaiting(): WaitingJob {
	const job = early;
	early = undefined;
	const isThere = job?.pid !== undefined && job.exitCode === null && job.signalCode === null;
	return isThere ? job : startWaiting();
}

/** Nobody wants the one that was started early: this process does not wait for its end. */
export function dropEarly(): void {
	if (early === undefined) return;
	early.stdin.end();
	early.stdout.destroy();
	early.stderr.destroy();
	early.unref();
	early = undefined;
}

/** Says among this process's arguments which modem it flashes. */
export function announce(path: string): void {
	process.title = `modemscope flash --job --device=${path}`;
}

/** What came by this process's input until that ended; undefined unless it is whole, as a line is. */
export function requestText(): string | undefined {
	const text = readFileSync(0, 'utf8');
	return text.endsWith('\n') ? text : undefined;
}
