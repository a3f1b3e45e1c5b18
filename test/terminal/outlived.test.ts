import { describe, it } from 'vitest';
import { open, quit } from './open.ts';
import { newState } from './screen.ts';

/** A flash in ten seconds. */
const speed = '--speed=12';

describe.each(['SIGHUP', 'SIGKILL'] as const)(
	'a console that is ended by %s in the write',
	(signal) => {
		it('leaves the flash running, and the next console follows it to its end', async () => {
			const state = newState();
			const first = open(['--demo', 'loader', speed, '--view', 'firmware'], [80, 24], state);
			await first.shows(/RC76xx_rehearsal/);
			await first.shows(/boot loader holding/);
			first.type('\r');
			await first.shows(/every check passed/);
			first.type('F');
			await first.shows(/✓ the boot loader holds/);
			first.type('s');
			await first.shows(/Type RC7620/);
			first.type('RC7620\r');
			await first.shows(/FLASHING +[1-9]\d? %/);
			first.kill(signal);
			await first.ended();

			const next = open(['--view', 'flash'], [80, 24], state);
			await next.shows(/FLASHING +\d+ %|COMMITTING/);
			await next.shows(/Done: the modem runs 00\.08\.24\.02 and stayed up/, 40);
			await quit(next);
		}, 120_000);
	},
);
