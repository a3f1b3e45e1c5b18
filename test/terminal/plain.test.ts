import { expect, it, onTestFinished } from 'vitest';
import { newState, Screen } from './screen.ts';

const recording = 'recordings/rc7620-missed-hello-2023-06-01.ndjson';

function open(args: readonly string[], env: Readonly<Record<string, string>>): Screen {
	const screen = new Screen(args, newState(), 80, 24, { env });
	onTestFinished(() => screen.close());
	return screen;
}

it.each([
	['a dumb terminal', ['--demo', '--speed', '20'], { TERM: 'dumb' }],
	['--plain', ['--plain', '--demo', '--speed', '20'], {}],
])('writes lines to %s until Ctrl-C', async (_, args, env) => {
	const screen = open(args, env);
	await screen.shows(/! Boot loop: up/);
	expect(screen.raw).not.toMatch(/\u001b/);
	screen.type('\u0003');
	await screen.ended();
	expect(screen.exit).toBe(0);
});

it('is words without frames for a screen reader, and has the same keys', async () => {
	const screen = open(['--replay', recording], { INK_SCREEN_READER: 'true' });
	await screen.shows(/\[1 USB\]/);
	expect(screen.alternate).toBe(false);
	expect(screen.text).not.toMatch(/[\u2500-\u259f]/);
	screen.type('4');
	await screen.shows(/\[4 Flash\]/);
	await screen.shows(/HELLO/);
	expect(screen.text).not.toMatch(/[\u2500-\u259f]| {3}/);
	await screen.quiet(1.5);
	screen.type('q');
	await screen.ended();
	expect(screen.exit).toBe(0);
	expect(screen.leftovers).toEqual([]);
});
