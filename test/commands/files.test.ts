import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { shippedFiles } from '../../source/commands/files.ts';
import { newFolder, run } from './program.ts';

const root = resolve(import.meta.dirname, '../..');

it('writes every file that ships to its place, and names it', () => {
	const prefix = newFolder();
	const { exit, out, err } = run('files', prefix);
	expect(exit).toBe(0);
	expect(out.trim().split('\n')).toEqual(shippedFiles.map(([, place]) => join(prefix, place)));
	expect(err).toContain('udevadm control --reload');
	for (const [file, place] of shippedFiles)
		expect(readFileSync(join(prefix, place), 'utf8')).toBe(readFileSync(join(root, file), 'utf8'));
});

it('puts a new version in the place of the old one, and of a link that stands there', () => {
	const prefix = newFolder();
	const page = join(prefix, 'share/man/man1/modemscope.1');
	const rules = join(prefix, 'lib/udev/rules.d/70-modemscope.rules');
	const precious = join(prefix, 'precious');
	for (const path of [page, rules]) mkdirSync(dirname(path), { recursive: true });
	writeFileSync(page, 'old');
	writeFileSync(precious, 'keep me');
	symlinkSync(precious, rules);
	expect(run('files', prefix).exit).toBe(0);
	expect(readFileSync(page, 'utf8')).toContain('.TH MODEMSCOPE 1');
	expect(readFileSync(precious, 'utf8')).toBe('keep me');
	expect(lstatSync(rules).isSymbolicLink()).toBe(false);
});

it('says what to do where it may not write', () => {
	const prefix = newFolder();
	writeFileSync(join(prefix, 'share'), 'a file where the folder should be');
	expect(run('files', prefix)).toMatchObject({
		exit: 4,
		err: expect.stringMatching(/cannot be written \(E\w+\)\. Next: name a folder/),
	});
});

it('ships the same in the npm package', () => {
	const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const packed = [...files, 'LICENSE'] as string[];
	const missing = shippedFiles.filter(([file]) => !packed.some((path) => file.startsWith(path)));
	expect(missing).toEqual([]);
});
