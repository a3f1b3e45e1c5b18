import type { Screen } from './screen.ts';

/** What a rehearsal is opened with whose modem waits for a flash. */
export const loaderWaits = ['--demo', 'loader', '--view=firmware'] as const;

/** From the firmware view of such a rehearsal to a flash that writes, with the keyboard alone. */
export async function startFlash(screen: Screen): Promise<void> {
	await screen.shows(/boot loader holding/);
	await screen.shows(/RC76xx_rehearsal/);
	screen.type('\r');
	await screen.shows(/every check passed/);
	screen.type('F');
	await screen.shows(/the boot loader holds/);
	screen.type('s');
	await screen.shows(/Type RC7620/);
	screen.type('RC7620\r');
	await screen.shows(/FLASHING +[1-9]/);
}
