import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Top to bottom: a room imports only from itself and from those below it. */
const rooms = [
	'cli.tsx',
	'commands',
	'ui',
	'session',
	'diagnosis',
	'doctor',
	'flash',
	'at',
	'usb',
	'recording',
	'simulator',
	'firmware',
	'link',
	'protocol',
	'modems',
	'ground',
];

const root = resolve(import.meta.dirname, '..');
const files = ['cli.tsx', ...globSync('source/**/*.{ts,tsx}', { cwd: root })];

/** The files that stand in source/ itself (events, clock, host, problem) are everybody's ground. */
function roomOf(path: string): string {
	const [first = '', second = '', third] = path.split('/');
	if (first !== 'source') return first;
	return third === undefined ? 'ground' : second;
}

function importsOf(path: string): string[] {
	const text = readFileSync(join(root, path), 'utf8');
	const named = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, name]) => name!);
	const targets = named.map((name) => relative(root, resolve(root, dirname(path), name)));
	return targets.filter((target) => /\.tsx?$/.test(target));
}

describe('the house', () => {
	it('has a place in the order for every room', () => {
		expect([...new Set(files.map(roomOf))].filter((room) => !rooms.includes(room))).toEqual([]);
	});

	it('lets no room import one above it', () => {
		const climbing = files.flatMap((path) =>
			importsOf(path)
				.filter((target) => rooms.indexOf(roomOf(target)) < rooms.indexOf(roomOf(path)))
				.map((target) => `${path} imports ${target}`),
		);
		expect(climbing).toEqual([]);
	});

	it('sees the imports that it judges', () => {
		expect(importsOf('cli.tsx')).toEqual(['source/commands/main.ts']);
	});
});
