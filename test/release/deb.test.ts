import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { buildDeb } from '../../release/deb.ts';
import { shippedFiles } from '../../source/commands/files.ts';

const hasDpkg = spawnSync('dpkg-deb', ['--version']).status === 0;
if (!hasDpkg) console.log('SKIPPED: no Debian package is built: dpkg-deb is not here.');

it.runIf(hasDpkg)(
	'the Debian package holds the program and its files, the same bytes each time',
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'ms-deb-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const exe = join(folder, 'modemscope');
		writeFileSync(exe, '#!/bin/sh\n', { mode: 0o700 });
		const [first, second] = ['one', 'two'].map((name) => join(folder, name));
		for (const out of [first!, second!]) mkdirSync(out);
		const deb = await buildDeb('arm64', exe, first!, '1800000000');
		// Seconds later the files that are put together are others.
		await new Promise((resolve) => setTimeout(resolve, 1100));
		const again = await buildDeb('arm64', exe, second!, '1800000000');
		expect(readFileSync(deb).equals(readFileSync(again))).toBe(true);
		expect(deb).toMatch(/modemscope_[\d.]+_arm64\.deb$/);
		const about = execFileSync('dpkg-deb', ['--field', deb], { encoding: 'utf8' });
		expect(about).toMatch(/^Architecture: arm64$/m);
		expect(about).toMatch(/^Depends: libc6 \(>= 2\.28\)/m);
		const listed = execFileSync('dpkg-deb', ['--contents', deb], { encoding: 'utf8' });
		expect(listed).toMatch(/-rwxr-xr-x root\/root .* \.\/usr\/bin\/modemscope\n/);
		for (const [, place] of shippedFiles)
			expect(listed).toMatch(new RegExp(`-rw-r--r-- root/root .* \\./usr/${place}\n`));
	},
);
