import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { newState, program, Screen } from './screen.ts';

const loop = resolve('recordings/boot-loop.ndjson');
const console = `${process.execPath} ${program} --follow -`;

it('--follow - draws what comes in the pipe, and the keys are those of the terminal', async () => {
	const screen = new Screen([], newState(), 100, 30, {
		command: ['/bin/sh', '-c', `cat ${loop} | ${console}; echo "ended with $?"; exec sleep 10`],
	});
	onTestFinished(() => screen.close());
	await screen.shows(/\[1 USB\][\s\S]*followed[\s\S]*Boot loop: up/);
	screen.type('2');
	await screen.shows(/\[2 AT\]/);
	screen.type('q');
	await screen.shows(/ended with 0/);
	expect(screen.leftovers).toEqual([]);
});

it('--follow - without a terminal says what to do instead', async () => {
	const screen = new Screen([], newState(), 100, 30, {
		command: ['/bin/sh', '-c', `echo | setsid -w ${console}; echo "ended with $?"; exec sleep 10`],
	});
	onTestFinished(() => screen.close());
	await screen.shows(/There is no terminal to draw on[\s\S]*replay -[\s\S]*ended with 2/);
});
