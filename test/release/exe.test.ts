import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../release/build-exe.ts';
import { newFolder } from '../commands/program.ts';

describe('the program of the single file', () => {
	const folder = newFolder();
	let text = '';
	beforeAll(async () => {
		const outfile = join(folder, 'modemscope.mjs');
		await bundleProgram(outfile);
		text = readFileSync(outfile, 'utf8');
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	it('uses no name that CommonJS alone has: no tty could be opened', () => {
		expect(text.match(/.{0,60}\b__(?:dir|file)name\b.{0,20}/g)).toBeNull();
	});

	it('asks Node for its modules by names that it knows: node:sea has no other', () => {
		const names = [...text.matchAll(/getBuiltinModule\?*\.*\(["']([^"']+)["']\)/g)].map(
			([, name]) => name!,
		);
		expect(names).not.toEqual([]);
		expect(names.filter((name) => process.getBuiltinModule(name) === undefined)).toEqual([]);
	});
});
