#!/usr/bin/env node
import nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { version } from './package.json';

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') {
	console.log(version);
} else if (!nodeModule.enableCompileCache) {
	// An older Node would end in the stack of a SyntaxError.
	console.error(
		`modemscope needs Node 22.12 or newer; this is ${process.version}. Next: get one from nodejs.org.`,
	);
	process.exitCode = 1;
} else {
	// A folder of our own: the usual one, in /tmp, may have been laid by another user.
	nodeModule.enableCompileCache(
		join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'modemscope'),
	);
	const { main } = await import('./source/commands/main.ts');
	process.exitCode = await main(args);
}
