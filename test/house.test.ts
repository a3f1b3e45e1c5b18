import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Top to bottom: a room imports only from itself and from those below it. */
const rooms = [
	'cli.tsx',
	'commands',
	'ui',
	'learn',
	'guard',
	'session',
	'diagnosis',
	'doctor',
	'flash',
	'qmi',
	'at',
	'usb',
	'recording',
	'simulator',
	'gateway',
	'firmware',
	'link',
	'protocol',
	'modems',
	'ground',
];

/**
 * The same order for the folders inside a room; `.` are the files of the room itself.
 */
const folders: Readonly<Record<string, readonly string[]>> = {
	ui: ['.', 'learn', 'app', 'views', 'actions', 'components', 'list', 'terminal', 'text'],
	flash: ['plan', 'job', 'rehearse', 'run', 'loader', 'download', 'system', 'model'],
	commands: [
		'.',
		...[
			'at',
			'case',
			'decode',
			'flash',
			'inspect',
			'learn',
			'raw',
			'recording',
			'simulate',
			'watch',
		],
		'common',
	],
	learn: ['.', 'capstone', 'lessons', 'bench'],
	session: ['kinds', 'situation', 'control', 'raw', '.', 'remarks'],
	diagnosis: ['.', 'rules', 'evidence'],
	at: ['answers', 'armed', '.', 'commands'],
	usb: ['scan', 'timeline', 'device'],
	recording: ['compare', 'export', 'file', 'case', 'privacy', 'import', 'log'],
	simulator: ['usbip', 'backend', 'modem', 'qmi', 'at', 'loader', 'device'],
	firmware: ['.', 'package', 'partitions', 'rehearsal', 'cwe'],
	protocol: [
		...['dissector', 'decode', 'dload', 'firehose', 'qdl', 'sahara', 'qmi'],
		...['framing', '.', 'text'],
	],
};

const mostLines = 300;
const mostFiles = 20;

const root = resolve(import.meta.dirname, '..');
const files = ['cli.tsx', ...globSync('source/**/*.{ts,tsx}', { cwd: root })];
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

/** The files that stand in source/ itself (events, clock, host, problem) are everybody's ground. */
function roomOf(path: string): string {
	const [first = '', second = '', third] = path.split('/');
	if (first !== 'source') return first;
	return third === undefined ? 'ground' : second;
}

function folderOf(path: string): string {
	const [, , third = '', fourth] = path.split('/');
	return fourth === undefined ? '.' : third;
}

function importsOf(path: string): string[] {
	const named = [...textOf(path).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)];
	const targets = named.map(([, name = '']) => relative(root, resolve(root, dirname(path), name)));
	return targets.filter((target) => /\.tsx?$/.test(target));
}

const imports = new Map(files.map((path) => [path, importsOf(path)]));

/** Sets of files that import each other, type imports included (Tarjan's strongly connected components). */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
	const index = new Map<string, number>();
	const lowest = new Map<string, number>();
	const stack: string[] = [];
	const circles: string[][] = [];
	const visit = (path: string) => {
		index.set(path, index.size);
		lowest.set(path, index.get(path)!);
		stack.push(path);
		for (const target of graph.get(path) ?? []) {
			if (!index.has(target)) visit(target);
			if (stack.includes(target)) {
				lowest.set(path, Math.min(lowest.get(path)!, lowest.get(target)!));
			}
		}
		if (lowest.get(path) !== index.get(path)) return;
		const circle = stack.splice(stack.indexOf(path));
		if (circle.length > 1) circles.push(circle.sort());
	};
	for (const path of graph.keys()) if (!index.has(path)) visit(path);
	return circles;
}

/** Imports from a place that stands above, in this order, the one that imports. */
const climbing = (order: readonly string[], placeOf: (path: string) => string, room = '') =>
	files
		.filter((path) => path.startsWith(room))
		.flatMap((path) =>
			(imports.get(path) ?? [])
				.filter((target) => target.startsWith(room))
				.filter((target) => order.indexOf(placeOf(target)) < order.indexOf(placeOf(path)))
				.map((target) => `${path} imports ${target}`),
		);

describe('the house', () => {
	it('has a place in the order for every room', () => {
		expect([...new Set(files.map(roomOf))].filter((room) => !rooms.includes(room))).toEqual([]);
	});

	it('lets no room import one above it', () => {
		expect(climbing(rooms, roomOf)).toEqual([]);
	});

	describe.each(Object.entries(folders))('in the room %s', (room, order) => {
		const place = `source/${room}/`;

		it('has a place in the order for every folder', () => {
			const found = new Set(files.filter((path) => path.startsWith(place)).map(folderOf));
			expect([...found].sort()).toEqual([...order].sort());
		});

		it('lets no folder import one above it', () => {
			expect(climbing(order, folderOf, place)).toEqual([]);
		});
	});

	it('has an order for the folders of every room that has some', () => {
		const withFolders = files.filter((path) => /^source\/[^/]+\/[^/]+\//.test(path)).map(roomOf);
		expect([...new Set(withFolders)].sort()).toEqual(Object.keys(folders).sort());
	});

	it('has no circle of imports, type imports included', () => {
		expect(circlesIn(imports)).toEqual([]);
	});

	it(`has no folder with more than ${mostFiles} files`, () => {
		const counts = Map.groupBy(files, dirname);
		const crowded = [...counts].filter(([, inside]) => inside.length > mostFiles);
		expect(crowded.map(([folder]) => folder)).toEqual([]);
	});

	it(`has no file with more than ${mostLines} lines`, () => {
		const long = files.filter((path) => textOf(path).trimEnd().split('\n').length > mostLines);
		expect(long).toEqual([]);
	});

	it('writes lines to the terminal in one place, and the needed version of Node before that is loaded', () => {
		const doors = ['cli.tsx', 'source/commands/common/output.ts'];
		const writes = /process\.std(?:out|err)\.write|\bconsole\.\w+\(/;
		const others = files.filter(
			(path) => !doors.includes(path) && writes.test(readFileSync(join(root, path), 'utf8')),
		);
		expect(others).toEqual([]);
	});

	it('lets commands make JSON through the one writer that escapes what drives a terminal', () => {
		const raw = files.filter(
			(path) =>
				path.startsWith('source/commands/') &&
				readFileSync(join(root, path), 'utf8').includes('JSON.stringify'),
		);
		expect(raw).toEqual([]);
	});

	it('says how a flash ended in one place', () => {
		const says = files.filter(
			(path) => path.startsWith('source/flash/') && textOf(path).includes('new Problem('),
		);
		expect([...new Set(says.map(dirname))]).toEqual(['source/flash/model/outcomes']);
	});

	it('sees the imports and the circles that it judges', () => {
		expect(importsOf('cli.tsx')).toContain('source/commands/main.ts');
		const graph = { a: ['b'], b: ['c', 'd'], c: ['a'], d: ['e'], e: [] };
		expect(circlesIn(new Map(Object.entries(graph)))).toEqual([['a', 'b', 'c']]);
	});
});
