import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../release/build-exe.ts';
import { newFolder } from '../commands/program.ts';

describe('the program of the single file', () => {
	const folder = newFolder();
	let scripts: string[] = [];
	beforeAll(async () => {
		const { names } = await bundleProgram(folder);
		scripts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	it('uses no name that CommonJS alone has: no tty could be opened', () => {
		for (const text of scripts)
			expect(text.match(/.{0,60}\b__(?:dir|file)name\b.{0,20}/g)).toBeNull();
	});

	it('asks Node for its modules by names that it knows: node:sea has no other', () => {
		const all = scripts.join('\n');
		const asked = [
			...all.matchAll(/getBuiltinModule\?*\.*\(["']([^"']+)["']\)/g),
			...all.matchAll(/\brequire\("(node:[^"]+)"\)/g),
		];
		const names = asked.map(([, name]) => name!);
		expect(names).not.toEqual([]);
		expect(names.filter((name) => process.getBuiltinModule(name) === undefined)).toEqual([]);
	});
});
