import { describe, it } from 'vitest';
import { open, quit } from './open.ts';
import { newState } from './screen.ts';
import { loaderWaits, startFlash } from './start-flash.ts';

/** A flash in ten seconds. */
const speed = '--speed=12';

describe.each(['SIGHUP', 'SIGKILL'] as const)(
	'a console that is ended by %s in the write',
	(signal) => {
		it('leaves the flash running, and the next console follows it to its end', async () => {
			const state = newState();
			const first = open([...loaderWaits, speed], [80, 24], state);
			await startFlash(first);
			first.kill(signal);
			await first.ended();

			const next = open(['--view', 'flash'], [80, 24], state);
			await next.shows(/FLASHING +\d+ %|COMMITTING/);
			await next.shows(/Done: the modem runs 00\.08\.24\.02 and stayed up/, 40);
			await quit(next);
		}, 120_000);
	},
);
