import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../source/commands/arguments.ts';
import { commands } from '../../source/commands/table.ts';
import { newFolder, run } from './program.ts';
import { rehearse } from './rehearse.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (page: string) => readFileSync(join(root, page), 'utf8');
const pages = ['README.md', 'SECURITY.md', 'CHANGELOG.md', ...globSync('docs/*.md', { cwd: root })];

const blocks = /^```.*\n([\s\S]*?)^```/gm;

/** The commands of a page: lines of its blocks, and what stands between backticks. */
function commandLines(page: string): string[] {
	const text = read(page);
	const lines = [...text.matchAll(blocks)].flatMap(([, block = '']) => block.split('\n'));
	const inText = [...text.replace(blocks, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
	return [...lines, ...inText].flatMap((line) => {
		const [, typed] = /^(?:.* \| |sudo |npx )?(modemscope [^|>&;]*)/.exec(line) ?? [];
		return typed === undefined ? [] : [typed.replace(/ #.*| {2,}.*/, '').trim()];
	});
}

const inBlocks = () =>
	[...read('README.md').matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
		block.trim().split('\n'),
	);

it.each(pages)('%s names only commands, options and values that there are', (page) => {
	const wrong = commandLines(page).flatMap((line) => {
		const [, name = '', ...rest] = line.split(/ +/);
		const named = commands.find((command) => command.name === name);
		// The command as such.
		if (named && rest.length === 0) return [];
		if (name === 'COMMAND') return [];
		try {
			const args = named ? rest : [name, ...rest];
			parseArguments(named ?? commands[0]!, args.filter(Boolean));
			return [];
		} catch (error) {
			return [`${line}: ${(error as Error).message}`];
		}
	});
	expect(wrong).toEqual([]);
});

describe('the README', () => {
	it('has no other command lines than those that are tried', () => {
		const others = inBlocks().filter((line) => !/^(?:sudo )?modemscope /.test(line));
		expect(others).toEqual([
			// What .ci/run does, and the start that test/terminal does.
			'npm ci && npm start -- --demo',
			'npm ci',
			// By hand, before a release.
			'npm run release',
			'scp dist-release/modemscope-0.1.0-linux-arm64.tar.xz root@gateway:',
			'tar -xJf modemscope-0.1.0-linux-arm64.tar.xz',
			'sudo install modemscope-0.1.0-linux-arm64/modemscope /usr/local/bin/',
			'sudo udevadm control --reload && sudo udevadm trigger',
			'npm ci && npm test',
		]);
	});

	it('rescues the simulated modem, line by line', async () => {
		const { image, run: rehearsed } = await rehearse('boot-loop');
		const lines = inBlocks();
		const first = lines.indexOf('modemscope doctor');
		const ends = [];
		for (const line of lines.slice(first, first + 6)) {
			const [, ...args] = line.replace('RC76xx.spk', image).split(' ');
			const { exit } = await rehearsed(...args);
			ends.push([args[0], exit]);
		}
		const [[, doctor], ...others] = ends as [[string, number], ...[string, number][]];
		// The doctor may look while the modem is gone, or has its nodes not yet or no more.
		expect([0, 3, 4]).toContain(doctor);
		expect(others).toEqual([
			['watch', 9],
			['at', 0],
			['inspect', 0],
			['flash', 0],
			['flash', 0],
		]);
		expect((await rehearsed('flash', '--status')).exit).toBe(0);
	});

	it('explains the log of the case, and exports it', () => {
		const lines = inBlocks().filter((line) => line.includes(' recordings/'));
		expect(lines).toHaveLength(2);
		for (const line of lines) {
			const [, ...args] = line
				.replace(' recordings/', ` ${root}/recordings/`)
				.replace('ticket.txt', join(newFolder(), 'ticket.txt'))
				.split(' ');
			const { exit, out } = run(...args);
			expect(exit).toBe(0);
			expect(out).not.toBe('');
		}
	});
});
