import { expect, it } from 'vitest';
import { open, quit } from './open.ts';
import { newState } from './screen.ts';
import { loaderWaits, startFlash } from './start-flash.ts';

it('a demo that is named is the one that starts, beside another that runs', async () => {
	const state = newState();
	const first = open(['--demo', 'loader', '--speed', '20'], [100, 30], state);
	await first.shows(/boot loader holding/);
	const second = open(['--demo', 'healthy', '--speed', '20'], [100, 30], state);
	await second.shows(/application runs/);
	expect(first.text).toMatch(/boot loader holding/);
	for (const screen of [first, second]) await quit(screen);
});

it('a demo that is named is the one that starts, beside another whose modem is being flashed', async () => {
	const state = newState();
	const first = open([...loaderWaits, '--speed', '12'], [100, 30], state);
	await startFlash(first);
	const second = open(['--demo', 'healthy', '--speed', '12'], [100, 30], state);
	expect(await second.shows(/application runs|FLASHING|COMMITTING|CHECKING/)).toMatch(
		/application runs/,
	);
	await first.shows(/Done: the modem runs/, 40);
	for (const screen of [first, second]) await quit(screen);
});
