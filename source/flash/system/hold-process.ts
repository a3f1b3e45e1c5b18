import { spawn } from 'node:child_process';

/** It holds until it is released; or why it does not hold. */
export type HeldProcess = { readonly release: () => Promise<void> } | { readonly why: string };

/** Wall seconds that a program may take to say that it holds. */
const readyWithin = 15;

/**
 * Runs a program that holds something for as long as it runs, until it is released or this process
 * ends, however that ends: a shell beside it reads a pipe from us, which the kernel closes, and then
 * ends the program. `ready` is what it says when it holds.
 */
export async function holdChildProcess(
	command: readonly [string, ...string[]],
	ready: RegExp,
): Promise<HeldProcess> {
	// A group of its own: signals to ours are not for it, and `kill 0` ends all of it and nothing else.
	const child = spawn('sh', ['-c', '"$@" & cat >/dev/null; kill 0', 'sh', ...command], {
		stdio: ['pipe', 'pipe', 'pipe'],
		detached: true,
		env: { ...process.env, LC_ALL: 'C' },
	});
	child.stdin.on('error', () => {});
	const closed = new Promise<void>((resolve) => {
		child.on('close', () => resolve());
		child.on('error', () => resolve());
	});
	const release = async () => {
		child.stdin.end();
		await closed;
	};
	let output = '';
	let errors = '';
	const holds = await new Promise<boolean>((resolve) => {
		const timer = setTimeout(() => resolve(false), readyWithin * 1000);
		const settle = (held: boolean) => {
			clearTimeout(timer);
			resolve(held);
		};
		child.stdout.on('data', (chunk) => {
			output += chunk;
			if (ready.test(output)) settle(true);
		});
		child.stderr.on('data', (chunk) => {
			errors += chunk;
			if (errors.includes('\n')) settle(false);
		});
		void closed.then(() => settle(false));
	});
	if (holds) {
		// It must never wait for us to read.
		child.stdout.resume();
		child.stderr.resume();
		child.unref();
		return { release };
	}
	await release();
	return { why: errors.trim().split('\n')[0] || `${command[0]} did not answer` };
}
