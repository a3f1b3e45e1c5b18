import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { open } from './open.ts';
import { newState } from './screen.ts';

it('takes a learner through his first tasks on a terminal, and gives the terminal back', async () => {
	const state = newState();
	const screen = open(['learn', '4', '--name', 'anna'], [80, 24], state);
	await screen.until(() => screen.text.includes('Lesson 4 of 8: HELLO'), 30, 'the lesson');
	const [port = ''] = /ttyUSB\d+/.exec(screen.text) ?? [];
	screen.type(`open ${port}\r`);
	await screen.until(() => / ✓ Open/.test(screen.text), 30, 'the first task');
	screen.type('wait 3\r');
	await screen.until(() => screen.text.includes('3 s passed'), 30, 'time');
	screen.type('words 2 48 2 1 0 3 0*6\r');
	await screen.until(() => / ✓ Answer/.test(screen.text), 30, 'the second task');
	const [id = ''] = /0xff\w\w/.exec(screen.text) ?? [];
	screen.type(`words 13 12 ${id}\rwait 1\r`);
	await screen.until(() => screen.text.includes('1 s passed'), 30, 'an answer');
	screen.type(`words 15 12 ${id}\r`);
	await screen.until(() => screen.text.includes('Passed: gold'), 30, 'the medal');
	screen.type('\u0003');
	await screen.ended();
	expect(screen.exit).toBe(0);
	expect(screen.alternate).toBe(false);
	const kept = readFileSync(join(state, 'modemscope/learn/anna.ndjson'), 'utf8');
	expect(kept).toContain('"lesson":"hello"');
});
