import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCapstone } from '../../source/learn/capstone/capstone.ts';
import { newFolder } from '../flash/rehearse.ts';

const client = readFileSync(resolve(import.meta.dirname, 'capstone.py'), 'utf8');

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Ways to get it wrong: what stands in the client, what stands there instead, and the fault that is told. */
const broken: readonly (readonly [name: string, was: string, is: string, told: RegExp])[] = [
	[
		'speaks first',
		'    """Waits for HELLO and answers it in its own version and mode."""',
		'    loader.send(HELLO_RSP, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0)',
		/spoke before HELLO was there/,
	],
	[
		'takes a read for a packet',
		'        while len(self.held) < length:\n            more = self.port.recv(LONGEST)',
		'        if len(self.held) < length:\n            more = self.port.recv(LONGEST)\n            if len(more) < length and length > 8: raise Fault("short")',
		// Which read is short first is the machine's matter.
		/came in two reads|spoke before HELLO|of the 52 bytes/,
	],
	['has its high byte first', 'f"<II{len(fields)}I"', 'f">II{len(fields)}I"', /high byte first/],
	[
		'answers with too few fields',
		'0, mode, 0, 0, 0, 0, 0, 0)',
		'0, mode, 0, 0, 0, 0, 0)',
		/HELLO_RSP is 48 bytes, .* you sent 44, and said 44/,
	],
	[
		'asks for another mode',
		'oldest, 0, mode, 0',
		'oldest, 0, 3, 0',
		/mode 3; the loader offers mode 0/,
	],
	[
		'says another version',
		'HELLO_RSP, 2, oldest',
		'HELLO_RSP, 7, oldest',
		/version 7; the loader takes 1 to 2/,
	],
	[
		'sends the file from its start each time',
		'programmer[offset : offset + length]',
		'programmer[0 : length]',
		/asked for 32 bytes from offset \d+; you sent those from 0/,
	],
	[
		'sends less than was asked for',
		'loader.raw(piece(programmer, offset, length))',
		'loader.raw(piece(programmer, offset, length)[:-1])',
		/You sent 51 of the 52 bytes from offset 0/,
	],
	[
		'sends more than was asked for',
		'loader.raw(piece(programmer, offset, length))',
		'loader.raw(programmer[offset:])',
		/no more than that|more than was asked for|you sent those from/,
	],
	['never says DONE', '    loader.send(DONE)\n', '    return\n', /no DONE followed/],
	[
		'says DONE though the programmer was refused',
		'            if status != 0:',
		'            if False:',
		/status 9, .* and you said DONE/,
	],
	[
		'takes a length that cannot be',
		'        if not HEADER <= length <= LONGEST:\n',
		'        length = 20 if length == 4 else length\n        if False:\n',
		/whose length is 4/,
	],
];

async function judged(text: string, silence: number): Promise<string | undefined> {
	const folder = newFolder();
	const script = join(newFolder(), 'client.py');
	writeFileSync(script, text);
	const runs: Promise<unknown>[] = [];
	const verdict = await runCapstone({
		...{ folder, silence, patience: 60, length: 20_000 },
		ready: (_, port, programmer) => {
			const child = spawn('python3', [script, port, programmer], { stdio: 'ignore' });
			runs.push(new Promise((done) => child.once('close', done)));
		},
	});
	await Promise.all(runs);
	return verdict?.fault;
}

describe.skipIf(!hasPython)(
	'the capstone (skipped without python3: its client is a Python program)',
	() => {
		it('has a client of 200 lines at most, which passes', async () => {
			expect(client.split('\n').length).toBeLessThanOrEqual(200);
			expect(await judged(client, 30)).toBeUndefined();
		}, 120_000);

		it.concurrent.each(broken)(
			'tells a client its fault that %s',
			async (_, was, is, told) => {
				const text = client.replaceAll(was, is);
				expect(text).not.toBe(client);
				expect(await judged(text, 6)).toMatch(told);
			},
			120_000,
		);
	},
);
