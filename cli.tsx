#!/usr/bin/env node
import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { version } from './package.json';
import { startEarly } from './source/flash/job/waiting-job.ts';
import { compileLittle } from './source/heap.ts';

/** What the console takes of Node; Node itself has loaded the rest. */
const ofNode = [
	'fs/promises',
	'net',
	'perf_hooks',
	'process',
	'stream/promises',
	'timers/promises',
	'tty',
	'vm',
];

/** Code is kept in a folder of our own only: in another user's, it could be his code by the next run. */
function cacheCompiled() {
	const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'modemscope');
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		const isOurs = [dirname(dirname(folder)), dirname(folder), folder].every((path) => {
			const { uid, mode } = lstatSync(path);
			return (uid === process.geteuid?.() || uid === 0) && (mode & 0o002) === 0;
		});
		if (isOurs) enableCompileCache(folder);
	} catch {
		// It starts without.
	}
}

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') {
	console.log(version);
} else if (!enableCompileCache) {
	// An older Node would end in the stack of a SyntaxError.
	console.error(
		`modemscope needs Node 22.12 or newer; this is ${process.version}. Next: get one from nodejs.org.`,
	);
	process.exitCode = 1;
} else {
	// The console; a command has a name, and an end.
	if (/^(?:-|console$|$)/.test(args[0] ?? '')) {
		// V8 takes what Node has compiled of them as long as no flag is set.
		for (const name of ofNode) process.getBuiltinModule(name);
		compileLittle();
	}
	cacheCompiled();
	const job = startEarly(args);
	void import('./source/commands/main.ts').then(async ({ main }) => {
		process.exitCode = await main(args, job);
	});
}
