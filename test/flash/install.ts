import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newFolder } from './rehearse.ts';

/** A program of that name, found before any other. */
export function install(name: string, script: string) {
	const folder = newFolder();
	writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
	chmodSync(join(folder, name), 0o755);
	const before = process.env.PATH;
	process.env.PATH = `${folder}${delimiter}${before}`;
	onTestFinished(() => {
		process.env.PATH = before;
	});
}
